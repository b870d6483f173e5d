//! The facts that policy decides over: rights and circumstances, nothing else.

use super::Lacking;
use crate::entry::ApprovalPolicy;
use crate::rights::{Right, RightSet};

/// What is so, for one person, one action and what it is done to.
///
/// What an action does not concern stays at its default, which allows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent circumstances of the rights table")]
pub struct Facts {
    /// Rights on the session entry.
    pub session: RightSet,
    /// Rights on the credential entry.
    pub credential: RightSet,
    /// Rights on the folder.
    pub folder: RightSet,
    /// Rights on the folder it is moved to.
    pub destination: RightSet,
    /// Rights on what is moved.
    pub moved: RightSet,
    /// Source on the account and organization, before and after.
    pub source: bool,
    /// An entry that this person sees names what is to be shown in IT Glue.
    pub named: bool,
    /// The host is among the credential's allowed hosts, or vouched for.
    pub host_allowed: bool,
    /// Session and credential lie in one client folder.
    pub same_client_folder: bool,
    /// The move gives nobody a right they lack now.
    pub nobody_gains: bool,
    /// The person administers the vault.
    pub administrator: bool,
    /// The person unlocked it with their passphrase, not with a PIN.
    pub proven_by_passphrase: bool,
    /// *Technicians may trust on first use* is on.
    pub trust_on_first_use: bool,
    /// *Ask me* is not turned off.
    pub ask_me: bool,
    /// No credential entry is sent there, only what people type themselves.
    pub typed_only: bool,
    /// The person has just proved again who they are.
    pub confirmed: bool,
    /// Of a ticket there is what the folder asks for.
    pub ticket_given: bool,
    /// What the credential entry and the folders above ask for besides rights.
    pub approval: ApprovalPolicy,
}

type Verdict = Result<(), Lacking>;

fn need(given: bool, otherwise: Lacking) -> Verdict {
    if given { Ok(()) } else { Err(otherwise) }
}

impl Facts {
    pub(super) fn session(&self, right: Right) -> Verdict {
        need(self.session.has(right), Lacking::OnSession(right))
    }

    pub(super) fn credential(&self, right: Right) -> Verdict {
        need(self.credential.has(right), Lacking::OnCredential(right))
    }

    pub(super) fn folder(&self, right: Right) -> Verdict {
        need(self.folder.has(right), Lacking::OnFolder(right))
    }

    pub(super) fn destination(&self, right: Right) -> Verdict {
        need(self.destination.has(right), Lacking::OnFolder(right))
    }

    pub(super) fn moved(&self, right: Right) -> Verdict {
        need(self.moved.has(right), Lacking::OnSession(right))
    }

    pub(super) fn source(&self) -> Verdict {
        need(self.source, Lacking::Source)
    }

    pub(super) fn named(&self) -> Verdict {
        need(self.named, Lacking::OnCredential(Right::View))
    }

    pub(super) fn host_allowed(&self) -> Verdict {
        need(self.host_allowed, Lacking::HostNotAllowed)
    }

    pub(super) fn same_client_folder(&self) -> Verdict {
        need(self.same_client_folder, Lacking::OtherClientFolder)
    }

    pub(super) fn administrator(&self) -> Verdict {
        need(self.administrator, Lacking::Administrator)
    }

    /// An administrator, and surely so.
    pub(super) fn administers(&self) -> Verdict {
        self.administrator().and_then(|()| need(self.proven_by_passphrase, Lacking::Passphrase))
    }

    pub(super) fn ticket(&self) -> Verdict {
        need(self.ticket_given, Lacking::Ticket)
    }

    pub(super) fn may_be_typed(&self) -> Verdict {
        need(self.ask_me, Lacking::AskMeOff)
    }

    pub(super) fn no_widening(&self) -> Verdict {
        need(self.nobody_gains || self.administers().is_ok(), Lacking::WouldWiden)
    }

    /// Either Edit on the credential, or View on it and a host within its allowed hosts.
    pub(super) fn may_send_to_host(&self) -> Verdict {
        if self.credential.has(Right::Edit) {
            return Ok(());
        }
        self.credential(Right::View).and_then(|()| self.host_allowed())
    }

    /// Whoever may link it, or may see its password; where only what people type is sent, whoever
    /// says where it is sent.
    pub(super) fn may_trust(&self) -> Verdict {
        if self.typed_only {
            return self.session(Right::Edit);
        }
        if self.credential.has(Right::ViewPassword) {
            return Ok(());
        }
        self.session(Right::Edit).and_then(|()| self.may_send_to_host())
    }

    pub(super) fn may_trust_new(&self) -> Verdict {
        if self.trust_on_first_use && self.launches().is_ok() {
            return Ok(());
        }
        self.may_trust()
    }

    /// Whether they launch it at all, as far as rights decide.
    fn launches(&self) -> Verdict {
        let seen = self.session(Right::View);
        if self.typed_only {
            return seen.and_then(|()| self.may_be_typed());
        }
        seen.and_then(|()| self.credential(Right::View)).and_then(|()| self.host_allowed())
    }
}
