//! Rights as they come out: the union over a person and their groups, inherited or own.

use super::{Book, Change};
use crate::entry::{Client, CredentialEntry, CredentialTarget, Folder, SessionEntry};
use crate::ids::{ConnectionId, CredentialEntryId, FolderId, OrganizationId, PersonId};
use crate::rights::{Inheritance, Object, Person, Right, RightSet, Subject};

impl Book {
    /// What the person may do to the object. Unknown or disabled people may nothing.
    #[must_use]
    pub fn rights(&self, person: PersonId, object: Object) -> RightSet {
        if !self.is_active(person) {
            return RightSet::default();
        }
        match self.governing(object) {
            Some(governing) => self.granted(person, governing),
            None => RightSet::default(),
        }
    }

    /// Whether the person administers this vault.
    #[must_use]
    pub fn is_administrator(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(|p| p.is_active() && p.administrator)
    }

    /// Whether the person may create or repoint credentials of this account and organization.
    #[must_use]
    pub fn has_source(
        &self,
        person: PersonId,
        connection: ConnectionId,
        organization: &OrganizationId,
    ) -> bool {
        self.is_active(person)
            && self
                .sources
                .values()
                .any(|s| self.is_held_by(person, s.subject) && s.covers(connection, organization))
    }

    /// Whether the person has Source on anything of this account.
    #[must_use]
    pub fn has_any_source(&self, person: PersonId, connection: ConnectionId) -> bool {
        let of_it = |s: &&crate::rights::SourceRight| s.connection == connection;
        self.is_active(person)
            && self.sources.values().filter(of_it).any(|s| self.is_held_by(person, s.subject))
    }

    /// Whether the person sees a credential entry of this organization whose target passes the
    /// test, and which could therefore bring its record before them.
    #[must_use]
    pub fn sees_entry_of(
        &self,
        person: PersonId,
        (connection, organization): (ConnectionId, &OrganizationId),
        target: impl Fn(&CredentialTarget) -> bool,
    ) -> bool {
        let names = |c: &&CredentialEntry| {
            c.connection == connection && c.organization.id == *organization && target(&c.target)
        };
        let sees = |c: &CredentialEntry| self.views(person, Object::Credential(c.id));
        self.credentials.values().filter(names).any(sees)
    }

    /// Whether the person sees a folder that is mapped to this organization.
    #[must_use]
    pub fn sees_folder_of(
        &self,
        person: PersonId,
        connection: ConnectionId,
        organization: &OrganizationId,
    ) -> bool {
        let of_it = |client: &Client| {
            client.connection == connection && client.organization.id == *organization
        };
        let mapped = self.folders.values().filter(|f| f.client.as_ref().is_some_and(of_it));
        mapped.map(|f| Object::Folder(f.id)).any(|folder| self.views(person, folder))
    }

    fn views(&self, person: PersonId, object: Object) -> bool {
        self.rights(person, object).has(Right::View)
    }

    /// Whether somebody with Edit on the credential answered for sending it to the session's host.
    #[must_use]
    pub fn is_vouched(&self, session: &SessionEntry, credential: CredentialEntryId) -> bool {
        let host = session.kind.host();
        session.vouched.as_ref().is_some_and(|v| v.credential == credential && v.host == *host)
    }

    /// The removal of every grant and Source right that this subject holds.
    pub(crate) fn given_to(&self, subject: Subject) -> Vec<Change> {
        let grants = self.grants.values().filter(|g| g.subject == subject);
        let sources = self.sources.values().filter(|s| s.subject == subject);
        let grants = grants.map(|g| Change::RemoveGrant(g.id));
        grants.chain(sources.map(|s| Change::RemoveSource(s.id))).collect()
    }

    fn is_active(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(Person::is_active)
    }

    /// The object whose own grants count for this one: itself, or the nearest folder above.
    pub(crate) fn governing(&self, object: Object) -> Option<Object> {
        let (inheritance, folder) = match object {
            Object::Folder(id) => return self.governing_folder(id),
            Object::Credential(id) => {
                self.credentials.get(&id).map(|e| (e.inheritance, e.folder))?
            }
            Object::Session(id) => self.sessions.get(&id).map(|e| (e.inheritance, e.folder))?,
        };
        match inheritance {
            Inheritance::Own => Some(object),
            Inheritance::Inherits => self.governing_folder(folder),
        }
    }

    fn governing_folder(&self, from: FolderId) -> Option<Object> {
        let governs = |f: &&Folder| f.inheritance == Inheritance::Own || f.parent.is_none();
        self.upwards(from).find(governs).map(|f| Object::Folder(f.id))
    }

    /// What the grants on this very object give the person, coming in or not.
    pub(crate) fn granted(&self, person: PersonId, object: Object) -> RightSet {
        self.grants
            .values()
            .filter(|g| g.object == object && self.is_held_by(person, g.subject))
            .fold(RightSet::default(), |rights, grant| rights.union(&grant.rights))
    }

    /// Whether the person is the subject, or in the group that is.
    #[must_use]
    pub fn is_held_by(&self, person: PersonId, subject: Subject) -> bool {
        match subject {
            Subject::Person(one) => one == person,
            Subject::Group(group) => {
                self.groups.get(&group).is_some_and(|g| g.members.contains(&person))
            }
        }
    }
}
