//! `FreeRDP` 2 and 3, from a fixed list of absolute paths.

mod arguments;
mod environment;
mod programs;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::process::{ChildStdin, Command};
use usher_core::Secret;
use usher_core::ports::Handoff;

use self::environment::allowed;
pub use self::programs::find_rdp;
use crate::error::StartError;
use crate::running::RunningClient;

/// What is known of a program's version without running it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Generation {
    /// The name says 3.
    Three,
    /// 2 or 3: only what both understand.
    TwoOrThree,
}

/// An RDP client that may be started.
#[derive(Debug, Clone)]
pub struct RdpClient {
    program: PathBuf,
    generation: Generation,
}

impl RdpClient {
    /// Where the program lies.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Starts the client for one session; must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`StartError`]; the client does not run then.
    pub async fn start(&self, handoff: Handoff) -> Result<RunningClient, StartError> {
        // Collected first, so that the future can move between threads.
        let environment: Vec<_> = std::env::vars_os().collect();
        self.start_in(environment.into_iter(), handoff).await
    }

    async fn start_in(
        &self,
        environment: impl Iterator<Item = (std::ffi::OsString, std::ffi::OsString)>,
        handoff: Handoff,
    ) -> Result<RunningClient, StartError> {
        let arguments = arguments::of(&handoff, self.generation)?;
        let mut child = Command::new(&self.program)
            .args(arguments)
            .env_clear()
            .envs(allowed(environment))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| StartError::NotStarted(error.kind()))?;
        if let Some(stdin) = child.stdin.take() {
            hand_over(stdin, &handoff.password).await;
        }
        tracing::info!(program = %self.program.display(), port = handoff.address.port(), "Client started");
        Ok(RunningClient::watch(child, handoff.password))
    }
}

/// One line on stdin: no other process sees it, unlike an argument or the environment.
async fn hand_over(mut stdin: ChildStdin, password: &Secret) {
    // EXPOSE: the one-time password, worthless outside this session, to the client it is for
    let line = [password.expose(), "\n"].concat();
    if stdin.write_all(line.as_bytes()).await.is_err() {
        // It ended before it read; the watcher tells how.
        tracing::debug!("Client did not take its credential");
    }
}
