//! Which requests a page may make itself.

use super::Request;

impl Request {
    /// Whether a page may make this request itself. The others are the shell's: it starts clients,
    /// owns clipboard, browser and files, sees what the OS session does, and has a command of its
    /// own for the answer that carries a password.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one line for each request, no logic")]
    pub fn is_for_pages(&self) -> bool {
        match self {
            Self::VaultVerify
            | Self::ReachItGlue { .. }
            | Self::LockFor { .. }
            | Self::Idle { .. }
            | Self::Launch { .. }
            | Self::ClientStarted { .. }
            | Self::ClientMissing { .. }
            | Self::ClientExited { .. }
            | Self::PageInItGlue { .. }
            | Self::ShowPassword(_)
            | Self::CopyPassword(_)
            | Self::AuditExport { .. } => false,
            Self::Door
            | Self::CreateVault(_)
            | Self::Unlock { .. }
            | Self::PassphraseStrength(_)
            | Self::Lock
            | Self::Prove { .. }
            | Self::ChangePassphrase(_)
            | Self::SetPin { .. }
            | Self::NewRecoveryKit { .. }
            | Self::SetOwnIdleLock { .. }
            | Self::AcceptAsFound
            | Self::Rekey
            | Self::RemoveDevice { .. }
            | Self::SaveSettings { .. }
            | Self::People
            | Self::AddPerson(_)
            | Self::InviteAgain { .. }
            | Self::ChangePerson(_)
            | Self::SaveGroup(_)
            | Self::RemoveGroup { .. }
            | Self::Offboard { .. }
            | Self::Rights { .. }
            | Self::SetRights { .. }
            | Self::Sources
            | Self::SetSource(_)
            | Self::RemoveSource { .. }
            | Self::LockPreview { .. }
            | Self::LockForTechnicians { .. }
            | Self::Drift
            | Self::Reach { .. }
            | Self::MoveEntry(_)
            | Self::Duplicate(_)
            | Self::Undo
            | Self::Snapshot
            | Self::AddAccount { .. }
            | Self::ReplaceKey { .. }
            | Self::CheckAccount { .. }
            | Self::RemoveAccount { .. }
            | Self::ReadAccountAddress { .. }
            | Self::TestPasswordAccess(_)
            | Self::SetPersonKey(_)
            | Self::RemovePersonKey { .. }
            | Self::SetKeepAlive { .. }
            | Self::Organizations { .. }
            | Self::BrowsePasswords { .. }
            | Self::PickerPage { .. }
            | Self::ClosePicker { .. }
            | Self::CreateFolder { .. }
            | Self::ChangeFolder { .. }
            | Self::DeleteFolder { .. }
            | Self::CreateCredential { .. }
            | Self::ChangeCredential { .. }
            | Self::DeleteCredential { .. }
            | Self::CreateSession { .. }
            | Self::ChangeSession { .. }
            | Self::DeleteSession { .. }
            | Self::PrepareLaunch { .. }
            | Self::LookAtHost { .. }
            | Self::TrustCertificate { .. }
            | Self::SignInAgain(_)
            | Self::Traffic
            | Self::EndSession { .. }
            | Self::DismissRun { .. }
            | Self::Audit { .. }
            | Self::AuditVerify
            | Self::ClientReport(_) => true,
        }
    }
}
