//! `usher doctor rdp`: the RDP client of this machine signs in to an acceptor of ours on loopback.
//! No host is asked, and no password of anybody is used.

mod findings;
mod policy;
mod stored;
#[cfg(test)]
mod tests;

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

#[cfg(windows)]
use usher_broker::KeptCertificate;
use usher_broker::{Probe, ProbeReport};
use usher_clients::windows_policy::PolicyFacts;
use usher_clients::{Abilities, ClientMissing, RdpClient, Residue, StartError, StoredCredential};
use usher_core::ports::{Client, Handoff, OpenError};

pub(super) use self::findings::report;
use crate::places;

/// How long the client may take: it may have to ask the person.
const PATIENCE: Duration = Duration::from_mins(1);
/// What its window says meanwhile.
const TITLE: &str = "USHER \u{b7} THIS COMPUTER \u{b7} TEST";

/// What was found.
pub(super) struct Facts {
    /// The program that launches would start.
    pub(super) client: Result<PathBuf, ClientMissing>,
    /// How it did; nothing where there is none.
    pub(super) tried: Option<Tried>,
    pub(super) windows: Option<Windows>,
}

/// What Windows says, where this is one.
pub(super) struct Windows {
    /// What decides over saved credentials.
    pub(super) policy: PolicyFacts,
    /// The loopback certificate is among the person's trusted roots.
    pub(super) trusted: bool,
    /// What other tools have stored for Remote Desktop.
    pub(super) stored: Result<Vec<StoredCredential>, ErrorKind>,
}

/// How the client did.
pub(super) struct Tried {
    pub(super) able: Abilities,
    pub(super) came: Result<Came, NotTried>,
}

/// How far it came.
pub(super) struct Came {
    pub(super) report: ProbeReport,
    /// The last that it wrote, where it did not sign in.
    pub(super) last_line: Option<String>,
    /// Why the test stands in no journal, if it does not.
    pub(super) unwritten: Option<Unwritten>,
}

/// Why there is no journal of what a crash would leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unwritten {
    /// The app runs, and has it.
    InUse,
    /// No app has run here yet.
    NotYet,
    /// It cannot be opened.
    Broken(ErrorKind),
}

/// Why it could not be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotTried {
    /// No loopback listener.
    NoListener,
    /// The program did not start.
    NotStarted(StartError),
}

/// Has it sign in.
pub(super) async fn gather() -> Facts {
    let windows = windows();
    match usher_clients::find_rdp() {
        Ok(client) => {
            let tried = Some(tried(&client).await);
            Facts { client: Ok(client.program().to_owned()), tried, windows }
        }
        Err(missing) => Facts { client: Err(missing), tried: None, windows },
    }
}

#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
fn windows() -> Option<Windows> {
    let stored = usher_clients::other_credentials().map_err(|error| error.kind());
    let trusted = crate::mstsc::is_trusted(folder().as_deref());
    Some(Windows { policy: usher_clients::policy(), trusted, stored })
}

/// Only mstsc reads saved credentials.
#[cfg(not(windows))]
fn windows() -> Option<Windows> {
    None
}

async fn tried(client: &RdpClient) -> Tried {
    Tried { able: client.abilities().await, came: came(client).await }
}

async fn came(client: &RdpClient) -> Result<Came, NotTried> {
    let (probe, handoff) = probe().await.map_err(|_| NotTried::NoListener)?;
    let (journal, unwritten) = journal();
    let running = client.start(handoff, &journal).await.map_err(NotTried::NotStarted)?;
    let over = async {
        tokio::select! {
            _exit = running.wait() => {}
            () = tokio::time::sleep(PATIENCE) => {}
        }
    };
    let report = match running.id() {
        Some(id) => probe.watch(Client::Started(id), over).await,
        // It has ended already, and nobody else may come.
        None => ProbeReport::default(),
    };
    running.end_now();
    let mut said = running.wait().await.last_lines;
    let last_line = if report.signed_in.is_some() { None } else { said.pop() };
    Ok(Came { report, last_line, unwritten })
}

#[cfg(not(windows))]
async fn probe() -> Result<(Probe, Handoff), OpenError> {
    Probe::open(TITLE).await
}

/// With the certificate that sessions show, where there is one.
#[cfg(windows)]
async fn probe() -> Result<(Probe, Handoff), OpenError> {
    match folder().map(|folder| KeptCertificate::open(&folder)) {
        Some(Ok(kept)) => Probe::showing(&kept, TITLE).await,
        Some(Err(_)) | None => Probe::open(TITLE).await,
    }
}

/// The person's own data on this machine, where there is any.
fn folder() -> Option<PathBuf> {
    let folder = places::places().ok().and_then(|places| places.local.parent().map(PathBuf::from));
    folder.filter(|folder| folder.is_dir())
}

/// The journal, or why there is none. A test that is killed then leaves its client to itself, which goes
/// when the acceptor is gone; and Windows' credential to the next start of the app.
fn journal() -> (Residue, Option<Unwritten>) {
    let Some(folder) = folder() else { return (Residue::nowhere(), Some(Unwritten::NotYet)) };
    match Residue::open(&folder) {
        Ok(journal) => (journal, None),
        Err(error) => (Residue::nowhere(), Some(Unwritten::from(error.kind()))),
    }
}

impl From<ErrorKind> for Unwritten {
    fn from(why: ErrorKind) -> Self {
        if why == ErrorKind::WouldBlock { Self::InUse } else { Self::Broken(why) }
    }
}
