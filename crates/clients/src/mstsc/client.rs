//! mstsc as this computer has it.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use tokio::process::{Child, Command};
use usher_core::Secret;
use usher_core::entry::{Display, Host};
use usher_core::ports::Handoff;

use super::arguments;
use super::credential;
use super::environment::allowed;
use super::traces::Traces;
use super::windows::{credentials, policies, remembered, system};
use crate::abilities::Abilities;
use crate::error::{ClientMissing, StartError};
use crate::handoff::{check, title};
use crate::residue::{Credentials, Left, Residue};
use crate::running::{Behind, RunningClient};
use crate::stored::{self, StoredCredential};
use crate::windows_policy::PolicyFacts;

/// The RDP client of this machine.
#[derive(Debug, Clone)]
pub struct RdpClient {
    program: PathBuf,
    /// Windows' own folder: where it lies, and where it works.
    folder: PathBuf,
}

/// mstsc in Windows' own folder, which only an administrator may write to.
///
/// # Errors
/// [`ClientMissing::NotInstalled`] where this Windows has none.
pub fn find_rdp() -> Result<RdpClient, ClientMissing> {
    let folder = system::folder().unwrap_or_default();
    let program = folder.join("mstsc.exe");
    if folder.is_absolute() && program.is_file() {
        return Ok(RdpClient { program, folder });
    }
    let looked_at = vec![program];
    Err(ClientMissing::NotInstalled { looked_at, unsafe_ones: vec![], packages: &[] })
}

/// What decides over saved credentials on this computer.
#[must_use]
pub fn policy() -> PolicyFacts {
    policies::read()
}

/// Credentials that another tool has stored for this host. mstsc would use them where it is started
/// without us; they are not ours to remove.
///
/// # Errors
/// As Windows gives them.
pub fn stale_credentials(host: &Host) -> std::io::Result<Vec<StoredCredential>> {
    Ok(other_credentials()?.into_iter().filter(|stored| stored.is_for(host)).collect())
}

/// The same for whatever host.
///
/// # Errors
/// As Windows gives them.
pub fn other_credentials() -> std::io::Result<Vec<StoredCredential>> {
    let stored = credentials::list(credential::ALL)?;
    Ok(stored.into_iter().filter(|stored| !stored.is_ours()).collect())
}

/// Whether a running program, as Windows names it, is the one that we start. Windows writes its own
/// folder now with capitals, now without.
pub(crate) fn is_listed(program: &Path) -> bool {
    let mstsc = system::folder().map(|folder| folder.join("mstsc.exe"));
    mstsc.is_some_and(|mstsc| mstsc.as_os_str().eq_ignore_ascii_case(program))
}

/// Credential Manager, for the sweep of the journal.
#[derive(Debug, Clone, Copy)]
pub struct OsCredentials;

impl Credentials for OsCredentials {
    fn user(&self, target: &str) -> std::io::Result<Option<String>> {
        let stored = credentials::list_own_kind(target)?;
        let found = stored.into_iter().find(|stored| stored::name(&stored.target) == target);
        Ok(found.map(|stored| stored.user))
    }

    fn remove(&self, target: &str) -> std::io::Result<()> {
        credentials::remove(target)
    }
}

/// What a client is started with, besides a credential.
struct Start {
    address: SocketAddr,
    display: Display,
    title: String,
    password: Secret,
}

impl RdpClient {
    /// Where the program lies.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// It tells no version, and is kept up to date by Windows.
    #[expect(clippy::unused_async, reason = "the same signature on every system")]
    pub async fn abilities(&self) -> Abilities {
        Abilities { version: None, drives_and_files: true, text_alone: false, camera: true }
    }

    /// Starts it for one session, with the one-time credential stored for it; must be called inside a
    /// tokio runtime.
    ///
    /// # Errors
    /// [`StartError`]; the client does not run then, and nothing is stored. With
    /// [`StartError::NotStored`] [`Self::start_by_hand`] may still do.
    #[expect(clippy::unused_async, reason = "the same signature on every system")]
    pub async fn start(
        &self,
        handoff: Handoff,
        residue: &Residue,
    ) -> Result<RunningClient, StartError> {
        let (address, user, start) = taken(handoff)?;
        let traces = Traces::of_credential(address, &user, &start.password, residue)?;
        self.run(start, traces, residue)
    }

    /// Starts it without a credential: it asks the person, who types the one-time code that we show. The
    /// user's name stands there already.
    ///
    /// # Errors
    /// As [`Self::start`].
    #[expect(clippy::unused_async, reason = "as `start`")]
    pub async fn start_by_hand(
        &self,
        handoff: Handoff,
        residue: &Residue,
    ) -> Result<RunningClient, StartError> {
        let (address, user, start) = taken(handoff)?;
        if let Err(error) = remembered::hint(address, &user) {
            tracing::warn!(%error, "The person types the user's name too");
        }
        self.run(start, Traces::none(), residue)
    }

    /// Where it does not start, the traces go with this function's end.
    fn run(
        &self,
        start: Start,
        traces: Traces,
        residue: &Residue,
    ) -> Result<RunningClient, StartError> {
        let traces = Arc::new(traces);
        let mut child = self.spawn(arguments::of(start.address, start.display))?;
        let note = child.id().and_then(Left::process).map(|process| residue.note(process));
        let note = match note.transpose() {
            Ok(note) => note,
            Err(error) => return Err(taken_back(&mut child, &error)),
        };
        if let Some(process) = child.id() {
            traces.keep_title(process, start.title);
        }
        tracing::info!(port = start.address.port(), "Client started");
        Ok(RunningClient::watch(child, start.password, Behind { note, traces }))
    }

    fn spawn(&self, arguments: Vec<String>) -> Result<Child, StartError> {
        let environment: Vec<(OsString, OsString)> = std::env::vars_os().collect();
        Command::new(&self.program)
            .args(arguments)
            .env_clear()
            .envs(allowed(environment.into_iter(), &self.folder))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| StartError::NotStarted(error.kind()))
    }
}

/// What of a handoff it is started with; before that the address and the user by which mstsc knows them.
fn taken(handoff: Handoff) -> Result<(Ipv4Addr, String, Start), StartError> {
    check(&handoff)?;
    let known = arguments::ours(handoff.address)?;
    let Handoff { address, user, password, display, .. } = handoff;
    Ok((known, user, Start { address, display, title: title(&handoff.title), password }))
}

/// Without a journal nobody would find it after a crash.
fn taken_back(child: &mut Child, error: &std::io::Error) -> StartError {
    if let Err(error) = child.start_kill() {
        tracing::warn!(%error, "A client could not be ended");
    }
    StartError::NoJournal(error.kind())
}

#[cfg(test)]
mod tests;
