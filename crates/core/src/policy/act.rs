//! What an action is done to, and what of it policy decides over.

use super::Facts;
use crate::book::Book;
use crate::entry::{ApprovalPolicy, CredentialEntry, Host, SessionEntry, Ticket};
use crate::ids::{ConnectionId, FolderId, OrganizationId, PersonId};
use crate::rights::{Object, RightSet};

/// What an action is done to; what it does not concern is left out.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent circumstances of the rights table")]
pub struct Act<'a> {
    /// The session entry as it is, or as it is to be where it is new.
    pub session: Option<&'a SessionEntry>,
    /// The credential entry.
    pub credential: Option<&'a CredentialEntry>,
    /// The folder it is done in.
    pub folder: Option<FolderId>,
    /// The account and organization it reaches into.
    pub source: Option<(ConnectionId, &'a OrganizationId)>,
    /// The host a credential is to be sent to, where that is not the session's.
    pub host: Option<&'a Host>,
    /// The session does not exist yet: its folder's rights are its rights.
    pub creating: bool,
    /// What is asked for besides rights, as far as that is the action's.
    pub asked: Asked<'a>,
    /// The person unlocked the vault with their passphrase.
    pub by_passphrase: bool,
    /// What is moved.
    pub moved: Option<Object>,
    /// Where it is moved to.
    pub to: Option<FolderId>,
    /// The move gives nobody a right they lack now.
    pub nobody_gains: bool,
    /// No credential entry is sent to the host, only what people type themselves.
    pub typed_only: bool,
}

/// What a person gave besides being who they are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// They proved again who they are.
    pub confirmed: bool,
    /// A ticket.
    pub ticket: Option<&'a Ticket>,
}

/// What a launch or a reveal asks for besides rights: proof and ticket.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// It is asked for later, before anything is released.
    Later,
    /// It was asked for, and this is what was given.
    Now(Given<'a>),
}

impl Default for Asked<'_> {
    fn default() -> Self {
        Self::Now(Given::default())
    }
}

impl Asked<'_> {
    fn confirmed(self) -> bool {
        match self {
            Self::Later => true,
            Self::Now(given) => given.confirmed,
        }
    }
}

impl Act<'_> {
    pub(super) fn facts(&self, book: &Book, person: PersonId) -> Facts {
        self.facts_with(book, person, |object| book.rights(person, object))
    }

    /// The same where the person's rights are looked up in another way.
    pub(super) fn facts_with(
        &self,
        book: &Book,
        person: PersonId,
        rights: impl Fn(Object) -> RightSet,
    ) -> Facts {
        let rights = &rights;
        let folder = self.folder.map(Object::Folder).map(rights).unwrap_or_default();
        let session = match self.session {
            Some(_) if self.creating => folder.clone(),
            Some(session) => rights(Object::Session(session.id)),
            None => RightSet::default(),
        };
        Facts {
            session,
            credential: self
                .credential
                .map(|c| rights(Object::Credential(c.id)))
                .unwrap_or_default(),
            folder,
            source: self.source.is_some_and(|(c, o)| book.has_source(person, c, o)),
            host_allowed: self.host_allowed(book),
            same_client_folder: self.same_client_folder(book),
            administrator: book.is_administrator(person),
            trust_on_first_use: book.settings.technicians_trust_on_first_use,
            ask_me: book.settings.ask_me,
            typed_only: self.typed_only,
            proven_by_passphrase: self.by_passphrase,
            confirmed: self.asked.confirmed(),
            ticket_given: self.ticket_given(book),
            approval: self.approval(book),
            destination: self.to.map(Object::Folder).map(rights).unwrap_or_default(),
            moved: self.moved.map(rights).unwrap_or_default(),
            nobody_gains: self.nobody_gains,
            named: false,
        }
    }

    fn ticket_given(&self, book: &Book) -> bool {
        match self.asked {
            Asked::Later => true,
            Asked::Now(given) => {
                book.tickets_of(self.credential, self.session).is_met_by(given.ticket)
            }
        }
    }

    fn approval(&self, book: &Book) -> ApprovalPolicy {
        match (self.credential, self.session) {
            (Some(credential), session) => book.approval_of(credential, session),
            (None, Some(session)) => book.folder_approval(session.folder),
            (None, None) => ApprovalPolicy::default(),
        }
    }

    fn host_allowed(&self, book: &Book) -> bool {
        let Some(credential) = self.credential else {
            return false;
        };
        match (self.host, self.session) {
            (Some(host), session) => {
                let gateway = session.and_then(|session| session.kind.gateway());
                credential.may_be_sent(host, gateway)
            }
            (None, Some(session)) => {
                credential.may_be_sent(session.kind.host(), session.kind.gateway())
                    || book.is_vouched(session, credential.id)
            }
            (None, None) => false,
        }
    }

    fn same_client_folder(&self, book: &Book) -> bool {
        let client = |folder| book.client_folder(folder).map(|f| f.id);
        match (self.session, self.credential) {
            (Some(session), Some(credential)) => {
                let here = client(session.folder);
                here.is_some() && here == client(credential.folder)
            }
            _ => false,
        }
    }
}
