//! What is asked without a handle, told apart from what needs one.

use crate::protocol::{CreateVault, PassphraseStrength, Region, Request, UnlockWith};

/// Where a request goes.
pub(crate) enum Asked {
    /// Whether the vault's file is sound; nothing is opened for it.
    Verify,
    /// Whether IT Glue answers; nothing is opened for it.
    Reach(Region),
    /// To the door.
    Door(Knock),
    /// To whoever has the vault open.
    Inside(Box<Request>),
}

/// What is asked at the door.
pub(crate) enum Knock {
    /// How it stands.
    Look,
    /// To make the vault.
    Found(CreateVault),
    /// To be let in, with this; as the vault was found, if that is said.
    ComeIn(UnlockWith, bool),
    /// How strong a passphrase would be.
    Weigh(PassphraseStrength),
}

impl Asked {
    /// Where this request goes. All are named, so that no new one gets past the handle unseen.
    #[expect(clippy::too_many_lines, reason = "one line for each request, no logic")]
    pub(crate) fn of(request: Request) -> Self {
        match request {
            Request::VaultVerify => Self::Verify,
            Request::ReachItGlue { region } => Self::Reach(region),
            Request::Door => Self::Door(Knock::Look),
            Request::CreateVault(form) => Self::Door(Knock::Found(form)),
            Request::Unlock { with, as_found } => Self::Door(Knock::ComeIn(with, as_found)),
            Request::PassphraseStrength(form) => Self::Door(Knock::Weigh(form)),
            inside @ (Request::Lock
            | Request::LockFor { .. }
            | Request::Idle { .. }
            | Request::Prove { .. }
            | Request::ChangePassphrase(_)
            | Request::SetPin { .. }
            | Request::NewRecoveryKit { .. }
            | Request::SetOwnIdleLock { .. }
            | Request::AcceptAsFound
            | Request::Rekey
            | Request::RemoveDevice { .. }
            | Request::SaveSettings { .. }
            | Request::People
            | Request::AddPerson(_)
            | Request::InviteAgain { .. }
            | Request::ChangePerson(_)
            | Request::SaveGroup(_)
            | Request::RemoveGroup { .. }
            | Request::Offboard { .. }
            | Request::Rights { .. }
            | Request::SetRights { .. }
            | Request::Sources
            | Request::SetSource(_)
            | Request::RemoveSource { .. }
            | Request::LockPreview { .. }
            | Request::LockForTechnicians { .. }
            | Request::Drift
            | Request::Reach { .. }
            | Request::MoveEntry(_)
            | Request::Duplicate(_)
            | Request::Undo
            | Request::Snapshot
            | Request::AddAccount { .. }
            | Request::ReplaceKey { .. }
            | Request::CheckAccount { .. }
            | Request::ReadAccountAddress { .. }
            | Request::TestPasswordAccess { .. }
            | Request::SetPersonKey { .. }
            | Request::RemovePersonKey { .. }
            | Request::SetKeepAlive { .. }
            | Request::PageInItGlue { .. }
            | Request::RemoveAccount { .. }
            | Request::Organizations { .. }
            | Request::BrowsePasswords { .. }
            | Request::PickerPage { .. }
            | Request::ClosePicker { .. }
            | Request::CreateFolder { .. }
            | Request::ChangeFolder { .. }
            | Request::DeleteFolder { .. }
            | Request::CreateCredential { .. }
            | Request::ChangeCredential { .. }
            | Request::DeleteCredential { .. }
            | Request::CreateSession { .. }
            | Request::ChangeSession { .. }
            | Request::DeleteSession { .. }
            | Request::PrepareLaunch { .. }
            | Request::Launch { .. }
            | Request::LookAtHost { .. }
            | Request::TrustCertificate { .. }
            | Request::ClientStarted { .. }
            | Request::ClientMissing { .. }
            | Request::ClientExited { .. }
            | Request::SignInAgain(_)
            | Request::Traffic
            | Request::EndSession { .. }
            | Request::DismissRun { .. }
            | Request::ShowPassword(_)
            | Request::CopyPassword(_)
            | Request::Audit { .. }
            | Request::AuditVerify
            | Request::AuditExport { .. }
            | Request::ClientReport(_)) => Self::Inside(Box::new(inside)),
        }
    }
}
