//! What changes the vault. Denied, it goes on record here, once. Done, it ends what could be taken
//! back, unless it can be taken back itself: *Undo* never reaches past the last change.
//!
//! Being denied a look at what only some may see goes on record here as well. Launches, passwords
//! shown or copied, the log, pages and lists of IT Glue put their denials on record themselves.

mod look;

use usher_core::audit::{self, About, AuditEvent, Outcome, What};
use usher_core::book::Book;
use usher_core::ids::{ConnectionId, FolderId, GroupId, PersonId};
use usher_core::ports::{Ports, Store};
use usher_core::rights::Object;

use super::{Answer, forms};
use crate::broker::Desktop;
use crate::map::failure;
use crate::protocol::{Code, Detail, LockScope, ObjectRef, Request};

/// A change of the vault that somebody asks for, or a look at what only some may see.
pub(super) struct Deed {
    what: What,
    on: On,
    /// Whether it ends what could be taken back.
    lasting: bool,
}

/// What it is done to, as far as the request says.
enum On {
    Vault,
    Object(Object),
    /// Something new of this name.
    New(Option<FolderId>, String),
    Person(Option<PersonId>),
    Group(Option<GroupId>),
    Account(Option<ConnectionId>),
}

impl Deed {
    /// The change or look that a request asks for; `None` where it asks for none.
    pub(super) fn of(request: &Request) -> Option<Self> {
        let fleeting = edit(request).or_else(|| look::of(request));
        let fleeting = fleeting.map(|(what, on)| Self { what, on, lasting: false });
        fleeting.or_else(|| {
            let (what, on) = people(request).or_else(|| accounts(request))?;
            Some(Self { what, on, lasting: what != What::PasswordAccessTested })
        })
    }

    /// Sees to what the answer means for the log and for *Undo*.
    pub(super) async fn settle<P: Ports>(self, desk: &Desktop<P>, answer: Answer) -> Answer {
        if self.lasting && may_have_changed(&answer) {
            // Of everybody: what is taken back after it would bring back rights of before it.
            desk.shared.undos.forget_all();
        }
        if !answer.as_ref().is_err_and(|f| matches!(f.detail, Detail::Denied { .. })) {
            return answer;
        }
        let recorded = audit::record(desk.ports.as_ref(), self.denied(desk).await).await;
        recorded.map_err(|error| failure::plain(&error)).and(answer)
    }

    async fn denied<P: Ports>(self, desk: &Desktop<P>) -> AuditEvent {
        let book = desk.ports.store().book().await.ok();
        let (on, about) = book.map(|book| self.on.named(&book)).unwrap_or_default();
        let event = audit::event(desk.ports.as_ref(), desk.person, self.what, on);
        AuditEvent { outcome: Outcome::Denied, about, ..event }
    }
}

/// A change whose outcome could not be put on record was made all the same.
fn may_have_changed(answer: &Answer) -> bool {
    match answer {
        Ok(_) => true,
        Err(failure) => matches!(failure.code, Code::AuditUnavailable | Code::Storage),
    }
}

impl On {
    /// What it is called, and what is known of it.
    fn named(self, book: &Book) -> (String, About) {
        match self {
            Self::Vault => (String::new(), About::default()),
            Self::Object(object) => object_named(book, object),
            Self::New(folder, name) => {
                let folder = folder.and_then(|id| book.folders.get(&id));
                (name, folder.map(About::folder).unwrap_or_default())
            }
            Self::Person(id) => {
                let name = id.and_then(|id| book.people.get(&id)).map(|p| p.name.to_string());
                (name.unwrap_or_default(), id.map(About::person).unwrap_or_default())
            }
            Self::Group(id) => {
                let name = id.and_then(|id| book.groups.get(&id)).map(|g| g.name.to_string());
                (name.unwrap_or_default(), About::default())
            }
            Self::Account(connection) => {
                let row = connection.and_then(|id| book.connections.get(&id));
                let name = row.map(|row| row.name.to_string());
                (name.unwrap_or_default(), About { connection, ..About::default() })
            }
        }
    }
}

fn object_named(book: &Book, object: Object) -> (String, About) {
    let found = match object {
        Object::Folder(id) => {
            book.folders.get(&id).map(|row| (row.name.to_string(), About::folder(row)))
        }
        Object::Credential(id) => {
            book.credentials.get(&id).map(|row| (row.name.to_string(), About::credential(row)))
        }
        Object::Session(id) => book.sessions.get(&id).map(|row| {
            let credential = book.credential_of(row).map(|resolved| resolved.credential);
            (row.name.to_string(), About::session(row, credential))
        }),
    };
    found.unwrap_or_default()
}

fn folder(id: &str) -> On {
    id.parse().map_or(On::Vault, |id| On::Object(Object::Folder(id)))
}

fn credential(id: &str) -> On {
    id.parse().map_or(On::Vault, |id| On::Object(Object::Credential(id)))
}

fn session(id: &str) -> On {
    id.parse().map_or(On::Vault, |id| On::Object(Object::Session(id)))
}

fn object(of: &ObjectRef) -> On {
    forms::object(of).map_or(On::Vault, On::Object)
}

fn new(folder: &str, name: &str) -> On {
    On::New(folder.parse().ok(), name.to_owned())
}

/// Edits of folders and entries, which can be taken back.
#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else is asked edits no entry")]
fn edit(request: &Request) -> Option<(What, On)> {
    Some(match request {
        Request::CreateFolder { parent, form } => (What::FolderCreated, new(parent, &form.name)),
        Request::ChangeFolder { folder: id, .. } => (What::FolderChanged, folder(id)),
        Request::DeleteFolder { folder: id } => (What::FolderDeleted, folder(id)),
        Request::CreateCredential { folder, form } => {
            (What::CredentialCreated, new(folder, &form.name))
        }
        Request::ChangeCredential { credential: id, .. } => {
            (What::CredentialChanged, credential(id))
        }
        Request::DeleteCredential { credential: id } => (What::CredentialDeleted, credential(id)),
        Request::CreateSession { folder, form } => (What::SessionCreated, new(folder, &form.name)),
        Request::ChangeSession { session: id, .. } => (What::SessionChanged, session(id)),
        Request::DeleteSession { session: id } => (What::SessionDeleted, session(id)),
        Request::MoveEntry(form) => (What::Moved, object(&form.entry)),
        Request::Duplicate(form) => (What::Duplicated, object(&form.entry)),
        Request::Undo => (What::Undone, On::Vault),
        _ => return None,
    })
}

/// Who may come in, and who may do what.
#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else is asked is not about people")]
fn people(request: &Request) -> Option<(What, On)> {
    let person = |id: &str| On::Person(id.parse().ok());
    Some(match request {
        Request::AddPerson(form) => (What::PersonAdded, On::New(None, form.name.clone())),
        Request::InviteAgain { person: id } => (What::PersonInvited, person(id)),
        Request::ChangePerson(form) => (What::PersonChanged, person(&form.person)),
        Request::Offboard { person: id } => (What::PersonRevoked, person(id)),
        Request::SaveGroup(form) => (What::GroupSaved, On::New(None, form.name.clone())),
        Request::RemoveGroup { group } => (What::GroupRemoved, On::Group(group.parse().ok())),
        Request::SetRights { of, .. } => (What::Granted, object(of)),
        Request::SetSource(form) => {
            (What::SourceGranted, On::Account(form.connection.parse().ok()))
        }
        Request::RemoveSource { .. } => (What::SourceRevoked, On::Vault),
        Request::LockForTechnicians { scope } => (What::LockedForTechnicians, locked(scope)),
        Request::SaveSettings { .. } => (What::SettingsChanged, On::Vault),
        Request::AcceptAsFound => (What::AcceptedAsFound, On::Vault),
        Request::Rekey => (What::Rekeyed, On::Vault),
        Request::RemoveDevice { .. } => (What::DeviceRemoved, On::Vault),
        Request::TrustCertificate { session: id, .. } => (What::CertificateTrusted, session(id)),
        _ => return None,
    })
}

fn locked(scope: &LockScope) -> On {
    match scope {
        LockScope::Entry { of } => object(of),
        LockScope::Folder { folder: id } => folder(id),
        LockScope::Everything => On::Vault,
    }
}

/// IT Glue accounts and their keys.
#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else is asked is not about accounts")]
fn accounts(request: &Request) -> Option<(What, On)> {
    let account = |id: &str| On::Account(id.parse().ok());
    Some(match request {
        Request::AddAccount { name, .. } => (What::AccountAdded, On::New(None, name.clone())),
        Request::ReplaceKey { connection, .. } => (What::KeyReplaced, account(connection)),
        Request::RemoveAccount { connection } => (What::AccountRemoved, account(connection)),
        Request::TestPasswordAccess(form) => {
            (What::PasswordAccessTested, account(&form.connection))
        }
        Request::SetPersonKey(form) => (What::PersonKeySet, account(&form.connection)),
        Request::RemovePersonKey { connection, .. } => {
            (What::PersonKeyRemoved, account(connection))
        }
        Request::SetKeepAlive { connection, on: true } => (What::KeepAliveOn, account(connection)),
        Request::SetKeepAlive { connection, on: false } => {
            (What::KeepAliveOff, account(connection))
        }
        _ => return None,
    })
}
