//! An X display of a test's own.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::PATIENCE;

pub(crate) struct Display {
    pub(crate) name: String,
    _server: Child,
}

impl Display {
    pub(crate) async fn start(size: &str) -> Self {
        let mut server = Command::new("/usr/bin/Xvfb")
            .args(["-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Xvfb is installed");
        let mut lines = BufReader::new(server.stdout.take().expect("piped")).lines();
        let number = lines.next_line().await.expect("Xvfb speaks").expect("a display number");
        Self { name: format!(":{}", number.trim()), _server: server }
    }

    /// Waits until this colour is on the screen.
    pub(crate) async fn until_it_shows(&self, colour: [u8; 3]) {
        let shown = async {
            while !self.shows(colour).await {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, shown).await.expect("the host's desktop on the display");
    }

    /// Whether this colour is on the screen anywhere, give or take what compression does to it.
    async fn shows(&self, colour: [u8; 3]) -> bool {
        let shot = Command::new("/usr/bin/import")
            .args(["-display", &self.name, "-window", "root", "-depth", "8", "rgb:-"])
            .output()
            .await
            .expect("ImageMagick is installed");
        let near = |pixel: &&[u8]| pixel.iter().zip(colour).all(|(a, b)| a.abs_diff(b) <= 12);
        shot.stdout.chunks_exact(3).filter(near).count() > 10_000
    }
}
