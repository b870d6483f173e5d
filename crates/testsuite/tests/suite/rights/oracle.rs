//! The table of rights (the design's section 4), written down a second time and by request.

use usher_broker::protocol::{CredentialsRow, ObjectRef, PageOf, ReachOf, Request};
use usher_core::rights::Right;

use super::asked::Ids;

/// What a person holds: the same rights on every entry and folder, Source or not, administrator or
/// not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each of them varies by itself")]
pub(super) struct Who {
    pub(super) view: bool,
    pub(super) view_password: bool,
    pub(super) edit: bool,
    pub(super) source: bool,
    pub(super) administrator: bool,
    /// They came in by PIN, which is not enough to administer.
    pub(super) by_pin: bool,
}

impl Who {
    /// Whoever has everything.
    pub(super) const ALMIGHTY: Self = Self { administrator: true, ..Self::TECHNICIAN };

    /// Whoever has everything but the vault.
    const TECHNICIAN: Self = Self {
        view: true,
        view_password: true,
        edit: true,
        source: true,
        administrator: false,
        by_pin: false,
    };

    /// Every combination.
    pub(super) fn everybody() -> impl Iterator<Item = Self> {
        (0_u8..64).map(|bits| {
            let has = |bit: u8| bits & (1 << bit) != 0;
            Self {
                view: has(0),
                view_password: has(1),
                edit: has(2),
                source: has(3),
                administrator: has(4),
                by_pin: has(5),
            }
        })
    }

    fn administers(self) -> bool {
        self.administrator && !self.by_pin
    }

    /// The rights on the root, from where they are inherited.
    pub(super) fn rights(self) -> Vec<Right> {
        let all = [
            (self.view, Right::View),
            (self.view_password, Right::ViewPassword),
            (self.edit, Right::Edit),
        ];
        all.into_iter().filter(|(held, _)| *held).map(|(_, right)| right).collect()
    }
}

/// Whether the table allows this request. A request without a row does not compile.
#[expect(clippy::too_many_lines, reason = "a table: one row after the other")]
#[expect(clippy::match_same_arms, reason = "rows of the table that happen to be alike")]
pub(super) fn allows(request: &Request, ids: &Ids, who: Who) -> bool {
    match request {
        // people, groups, grants, Source, accounts, policy, audit, export: Administrator, and the
        // passphrase for administration
        Request::AddAccount { .. }
        | Request::ReplaceKey { .. }
        | Request::CheckAccount { .. }
        | Request::RemoveAccount { .. }
        | Request::TestPasswordAccess(_)
        | Request::SetPersonKey(_)
        | Request::RemovePersonKey { .. }
        | Request::SetKeepAlive { .. }
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
        | Request::SetRights { .. }
        | Request::Sources
        | Request::SetSource(_)
        | Request::RemoveSource { .. }
        | Request::LockPreview { .. }
        | Request::LockForTechnicians { .. }
        | Request::Drift
        | Request::Audit { .. }
        | Request::AuditVerify
        | Request::AuditExport { .. }
        | Request::ClientReport(_) => who.administers(),
        // whoever sees it reads their own rights on it; an administrator everybody's
        Request::Rights { .. } => who.view || who.administrator,
        // stated where one is saved or granted
        Request::Reach { of: ReachOf::Credential { .. } } => who.view || who.administrator,
        Request::Reach { of: ReachOf::Draft { .. } } => who.view,
        // Edit on the entry and both folders; here nobody gains
        Request::MoveEntry(_) => who.edit,
        // the rights of the creation, link and repointing it amounts to; one copies what one sees
        Request::Duplicate(form) => match form.entry {
            ObjectRef::Credential { .. } => who.view && who.edit && who.source,
            ObjectRef::Session { .. } | ObjectRef::Folder { .. } => who.view && who.edit,
        },
        // browse an organization while creating: Source
        Request::Organizations { .. } | Request::BrowsePasswords { .. } => who.source,
        // shown in IT Glue: whoever could come across it anyway
        Request::PageInItGlue { of } => may_be_shown(of, ids, who),
        // Who asks is found out by unlocking; the snapshot holds what they may see. A list is its
        // owner's, whatever rights they have; so is a launch.
        Request::Door
        | Request::CreateVault(_)
        | Request::Unlock { .. }
        | Request::PassphraseStrength(_)
        | Request::VaultVerify
        | Request::ReachItGlue { .. }
        | Request::Lock
        | Request::LockFor { .. }
        | Request::Idle { .. }
        | Request::Prove { .. }
        | Request::ChangePassphrase(_)
        | Request::SetPin { .. }
        | Request::NewRecoveryKit { .. }
        | Request::SetOwnIdleLock { .. }
        | Request::Undo
        | Request::Snapshot
        | Request::ReadAccountAddress { .. }
        | Request::PickerPage { .. }
        | Request::ClosePicker { .. }
        | Request::ClientStarted { .. }
        | Request::ClientMissing { .. }
        | Request::ClientExited { .. }
        | Request::SignInAgain(_)
        | Request::Traffic
        | Request::EndSession { .. }
        | Request::DismissRun { .. } => true,
        // mapping a folder reaches into an organization
        Request::CreateFolder { form, .. } | Request::ChangeFolder { form, .. } => {
            who.edit && (form.client.is_none() || who.source)
        }
        Request::DeleteFolder { .. }
        | Request::DeleteCredential { .. }
        | Request::DeleteSession { .. } => who.edit,
        // create or repoint: Source, and Edit; rename: Edit
        Request::CreateCredential { .. } => who.source && who.edit,
        Request::ChangeCredential { credential, .. } => {
            who.edit && (who.source || *credential == ids.renamed)
        }
        // link: Edit on the session, and Edit on the credential or (View and an allowed host)
        Request::CreateSession { form, .. } | Request::ChangeSession { form, .. } => {
            let links = form.credentials != CredentialsRow::None;
            let may_send = who.edit || (who.view && form.host == ids.allowed_host);
            who.edit && (!links || may_send)
        }
        // no credential is involved
        Request::LookAtHost { .. } => who.view,
        // launch: View on both; with another credential, the same client folder and allowed host
        Request::PrepareLaunch { .. } | Request::Launch { .. } => who.view,
        // trust: whoever may link it or has View password on it
        Request::TrustCertificate { .. } => who.view_password || who.edit,
        // show and copy: View password, and the person confirms
        Request::ShowPassword(form) | Request::CopyPassword(form) => {
            who.view_password && form.proof.is_some()
        }
    }
}

/// Source, or View on an entry or mapped folder that names it; the account also to administrators.
fn may_be_shown(of: &PageOf, ids: &Ids, who: Who) -> bool {
    match of {
        PageOf::Account { .. } => who.source || who.administrator,
        PageOf::Organization { organization, .. } | PageOf::Record { organization, .. } => {
            who.source || (who.view && *organization != ids.unnamed)
        }
    }
}
