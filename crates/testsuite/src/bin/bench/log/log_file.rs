//! A log beside a vault that is open, both as the program makes them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use usher_core::Secret;
use usher_core::audit::{About, AuditEvent, Outcome, What};
use usher_core::book::{Book, Change};
use usher_core::entry::{ApprovalPolicy, Folder, Inheritance, Organization, Version};
use usher_core::ids::{
    CredentialEntryId, FolderId, OrganizationId, PasswordId, PersonId, RunId, SessionEntryId,
};
use usher_core::policy::may_found;
use usher_core::ports::{Access, FirstVault, LocalStore};
use usher_core::rights::{Person, Standing};
use usher_core::time::Moment;
use usher_vault::{Cost, Local, Means, MemoryDevice, Vault, Witness};
use uuid::Uuid;

use crate::Result;

const FOUNDER: PersonId = PersonId::from_bytes([1; 16]);
/// Does one thing in a thousand.
pub(super) const SOMEBODY_ELSE: PersonId = PersonId::from_bytes([2; 16]);
const ROOT: FolderId = FolderId::from_bytes([3; 16]);

/// The log, and the vault that it belongs to.
pub(super) struct LogFile {
    pub(super) local: Local,
    vault: Vault,
    _folder: TempDir,
}

/// A place where nothing has to reach a disk, if there is one.
pub(super) fn in_memory() -> Option<PathBuf> {
    let place = PathBuf::from("/dev/shm");
    place.is_dir().then_some(place)
}

impl LogFile {
    /// An empty one, in that place or where temporary files lie.
    pub(super) async fn new(place: Option<PathBuf>) -> Result<Self> {
        let place = place.unwrap_or_else(std::env::temp_dir);
        let folder = tempfile::tempdir_in(place)?;
        let witness = Witness::default();
        let vault = found(folder.path(), &witness).await?;
        let local = Local::create(&folder.path().join("local.sqlite"), &witness)?;
        Ok(Self { local, vault, _folder: folder })
    }

    /// Appends so many rows.
    pub(super) async fn fill(&self, rows: u64) -> Result<()> {
        for number in 0..rows {
            self.append(number).await?;
        }
        Ok(())
    }

    /// Appends a row, as a launch leaves it.
    pub(super) async fn append(&self, number: u64) -> Result<()> {
        Ok(self.local.record(launch(number)).await?)
    }

    /// Locks the vault.
    pub(super) async fn lock(&self) {
        self.vault.lock(FOUNDER).await;
    }
}

async fn found(folder: &Path, witness: &Witness) -> Result<Vault> {
    let means = Means {
        device: Arc::new(MemoryDevice::default()),
        witness: witness.clone(),
        clock: Arc::new(|| Moment::from_unix_millis(0)),
        device_name: "bench".to_owned(),
        cost: Cost::Least,
    };
    let vault = Vault::at(folder.join("vault.sqlite"), means)?;
    let permit = may_found(&Book::default(), FOUNDER)?;
    let passphrase = Secret::new(Uuid::new_v4().to_string());
    let first = FirstVault { founder: FOUNDER, passphrase, changes: furniture()? };
    let opened = vault.found(permit, first).await?;
    if opened.person == FOUNDER { Ok(vault) } else { Err("it opened for somebody else".into()) }
}

fn furniture() -> Result<Vec<Change>> {
    let root = Folder {
        id: ROOT,
        parent: None,
        name: "Bench".parse()?,
        client: None,
        credential: None,
        inheritance: Inheritance::Own,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    };
    let name = "Ada".parse()?;
    let standing = Standing::Active;
    let founder = Person { id: FOUNDER, name, administrator: true, standing };
    Ok(vec![Change::PutPerson(founder), Change::PutFolder(root)])
}

fn launch(number: u64) -> AuditEvent {
    let id = u128::from(number).to_be_bytes();
    let client = number % 200;
    let organization = Organization {
        id: OrganizationId::new(client.to_string()),
        name: format!("Client number {client}"),
    };
    let about = About {
        folder: Some(ROOT),
        session: Some(SessionEntryId::from_bytes(id)),
        credential: Some(CredentialEntryId::from_bytes(id)),
        organization: Some(organization),
        host: Some(format!("srv{client}.corp.example")),
        account: Some("CORP\\administrator".to_owned()),
        record: Some(PasswordId::new(number.to_string())),
        record_name: Some("Domain administrator".to_owned()),
        ..About::default()
    };
    AuditEvent {
        at: Moment::from_unix_millis(number),
        person: if number % 1_000 == 999 { SOMEBODY_ELSE } else { FOUNDER },
        what: What::HostAccepted,
        on: format!("Server {client}"),
        outcome: Outcome::Done,
        about,
        details: Vec::new(),
        run: Some(RunId::from_bytes(id)),
    }
}
