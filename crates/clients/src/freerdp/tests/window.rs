//! The real client at a real host: what its window says, and that it comes to the front.

use usher_core::Secret;
use usher_core::entry::{Clipboard, DevicePolicy, Pixels, WindowSize};
use usher_core::ports::Handoff;
use uuid::Uuid;

use super::super::find_rdp;
use super::handoff;
use crate::support::{Display, ShadowHost, until};
use crate::window::raised_on;
use crate::{Residue, RunningClient};

fn title(host: &str) -> String {
    format!("NORTHWIND · {host} · CORP\\adm")
}

async fn client(host: &ShadowHost, password: &str, display: &Display, name: &str) -> RunningClient {
    let mut handoff = Handoff {
        address: host.address,
        user: host.user.to_owned(),
        password: Secret::new(password.to_owned()),
        certificate_sha256: host.certificate,
        // No sound: a test machine has no sound server to wait for.
        devices: DevicePolicy::new([], Clipboard::Text),
        ..handoff(&title(name))
    };
    handoff.display.size = WindowSize::Pixels(Pixels::new(800, 600).expect("fits"));
    let home = std::env::temp_dir();
    let environment = [("HOME", home.into_os_string()), ("DISPLAY", (&display.name).into())];
    let environment = environment.map(|(name, value)| (name.into(), value));
    let client = find_rdp().expect("FreeRDP is installed");
    let able = client.abilities_in(environment.clone().into_iter()).await;
    assert!(able.version.is_some(), "it tells its version");
    let residue = Residue::nowhere();
    let started = client.start_in(environment.into_iter(), handoff, &able, &residue);
    started.await.expect("it starts")
}

/// The titles of the windows on the display, the foremost first.
fn titles(display: &Display) -> Vec<String> {
    crate::window::titles_on(&display.name)
}

/// Waits for its window. A client that ends instead says why.
async fn opens(client: &RunningClient, name: &str, display: &Display) {
    let shown = until(name, || titles(display).contains(&title(name)));
    tokio::select! {
        () = shown => {}
        exit = client.wait() => panic!("{name} ended: {exit:?}"),
    }
}

#[tokio::test]
async fn each_window_says_client_host_account_and_the_one_asked_for_comes_to_the_front() {
    let password = Uuid::new_v4().simple().to_string();
    let host = ShadowHost::start(&password).await;
    let display = Display::start().await;
    let first = client(&host, &password, &display, "dc1").await;
    opens(&first, "dc1", &display).await;
    let second = client(&host, &password, &display, "dc2").await;
    opens(&second, "dc2", &display).await;

    for (asked, name) in [(&first, "dc1"), (&second, "dc2"), (&first, "dc1")] {
        let id = asked.id().expect("it runs");
        let raised = raised_on(&display.name, id);
        let shown = || titles(&display).first() == Some(&title(name));
        assert_eq!(raised, Ok(()), "{name}");
        until("it stands in front", shown).await;
    }
    for client in [first, second] {
        client.end_now();
        client.wait().await;
        assert_eq!(client.raise().await, Err(crate::NotRaised::Ended));
    }
}
