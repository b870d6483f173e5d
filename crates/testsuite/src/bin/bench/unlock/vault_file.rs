//! A vault of 10,000 sessions, on a disk, with the key derivation as it is in use.

use std::path::Path;
use std::sync::Arc;

use usher_core::Secret;
use usher_core::book::{Book, Change};
use usher_core::entry::{
    ApprovalPolicy, Credentials, Folder, Inheritance, Port, SessionEntry, SessionKind, Version,
};
use usher_core::ids::{FolderId, GrantId, PersonId, SessionEntryId};
use usher_core::policy::may_found;
use usher_core::ports::{Access, FirstVault};
use usher_core::rights::{Grant, Object, Person, RightSet, Standing, Subject};
use usher_core::time::Moment;
use usher_vault::{Cost, Means, MemoryDevice, Vault, Witness};

use crate::Result;

/// The vault's one person.
pub(super) const FOUNDER: PersonId = PersonId::from_bytes([1; 16]);
/// How many sessions it has.
pub(super) const ENTRIES: u32 = 10_000;
const ROOT: FolderId = FolderId::from_bytes([4; 16]);

/// What it is opened with.
pub(super) fn passphrase() -> Secret {
    Secret::new("words that nobody guesses quickly at all".to_owned())
}

/// A vault with so many sessions, open for its founder.
pub(super) async fn found(path: &Path) -> Result<Vault> {
    let means = Means {
        device: Arc::new(MemoryDevice::default()),
        witness: Witness::default(),
        clock: Arc::new(|| Moment::from_unix_millis(1_780_000_000_000)),
        device_name: "a bench".to_owned(),
        cost: Cost::Full,
    };
    let vault = Vault::at(path.to_owned(), means)?;
    let mut changes = beginning()?;
    for number in 0..ENTRIES {
        changes.push(Change::PutSession(session(number)?));
    }
    let permit = may_found(&Book::default(), FOUNDER)?;
    let first = FirstVault { founder: FOUNDER, passphrase: passphrase(), changes };
    vault.found(permit, first).await?;
    Ok(vault)
}

fn beginning() -> Result<Vec<Change>> {
    let founder = Person {
        id: FOUNDER,
        name: "Founder".parse()?,
        administrator: true,
        standing: Standing::Active,
    };
    let root = Folder {
        id: ROOT,
        parent: None,
        name: "Vault".parse()?,
        client: None,
        credential: None,
        inheritance: Inheritance::Own,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    };
    let grant = Grant {
        id: GrantId::from_bytes([5; 16]),
        subject: Subject::Person(FOUNDER),
        object: Object::Folder(ROOT),
        rights: RightSet::all(),
    };
    Ok(vec![Change::PutPerson(founder), Change::PutFolder(root), Change::PutGrant(grant)])
}

fn session(number: u32) -> Result<SessionEntry> {
    let id = (1_u128 << 127 | u128::from(number)).to_be_bytes();
    Ok(SessionEntry {
        id: SessionEntryId::from_bytes(id),
        folder: ROOT,
        name: format!("Session {number}").parse()?,
        kind: SessionKind::Rdp {
            host: format!("host{number}.example").parse()?,
            port: Port::RDP,
            settings: usher_core::entry::RdpSettings::default(),
        },
        credentials: Credentials::None,
        vouched: None,
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    })
}
