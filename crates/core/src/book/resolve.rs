//! Finding things in the book: the folders above, the client, the credential of a session.

use super::Book;
use crate::audit::About;
use crate::entry::{
    Client, Connection, CredentialEntry, Credentials, Folder, KeyId, KeyInUse, Name, PersonKey,
    SessionEntry,
};
use crate::error::{Error, Missing};
use crate::ids::{ConnectionId, CredentialEntryId, FolderId, PersonId, SessionEntryId};
use crate::rights::{Object, Person};

/// The credential that a session would use.
#[derive(Debug, Clone, Copy)]
pub struct Resolved<'a> {
    /// The entry.
    pub credential: &'a CredentialEntry,
    /// The folder it was inherited from, if it was.
    pub inherited_from: Option<&'a Folder>,
}

impl Book {
    /// The folder and those above it, nearest first. Ends even where a damaged file has a circle.
    pub fn upwards(&self, from: FolderId) -> impl Iterator<Item = &Folder> {
        let first = self.folders.get(&from);
        std::iter::successors(first, |folder| self.folders.get(&folder.parent?))
            .take(self.folders.len())
    }

    /// The one folder without a parent.
    #[must_use]
    pub fn root(&self) -> Option<&Folder> {
        self.folders.values().find(|folder| folder.parent.is_none())
    }

    /// The nearest client folder: this one or one above that is mapped to an organization.
    #[must_use]
    pub fn client_folder(&self, from: FolderId) -> Option<&Folder> {
        self.upwards(from).find(|folder| folder.client.is_some())
    }

    /// The organization that everything in this folder belongs to.
    #[must_use]
    pub fn client(&self, from: FolderId) -> Option<&Client> {
        self.client_folder(from).and_then(|folder| folder.client.as_ref())
    }

    /// The credential entry of a session, linked or inherited; `None` where it has none.
    #[must_use]
    pub fn credential_of(&self, session: &SessionEntry) -> Option<Resolved<'_>> {
        self.resolve(session.folder, session.credentials)
    }

    /// The credential that a session in this folder would use.
    #[must_use]
    pub fn resolve(&self, folder: FolderId, credentials: Credentials) -> Option<Resolved<'_>> {
        let (id, inherited_from) = match credentials {
            Credentials::AskMe | Credentials::None => return None,
            Credentials::Linked(id) => (id, None),
            Credentials::Inherited => {
                let folder = self.upwards(folder).find(|f| f.credential.is_some())?;
                (folder.credential?, Some(folder))
            }
        };
        let credential = self.credentials.get(&id)?;
        Some(Resolved { credential, inherited_from })
    }

    /// Whether there is such a thing.
    #[must_use]
    pub fn holds(&self, object: Object) -> bool {
        match object {
            Object::Folder(id) => self.folders.contains_key(&id),
            Object::Credential(id) => self.credentials.contains_key(&id),
            Object::Session(id) => self.sessions.contains_key(&id),
        }
    }

    /// The folder it lies in; for a folder the one above it.
    #[must_use]
    pub fn lies_in(&self, object: Object) -> Option<FolderId> {
        match object {
            Object::Folder(id) => self.folders.get(&id)?.parent,
            Object::Credential(id) => self.credentials.get(&id).map(|row| row.folder),
            Object::Session(id) => self.sessions.get(&id).map(|row| row.folder),
        }
    }

    /// The folder whose policy it comes under: the one it lies in, or for a folder itself.
    #[must_use]
    pub fn folder_of(&self, object: Object) -> Option<FolderId> {
        match object {
            Object::Folder(id) => self.folders.get(&id).map(|row| row.id),
            Object::Credential(_) | Object::Session(_) => self.lies_in(object),
        }
    }

    /// It, and for a folder all that lies below it.
    #[must_use]
    pub fn within(&self, object: Object) -> Vec<Object> {
        let Object::Folder(folder) = object else { return vec![object] };
        let below = |start: FolderId| self.upwards(start).any(|up| up.id == folder);
        let folders = self.folders.keys().filter(|id| below(**id)).map(|id| Object::Folder(*id));
        let credentials = self.credentials.values().filter(|row| below(row.folder));
        let credentials = credentials.map(|row| Object::Credential(row.id));
        let sessions = self.sessions.values().filter(|row| below(row.folder));
        let sessions = sessions.map(|row| Object::Session(row.id));
        folders.chain(credentials).chain(sessions).collect()
    }

    /// Whether nothing lies in this folder.
    #[must_use]
    pub fn is_empty_folder(&self, id: FolderId) -> bool {
        !self.folders.values().any(|f| f.parent == Some(id))
            && !self.credentials.values().any(|c| c.folder == id)
            && !self.sessions.values().any(|s| s.folder == id)
    }

    /// Whether a session is linked to this entry, or a folder hands it down.
    #[must_use]
    pub fn uses(&self, id: CredentialEntryId) -> bool {
        self.sessions.values().any(|s| s.credentials == Credentials::Linked(id))
            || self.folders.values().any(|f| f.credential == Some(id))
    }

    /// What the log says an event on this was about.
    #[must_use]
    pub fn about(&self, object: Object) -> About {
        match object {
            Object::Folder(id) => self.folders.get(&id).map(About::folder),
            Object::Credential(id) => self.credentials.get(&id).map(About::credential),
            Object::Session(id) => self.sessions.get(&id).map(|session| {
                About::session(session, self.credential_of(session).map(|r| r.credential))
            }),
        }
        .unwrap_or_default()
    }

    /// Whether the entry lies under the account and organization that it names.
    #[must_use]
    pub fn is_in_its_client(&self, entry: &CredentialEntry) -> bool {
        self.client(entry.folder).is_some_and(|client| {
            client.connection == entry.connection && client.organization.id == entry.organization.id
        })
    }

    /// What it is called.
    #[must_use]
    pub fn name_of(&self, object: Object) -> Option<&Name> {
        match object {
            Object::Folder(id) => self.folders.get(&id).map(|row| &row.name),
            Object::Credential(id) => self.credentials.get(&id).map(|row| &row.name),
            Object::Session(id) => self.sessions.get(&id).map(|row| &row.name),
        }
    }

    /// A session entry.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn session(&self, id: SessionEntryId) -> Result<&SessionEntry, Error> {
        self.sessions.get(&id).ok_or(Error::NotFound(Missing::Session))
    }

    /// A credential entry.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn credential(&self, id: CredentialEntryId) -> Result<&CredentialEntry, Error> {
        self.credentials.get(&id).ok_or(Error::NotFound(Missing::Credential))
    }

    /// A folder.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn folder(&self, id: FolderId) -> Result<&Folder, Error> {
        self.folders.get(&id).ok_or(Error::NotFound(Missing::Folder))
    }

    /// An IT Glue account.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn connection(&self, id: ConnectionId) -> Result<&Connection, Error> {
        self.connections.get(&id).ok_or(Error::NotFound(Missing::Connection))
    }

    /// A person who is active.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn active_person(&self, id: PersonId) -> Result<&Person, Error> {
        self.people.get(&id).filter(|p| p.is_active()).ok_or(Error::NotFound(Missing::Person))
    }

    /// The person's own key of the account, if they have one.
    #[must_use]
    pub fn person_key(&self, connection: ConnectionId, person: PersonId) -> Option<&PersonKey> {
        self.person_keys.values().find(|k| k.connection == connection && k.person == person)
    }

    /// The key with which this person works: their own, or else the account's.
    #[must_use]
    pub fn key_in_use(&self, account: &Connection, person: PersonId) -> KeyInUse {
        let own = self.person_key(account.id, person).map(|own| own.in_use(account.region));
        own.unwrap_or_else(|| account.key())
    }

    /// In whose name Usher keeps the account's keys alive: nobody's once that person administers the
    /// vault no more.
    #[must_use]
    pub fn kept_alive_by(&self, account: &Connection) -> Option<PersonId> {
        account.keep_alive.filter(|person| self.is_administrator(*person))
    }

    /// Every key there is: each account's, and after it those of people's own.
    pub fn keys(&self) -> impl Iterator<Item = KeyId> {
        self.connections.keys().flat_map(|account| {
            let own = self.person_keys.values().filter(move |key| key.connection == *account);
            std::iter::once(KeyId::Account(*account)).chain(own.map(|key| KeyId::Person(key.id)))
        })
    }
}
