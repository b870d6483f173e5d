//! `FreeRDP` 2 and 3, from a fixed list of absolute paths.

mod arguments;
mod devices;
mod dialect;
mod environment;
mod programs;
#[cfg(test)]
mod tests;
mod version;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::process::{Child, ChildStdin, Command};
use usher_core::Secret;
use usher_core::ports::Handoff;

use self::environment::allowed;
pub use self::programs::find_rdp;
pub(crate) use self::programs::is_listed;
use crate::abilities::Abilities;
use crate::error::StartError;
use crate::residue::{Left, Residue};
use crate::running::{Behind, RunningClient};

/// An RDP client that may be started.
#[derive(Debug, Clone)]
pub struct RdpClient {
    program: PathBuf,
    /// Its name says that it is `FreeRDP` 3; for where it does not tell its version.
    says_three: bool,
}

impl RdpClient {
    /// Where the program lies.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// What it is able to, and what it is trusted with. Runs the program for its version, once for
    /// each file; takes 5 seconds at most.
    pub async fn abilities(&self) -> Abilities {
        let environment: Vec<_> = std::env::vars_os().collect();
        self.abilities_in(environment.into_iter()).await
    }

    /// Starts the client for one session; must be called inside a tokio runtime. It stands in the
    /// journal before it is given its credential; without one it leaves by itself.
    ///
    /// # Errors
    /// [`StartError`]; the client does not run then.
    pub async fn start(
        &self,
        handoff: Handoff,
        residue: &Residue,
    ) -> Result<RunningClient, StartError> {
        // Collected first, so that the future can move between threads.
        let environment: Vec<_> = std::env::vars_os().collect();
        let able = self.abilities_in(environment.clone().into_iter()).await;
        self.start_in(environment.into_iter(), handoff, &able, residue).await
    }

    async fn abilities_in(
        &self,
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Abilities {
        let version = version::of(&self.program, environment).await;
        dialect::abilities(version, self.says_three)
    }

    async fn start_in(
        &self,
        environment: impl Iterator<Item = (OsString, OsString)>,
        handoff: Handoff,
        able: &Abilities,
        residue: &Residue,
    ) -> Result<RunningClient, StartError> {
        let arguments = arguments::of(&handoff, able, |device| Path::new(device).exists())?;
        let mut child = Command::new(&self.program)
            .args(arguments)
            .env_clear()
            .envs(allowed(environment))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| StartError::NotStarted(error.kind()))?;
        let noted = match noted(&child, residue) {
            Ok(noted) => noted,
            Err(error) => return Err(taken_back(child, &error).await),
        };
        if let Some(stdin) = child.stdin.take() {
            hand_over(stdin, &handoff.password).await;
        }
        tracing::info!(program = %self.program.display(), port = handoff.address.port(), "Client started");
        Ok(RunningClient::watch(child, handoff.password, Behind { note: noted }))
    }
}

/// Puts it into the journal. One that has ended already, or that this system does not tell of, is not
/// in need of it.
fn noted(child: &Child, residue: &Residue) -> std::io::Result<Option<crate::residue::Note>> {
    let process = child.id().and_then(Left::process);
    process.map(|process| residue.note(process)).transpose()
}

/// Without a journal nobody would find it after a crash.
async fn taken_back(mut child: Child, error: &std::io::Error) -> StartError {
    if let Err(error) = child.kill().await {
        tracing::warn!(%error, "A client could not be ended");
    }
    StartError::NoJournal(error.kind())
}

/// One line on stdin: no other process sees it, unlike an argument or the environment.
async fn hand_over(mut stdin: ChildStdin, password: &Secret) {
    // EXPOSE: the one-time password, worthless outside this session, to the client it is for
    let line = zeroize::Zeroizing::new([password.expose(), "\n"].concat());
    if stdin.write_all(line.as_bytes()).await.is_err() {
        // It ended before it read; the watcher tells how.
        tracing::debug!("Client did not take its credential");
    }
}

#[cfg(target_os = "linux")]
#[cfg(test)]
impl RdpClient {
    /// A program of a test's own.
    pub(crate) fn fake(program: PathBuf) -> Self {
        Self { program, says_three: false }
    }

    /// Starts it in a home of a test's own.
    pub(crate) async fn start_fake(
        &self,
        home: &Path,
        handoff: Handoff,
        residue: &Residue,
    ) -> Result<RunningClient, StartError> {
        let environment = [(OsString::from("HOME"), home.as_os_str().to_owned())];
        let able = dialect::abilities(None, false);
        self.start_in(environment.into_iter(), handoff, &able, residue).await
    }
}
