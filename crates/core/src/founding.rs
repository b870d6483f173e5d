//! The first start: a vault gets its root folder and its first administrator.

use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{Folder, Inheritance, Name, Version};
use crate::error::Error;
use crate::ids::{FolderId, GrantId, PersonId};
use crate::policy::may_found;
use crate::ports::{Notice, Notices, Ports, Store};
use crate::rights::{Grant, Object, Person, RightSet, Subject};

/// Founds the vault: a person who administers it, a root folder, and their rights on it. Their
/// rights are a grant like any other, on record, since administrators get none implicitly.
///
/// # Errors
/// [`Error::Denied`] where the vault has people already; [`Error::AuditUnavailable`], and then
/// nothing was made.
pub async fn found<P: Ports>(ports: &P, name: Name, root: Name) -> Result<PersonId, Error> {
    let book = ports.store().book().await?;
    let person = PersonId::fresh(ports.clock(), ports.random());
    let permit = may_found(&book, person)?;
    let folder = Folder {
        id: FolderId::fresh(ports.clock(), ports.random()),
        parent: None,
        name: root,
        client: None,
        credential: None,
        inheritance: Inheritance::Own,
        version: Version::FIRST,
    };
    let grant = Grant {
        id: GrantId::fresh(ports.clock(), ports.random()),
        subject: Subject::Person(person),
        object: Object::Folder(folder.id),
        rights: RightSet::all(),
    };
    audit::record(ports, audit::event(ports, person, What::VaultCreated, folder.name.as_str()))
        .await?;
    audit::record(ports, audit::event(ports, person, What::Granted, folder.name.as_str())).await?;
    let founder = Person { id: person, name, administrator: true, active: true };
    let changes =
        vec![Change::PutPerson(founder), Change::PutFolder(folder), Change::PutGrant(grant)];
    ports.store().commit(permit, changes).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(person)
}
