//! What folders and entries ask for besides rights: approval and tickets, the stricter of all that
//! a launch or a reveal touches.

use super::Book;
use crate::entry::{ApprovalPolicy, CredentialEntry, SessionEntry, TicketPolicy};
use crate::ids::FolderId;

impl Book {
    /// What launching, and showing or copying, ask for: the strictest of the credential entry, the
    /// folders above it and, for a launch, the folders above the session.
    #[must_use]
    pub fn approval_of(
        &self,
        credential: &CredentialEntry,
        session: Option<&SessionEntry>,
    ) -> ApprovalPolicy {
        let above = session.map(|s| self.folder_approval(s.folder));
        credential
            .approval
            .and(self.folder_approval(credential.folder))
            .and(above.unwrap_or(ApprovalPolicy::NOTHING_MORE))
    }

    /// What this folder asks for, with those above it.
    #[must_use]
    pub fn folder_approval(&self, folder: FolderId) -> ApprovalPolicy {
        let above = self.upwards(folder).map(|f| f.approval);
        above.fold(ApprovalPolicy::NOTHING_MORE, ApprovalPolicy::and)
    }

    /// What is asked for of a ticket: by the session's folder or the credential's, whichever asks
    /// for more.
    #[must_use]
    pub fn tickets_of(
        &self,
        credential: Option<&CredentialEntry>,
        session: Option<&SessionEntry>,
    ) -> TicketPolicy {
        let of = |folder: FolderId| self.folder_tickets(folder);
        let session = session.map(|s| of(s.folder)).unwrap_or_default();
        let credential = credential.map(|c| of(c.folder)).unwrap_or_default();
        if credential.strictness() > session.strictness() { credential } else { session }
    }

    /// What the nearest folder that says it asks for of a ticket.
    #[must_use]
    pub fn folder_tickets(&self, folder: FolderId) -> TicketPolicy {
        self.upwards(folder).find_map(|f| f.tickets.clone()).unwrap_or_default()
    }
}
