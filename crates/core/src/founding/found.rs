//! Makes a vault.

use crate::Secret;
use crate::audit::{self, What};
use crate::book::{Book, Change};
use crate::entry::{ApprovalPolicy, Folder, Inheritance, Name, Version};
use crate::error::Error;
use crate::ids::{FolderId, GrantId, PersonId};
use crate::opening;
use crate::policy::{Action, Denied, Lacking, may_found};
use crate::ports::{Access, Door, FirstVault, Notice, Notices, Opened, Ports};
use crate::rights::{Grant, Object, Person, RightSet, Standing, Subject};

/// A vault as its founder wants it.
pub struct Founding {
    /// What it is called: the name of its root folder.
    pub vault: Name,
    /// What its first administrator is called.
    pub administrator: Name,
    /// Their passphrase.
    pub passphrase: Secret,
}

/// Founds the vault and opens it: a person who administers it, a root folder, and their rights on
/// it. Their rights are a grant like any other, on record, since administrators get none implicitly.
///
/// # Errors
/// [`Error::Denied`] where there is a vault already; [`Error::Access`] for a weak passphrase;
/// [`Error::AuditUnavailable`]: the vault was made, and is locked.
pub async fn found<P: Ports>(ports: &P, founding: Founding) -> Result<Opened, Error> {
    if ports.access().door().await? != Door::NoVault {
        let (action, lacking) = (Action::ManagePeople, Lacking::Administrator);
        return Err(Error::Denied(Denied { action, lacking }));
    }
    let founder = PersonId::fresh(ports.clock(), ports.random());
    let permit = may_found(&Book::default(), founder)?;
    let vault = founding.vault.clone();
    let changes = furniture(ports, founder, founding.vault, founding.administrator);
    let first = FirstVault { founder, passphrase: founding.passphrase, changes };
    let opened = ports.access().found(permit, first).await?;
    // The log is sealed with the vault's own key, so there is none before there is a vault.
    let whats = [What::VaultCreated, What::Granted, What::Unlocked];
    let mut events: Vec<_> =
        whats.map(|what| audit::event(ports, founder, what, vault.as_str())).into();
    if opened.recovery_kit.is_some() {
        events.push(audit::event(ports, founder, What::RecoveryKitMade, vault.as_str()));
    }
    opening::on_record_or_locked(ports, founder, events).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(opened)
}

fn furniture<P: Ports>(
    ports: &P,
    founder: PersonId,
    vault: Name,
    administrator: Name,
) -> Vec<Change> {
    let root = Folder {
        id: FolderId::fresh(ports.clock(), ports.random()),
        parent: None,
        name: vault,
        client: None,
        credential: None,
        inheritance: Inheritance::Own,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    };
    let grant = Grant {
        id: GrantId::fresh(ports.clock(), ports.random()),
        subject: Subject::Person(founder),
        object: Object::Folder(root.id),
        rights: RightSet::all(),
    };
    let standing = Standing::Active;
    let founder = Person { id: founder, name: administrator, administrator: true, standing };
    vec![Change::PutPerson(founder), Change::PutFolder(root), Change::PutGrant(grant)]
}
