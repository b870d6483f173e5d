//! Idle by the X server, and by GNOME's compositor: in programs of their own, since the environment
//! says which.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use usher_presence::{Buses, OsSession, Session};

use crate::bus::Bus;
use crate::stand_in::{Desktop, Started};

/// Which bus the child asks; set only there.
const CHILD: &str = "USHER_PRESENCE_BUS";

struct Display {
    name: String,
    _server: Child,
}

impl Display {
    async fn start() -> Self {
        let mut server = Command::new("/usr/bin/Xvfb")
            // A server that starts anew when its last program goes has had no input ever.
            .args(["-noreset", "-displayfd", "1", "-screen", "0", "320x240x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Xvfb is installed");
        let mut lines = BufReader::new(server.stdout.take().expect("piped")).lines();
        let number = lines.next_line().await.expect("Xvfb speaks").expect("a display number");
        Self { name: format!(":{}", number.trim()), _server: server }
    }

    async fn touch(&self) {
        let moved = Command::new("/usr/bin/xdotool")
            .env("DISPLAY", &self.name)
            .args(["mousemove", "11", "13", "mousemove", "17", "19"])
            .status();
        assert!(moved.await.expect("xdotool is installed").success());
    }
}

/// What a program with this environment says: milliseconds, or that it does not know.
async fn idle_with(bus: &Bus, environment: &[(&str, &str)]) -> Option<Duration> {
    let output = Command::new(std::env::current_exe().expect("this program has a path"))
        .args(["x11::says", "--exact", "--nocapture", "--test-threads=1"])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env(CHILD, &bus.address)
        .envs(environment.iter().copied())
        .output()
        .await
        .expect("runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = text.split_once("idle<").and_then(|(_, said)| said.split_once('>'));
    let (said, _) = said.unwrap_or_else(|| panic!("{text}"));
    said.parse().ok().map(Duration::from_millis)
}

/// The child's part; in the run of all tests it has nothing to ask.
#[tokio::test]
async fn says() {
    let Some(address) = std::env::var_os(CHILD) else { return };
    let address = address.into_string().expect("text");
    let session = OsSession::over(Buses { system: Some(address.clone()), session: Some(address) });
    match session.idle().await {
        Ok(idle) => println!("idle<{}>", idle.as_millis()),
        Err(unknown) => println!("idle<{unknown:?}>"),
    }
}

#[tokio::test]
async fn the_x_server_tells_and_input_starts_it_anew() {
    let (bus, display) = (Bus::start().await, Display::start().await);
    let environment = [("DISPLAY", display.name.as_str())];
    display.touch().await;
    let touched = std::time::Instant::now();
    let mut last = Duration::ZERO;
    while last < Duration::from_millis(1_500) {
        last = idle_with(&bus, &environment).await.expect("it tells");
        assert!(touched.elapsed() < Duration::from_secs(20), "it does not grow: {last:?}");
        assert!(last <= touched.elapsed() + Duration::from_millis(50), "{last:?}");
    }
    display.touch().await;
    let touched = std::time::Instant::now();
    let fresh = idle_with(&bus, &environment).await.expect("it tells");
    assert!(fresh <= touched.elapsed() + Duration::from_millis(50), "{fresh:?}");
}

#[tokio::test]
async fn under_wayland_gnome_tells_and_the_x_server_is_not_asked() {
    let (bus, display) = (Bus::start().await, Display::start().await);
    let environment = [("DISPLAY", display.name.as_str()), ("WAYLAND_DISPLAY", "wayland-0")];
    assert_eq!(idle_with(&bus, &environment).await, None, "nobody tells");
    let _desktop = Desktop::on(&bus, Started::InTheSession).await;
    let told = Some(Duration::from_millis(754_321));
    assert_eq!(idle_with(&bus, &environment).await, told);
    assert_eq!(idle_with(&bus, &[]).await, told, "neither without any display");
}
