//! Samples of requests.

use usher_broker::protocol::{
    AddPerson, At, AuditFilter, ChangePassphrase, ChangePerson, ClientReportForm, CreateVault,
    Duplicate, ExportFormat, LockScope, LockWhy, MoveEntry, ObjectRef, OrganizationRef, PageOf,
    PassphraseStrength, ReachOf, Region, Request, RevealForm, SaveGroup, SetPersonKey, SetSource,
    SettingsForm, SignInAgain, Standing, SubjectRef, Target, TestPasswordAccess, TicketForm,
    TypedForm, UnlockWith,
};

use super::{rights, samples};
use crate::fixture::forms;

fn text(text: &str) -> String {
    text.to_owned()
}

fn folder() -> ObjectRef {
    ObjectRef::Folder { folder: text("f") }
}

fn ticket() -> TicketForm {
    TicketForm { number: text("T-1"), reason: text("\"\u{2028}") }
}

fn filter() -> AuditFilter {
    AuditFilter {
        person: Some(text("a")),
        entry: Some(folder()),
        on: Some(text("DC\u{2028}")),
        organization: Some(OrganizationRef { connection: text("c"), organization: text("1") }),
        host: Some(text("dc01")),
        what: Some(text("launch")),
        from: Some(At(1)),
        to: Some(At(2)),
    }
}

samples!(targets: Target {
    Target::Specific { .. } => forms::specific("9954700004404663"),
    Target::AlwaysPromptWithList { .. } => forms::prompt(Some("Domain \"Admin\"")),
});

samples!(pages: PageOf {
    PageOf::Account { .. } => PageOf::Account { connection: text("a") },
    PageOf::Organization { .. } => PageOf::Organization {
        connection: text("a"), organization: text("9954700004404663"),
    },
    PageOf::Record { .. } => PageOf::Record {
        connection: text("a"), organization: text("1"), password: text("2"),
    },
});

samples!(requests: Request {
    Request::Door => Request::Door,
    Request::CreateVault(_) => Request::CreateVault(CreateVault {
        vault: text("Contoso IT"), administrator: text("Ada"), passphrase: forms::secret("\u{1f511}"),
    }),
    Request::Unlock { .. } => Request::Unlock {
        with: UnlockWith::Pin { person: text("a"), pin: forms::secret("1") }, as_found: true,
    },
    Request::PassphraseStrength(_) => Request::PassphraseStrength(PassphraseStrength {
        passphrase: forms::secret(""), hints: vec![text("Ada")],
    }),
    Request::VaultVerify => Request::VaultVerify,
    Request::ReachItGlue { .. } => Request::ReachItGlue { region: Region::Us },
    Request::Lock => Request::Lock,
    Request::LockFor { .. } => Request::LockFor { why: LockWhy::Suspend },
    Request::Idle { .. } => Request::Idle { seconds: Some(u32::MAX) },
    Request::Prove { .. } => Request::Prove { passphrase: forms::secret("p") },
    Request::ChangePassphrase(_) => Request::ChangePassphrase(ChangePassphrase {
        current: forms::secret("p"), new: forms::secret("q"),
    }),
    Request::SetPin { .. } => Request::SetPin { passphrase: forms::secret("p"), pin: None },
    Request::NewRecoveryKit { .. } => Request::NewRecoveryKit { passphrase: forms::secret("p") },
    Request::SetOwnIdleLock { .. } => Request::SetOwnIdleLock { minutes: Some(5) },
    Request::AcceptAsFound => Request::AcceptAsFound,
    Request::Rekey => Request::Rekey,
    Request::RemoveDevice { .. } => Request::RemoveDevice { device: text("a") },
    Request::SaveSettings { .. } => Request::SaveSettings {
        form: SettingsForm {
            technicians_trust_on_first_use: true, ask_me: false, idle_lock_minutes: 20,
        },
    },
    Request::People => Request::People,
    Request::AddPerson(_) => Request::AddPerson(AddPerson {
        name: text("Bob"), administrator: false, groups: vec![text("a")],
    }),
    Request::InviteAgain { .. } => Request::InviteAgain { person: text("a") },
    Request::ChangePerson(_) => Request::ChangePerson(ChangePerson {
        person: text("a"), name: text("Bob"), administrator: true, standing: Standing::Disabled,
    }),
    Request::SaveGroup(_) => Request::SaveGroup(SaveGroup {
        group: None, name: text("Technicians"), members: vec![text("a")],
    }),
    Request::RemoveGroup { .. } => Request::RemoveGroup { group: text("a") },
    Request::Offboard { .. } => Request::Offboard { person: text("a") },
    Request::Rights { .. } => Request::Rights { of: folder() },
    Request::SetRights { .. } => Request::SetRights { of: folder(), form: rights::form() },
    Request::Sources => Request::Sources,
    Request::SetSource(_) => Request::SetSource(SetSource {
        subject: SubjectRef::Group { group: text("a") }, connection: text("b"), organization: None,
    }),
    Request::RemoveSource { .. } => Request::RemoveSource { source: text("a") },
    Request::LockPreview { .. } => Request::LockPreview { scope: LockScope::Everything },
    Request::LockForTechnicians { .. } => Request::LockForTechnicians {
        scope: LockScope::Folder { folder: text("a") },
    },
    Request::Drift => Request::Drift,
    Request::Reach { .. } => Request::Reach { of: ReachOf::Credential { credential: text("a") } },
    Request::MoveEntry(_) => Request::MoveEntry(MoveEntry {
        entry: folder(), version: 3, to: text("b"),
    }),
    Request::Duplicate(_) => Request::Duplicate(Duplicate { entry: folder(), to: None }),
    Request::Undo => Request::Undo,
    Request::Snapshot => Request::Snapshot,
    Request::AddAccount { .. } => Request::AddAccount {
        name: text("Contoso"), region: Region::Eu, api_key: forms::secret("\u{1f511}\"\\\n"),
    },
    Request::ReplaceKey { .. } => Request::ReplaceKey {
        connection: text("a"), api_key: forms::secret(""),
    },
    Request::CheckAccount { .. } => Request::CheckAccount { connection: text("a") },
    Request::RemoveAccount { .. } => Request::RemoveAccount { connection: text("a") },
    Request::ReadAccountAddress { .. } => Request::ReadAccountAddress {
        text: text("https://contoso.eu.itglue.com/1?\u{e4}=\"#"),
    },
    Request::TestPasswordAccess(_) => Request::TestPasswordAccess(TestPasswordAccess {
        connection: text("a"), organization: text("1"), password: text("2"),
    }),
    Request::SetPersonKey(_) => Request::SetPersonKey(SetPersonKey {
        connection: text("a"), person: text("b"), api_key: forms::secret("\u{1f511}"),
    }),
    Request::RemovePersonKey { .. } => Request::RemovePersonKey {
        connection: text("a"), person: text("b"),
    },
    Request::SetKeepAlive { .. } => Request::SetKeepAlive { connection: text("a"), on: true },
    Request::PageInItGlue { .. } => Request::PageInItGlue {
        of: PageOf::Account { connection: text("a") },
    },
    Request::Organizations { .. } => Request::Organizations { connection: text("a") },
    Request::BrowsePasswords { .. } => Request::BrowsePasswords {
        connection: text("a"), organization: text("1"),
    },
    Request::PickerPage { .. } => Request::PickerPage {
        picker: text("1"), query: text("ad\u{301}min"), offset: 0, limit: u32::MAX,
    },
    Request::ClosePicker { .. } => Request::ClosePicker { picker: text("1") },
    Request::CreateFolder { .. } => Request::CreateFolder {
        parent: text("a"), form: forms::client_folder("Contoso", "b", "1"),
    },
    Request::ChangeFolder { .. } => Request::ChangeFolder {
        folder: text("a"), version: 3, form: forms::plain_folder("Contoso"),
    },
    Request::DeleteFolder { .. } => Request::DeleteFolder { folder: text("a") },
    Request::CreateCredential { .. } => Request::CreateCredential {
        folder: text("a"),
        form: forms::credential("c", ("a", "1"), forms::prompt(None), &["*.b.example"]),
    },
    Request::ChangeCredential { .. } => Request::ChangeCredential {
        credential: text("a"), version: 1,
        form: forms::credential("c", ("a", "1"), forms::specific("2"), &[]),
    },
    Request::DeleteCredential { .. } => Request::DeleteCredential { credential: text("a") },
    Request::CreateSession { .. } => Request::CreateSession {
        folder: text("a"), form: forms::session("s", ("h", 3389), "c"),
    },
    Request::ChangeSession { .. } => Request::ChangeSession {
        session: text("a"), version: 2, form: forms::bare_session("s", "h", 0),
    },
    Request::DeleteSession { .. } => Request::DeleteSession { session: text("a") },
    Request::PrepareLaunch { .. } => Request::PrepareLaunch {
        session: text("a"), credential: None,
    },
    Request::Launch { .. } => Request::Launch {
        session: text("a"), credential: Some(text("b")), choice: Some(text("3")),
        ticket: Some(ticket()), proof: Some(forms::secret("p")),
        typed: Some(TypedForm {
            user: text("CORP\\adm"), password: forms::secret("\u{1f511}\""),
            host: text("dc01"), port: 3389,
        }),
        by_hand: true,
    },
    Request::LookAtHost { .. } => Request::LookAtHost { session: text("a") },
    Request::TrustCertificate { .. } => Request::TrustCertificate {
        session: text("a"), sha256: text("00"),
    },
    Request::ClientStarted { .. } => Request::ClientStarted {
        run: text("a"), process: Some(u32::MAX), clipboard_files: false,
    },
    Request::ClientMissing { .. } => Request::ClientMissing { run: text("a") },
    Request::ClientExited { .. } => Request::ClientExited { run: text("a") },
    Request::SignInAgain(_) => Request::SignInAgain(SignInAgain {
        run: text("a"), proof: Some(forms::secret("1")),
    }),
    Request::Traffic => Request::Traffic,
    Request::EndSession { .. } => Request::EndSession { run: text("a") },
    Request::DismissRun { .. } => Request::DismissRun { run: text("a") },
    Request::ShowPassword(_) => Request::ShowPassword(RevealForm {
        credential: text("a"), proof: Some(forms::secret("1")), ticket: None,
    }),
    Request::CopyPassword(_) => Request::CopyPassword(RevealForm {
        credential: text("a"), proof: None, ticket: Some(ticket()),
    }),
    Request::Audit { .. } => Request::Audit {
        filter: AuditFilter::default(), before: Some(7), limit: 500,
    },
    Request::AuditVerify => Request::AuditVerify,
    Request::AuditExport { .. } => Request::AuditExport {
        filter: filter(), format: ExportFormat::JsonLines,
    },
    Request::ClientReport(_) => Request::ClientReport(ClientReportForm {
        connection: text("a"), organization: text("1"), from: At(0), to: At(1),
    }),
});

samples!(unlocks: UnlockWith {
    UnlockWith::Passphrase { .. } => UnlockWith::Passphrase {
        person: text("a"), passphrase: forms::secret("p"),
    },
    UnlockWith::Pin { .. } => UnlockWith::Pin { person: text("a"), pin: forms::secret("1") },
    UnlockWith::RecoveryKit { .. } => UnlockWith::RecoveryKit {
        kit: forms::secret("k"), passphrase: forms::secret("p"),
    },
    UnlockWith::EnrolmentCode { .. } => UnlockWith::EnrolmentCode {
        person: text("a"), code: forms::secret("c"), passphrase: forms::secret("p"),
    },
    UnlockWith::Upgrade { .. } => UnlockWith::Upgrade {
        administrator: text("Ada"), passphrase: forms::secret("p"),
    },
});

samples!(reaches: ReachOf {
    ReachOf::Credential { .. } => ReachOf::Credential { credential: text("a") },
    ReachOf::Draft { .. } => ReachOf::Draft {
        folder: text("f"), form: forms::credential("c", ("a", "1"), forms::prompt(None), &[]),
    },
});
