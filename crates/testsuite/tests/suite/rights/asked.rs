//! The requests that are tried, each on rows of its own.

use usher_broker::protocol::{
    AddPerson, At, AuditFilter, ChangePassphrase, ChangePerson, ClientReportForm, CreateVault,
    Duplicate, ExportFormat, FolderForm, GrantForm, Inheritance, LockScope, LockWhy, MoveEntry,
    ObjectRef, PageOf, PassphraseStrength, ReachOf, Region, Request, Right, RightsForm, SaveGroup,
    SetPersonKey, SetSource, SettingsForm, SignInAgain, Standing, SubjectRef, TestPasswordAccess,
    UnlockWith,
};

use crate::fixture::book::administrator;
use crate::fixture::stage::add_account;
use crate::fixture::{Stage, forms};

/// What a stage is furnished with. Nothing listens at the sessions' host.
pub(super) struct Ids {
    pub(super) allowed_host: String,
    /// The organization that no entry and no folder names.
    pub(super) unnamed: String,
    /// The person who tries.
    person: String,
    spare_account: String,
    empty_folder: String,
    renamed_folder: String,
    mapped_folder: String,
    unused: String,
    /// The credential entry that is only ever renamed.
    pub(super) renamed: String,
    repointed: String,
    list: String,
    session: String,
    list_session: String,
    renamed_session: String,
    linked_session: String,
    unused_session: String,
    moved_session: String,
    /// A session without a credential.
    bare_session: String,
    duplicated: String,
}

/// An id that nothing has.
pub(crate) const NOWHERE: &str = "00000000-0000-7000-8000-000000000000";

/// Who tries, and what they open the vault with.
pub(super) struct Tried {
    pub(super) passphrase: String,
    pub(super) person: String,
}

const HOST: (&str, u32) = ("127.0.0.1", 1);

impl Ids {
    /// Makes everything that the requests name.
    pub(super) async fn furnish(stage: &Stage) -> Self {
        let folder = async |name: &str| {
            let form = forms::plain_folder(name);
            stage.me.created(Request::CreateFolder { parent: stage.root.clone(), form }).await
        };
        let credential = async |name: &str| stage.credential(name, stage.record(), &[HOST.0]).await;
        let session = async |name: &str, of: &str| stage.session(name, HOST, of).await;
        let bare = async |name: &str| {
            let form = forms::bare_session(name, HOST.0, HOST.1);
            stage.me.created(Request::CreateSession { folder: stage.folder.clone(), form }).await
        };
        let renamed = credential("Renamed").await;
        let list = stage.credential("List", forms::prompt(None), &[HOST.0]).await;
        Self {
            allowed_host: HOST.0.to_owned(),
            unnamed: stage.other_organization.clone(),
            person: administrator(&*stage.room.book().await).to_string(),
            spare_account: add_account(&stage.me, &stage.room.account.api_key()).await,
            empty_folder: folder("Empty").await,
            renamed_folder: folder("Renamed").await,
            mapped_folder: folder("Mapped").await,
            unused: credential("Unused").await,
            repointed: credential("Repointed").await,
            session: session("One", &renamed).await,
            list_session: session("List", &list).await,
            renamed_session: session("Renamed", &renamed).await,
            linked_session: session("Linked", &renamed).await,
            unused_session: session("Unused", &renamed).await,
            moved_session: bare("Moved").await,
            bare_session: bare("Bare").await,
            duplicated: credential("Duplicated").await,
            renamed,
            list,
        }
    }
}

/// The request's word and what it names, for messages.
pub(super) fn shown(request: &Request) -> String {
    serde_json::to_string(request).expect("a request can be encoded")
}

/// Each request at least once, with what makes a difference in its form.
pub(super) fn requests(stage: &Stage, ids: &Ids, by: &Tried) -> Vec<Request> {
    let mut all = about_accounts(stage, ids);
    all.extend(about_keys(stage, ids));
    all.extend(about_pages(stage, ids));
    all.extend(about_folders(stage, ids));
    all.extend(about_credentials(stage, ids));
    all.extend(about_sessions(stage, ids));
    all.extend(about_launches(ids));
    all.extend(about_passwords(ids, by));
    all.extend(about_edits(stage, ids));
    all.extend(about_rights(stage, ids));
    all.extend(about_the_log(stage));
    all.extend(about_people(ids));
    all.extend(at_the_door(by));
    all.extend(about_oneself(by));
    let tried: std::collections::BTreeSet<String> = all.iter().map(word).collect();
    let known: std::collections::BTreeSet<String> =
        crate::codec::requests().iter().map(word).collect();
    assert_eq!(tried, known, "each request is tried");
    all
}

fn word(request: &Request) -> String {
    let value = serde_json::to_value(request).expect("a request can be encoded");
    value["ask"].as_str().expect("a word").to_owned()
}

fn about_accounts(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let connection = || stage.connection.clone();
    let key = || forms::secret(&stage.room.account.api_key());
    vec![
        Request::Snapshot,
        Request::AddAccount { name: "New".to_owned(), region: Region::Us, api_key: key() },
        Request::ReplaceKey { connection: connection(), api_key: key() },
        Request::CheckAccount { connection: connection() },
        Request::RemoveAccount { connection: ids.spare_account.clone() },
        Request::Organizations { connection: connection() },
        Request::BrowsePasswords {
            connection: connection(),
            organization: stage.other_organization.clone(),
        },
    ]
}

fn about_keys(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let connection = || stage.connection.clone();
    let person = || ids.person.clone();
    vec![
        Request::ReadAccountAddress { text: "app.itglue.com".to_owned() },
        Request::TestPasswordAccess(TestPasswordAccess {
            connection: connection(),
            organization: stage.organization.clone(),
            password: stage.record.to_string(),
        }),
        Request::SetPersonKey(SetPersonKey {
            connection: connection(),
            person: person(),
            api_key: forms::secret(&stage.room.account.api_key()),
        }),
        Request::RemovePersonKey { connection: connection(), person: person() },
        Request::SetKeepAlive { connection: connection(), on: true },
    ]
}

fn about_pages(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let connection = || stage.connection.clone();
    let record = |organization: &str| PageOf::Record {
        connection: connection(),
        organization: organization.to_owned(),
        password: stage.record.to_string(),
    };
    let organization = |organization: &str| PageOf::Organization {
        connection: connection(),
        organization: organization.to_owned(),
    };
    let pages = [
        PageOf::Account { connection: connection() },
        organization(&stage.organization),
        organization(&ids.unnamed),
        record(&stage.organization),
    ];
    pages.map(|of| Request::PageInItGlue { of }).into()
}

fn about_folders(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let mapped = || forms::client_folder("New", &stage.connection, &stage.other_organization);
    let plain = || forms::plain_folder("New");
    let create = |form: FolderForm| Request::CreateFolder { parent: stage.root.clone(), form };
    let change =
        |folder: &str, form| Request::ChangeFolder { folder: folder.to_owned(), version: 1, form };
    vec![
        create(plain()),
        create(mapped()),
        change(&ids.renamed_folder, plain()),
        change(&ids.mapped_folder, mapped()),
        Request::DeleteFolder { folder: ids.empty_folder.clone() },
    ]
}

fn about_credentials(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let form = |target, hosts: &[&str]| forms::credential("New", stage.client(), target, hosts);
    let change = |credential: &str, form| Request::ChangeCredential {
        credential: credential.to_owned(),
        version: 1,
        form,
    };
    vec![
        Request::CreateCredential { folder: stage.folder.clone(), form: form(stage.record(), &[]) },
        change(&ids.renamed, form(stage.record(), &[HOST.0])),
        change(&ids.repointed, form(forms::prompt(None), &[HOST.0])),
        Request::DeleteCredential { credential: ids.unused.clone() },
    ]
}

fn about_sessions(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let create = |form| Request::CreateSession { folder: stage.folder.clone(), form };
    let change = |session: &str, form| Request::ChangeSession {
        session: session.to_owned(),
        version: 1,
        form,
    };
    vec![
        create(forms::bare_session("New", HOST.0, 1)),
        create(forms::session("New", HOST, &ids.renamed)),
        create(forms::session("New", ("192.0.2.1", 1), &ids.renamed)),
        change(&ids.renamed_session, forms::session("New", HOST, &ids.renamed)),
        change(&ids.linked_session, forms::session("New", ("192.0.2.1", 1), &ids.list)),
        Request::DeleteSession { session: ids.unused_session.clone() },
    ]
}

fn about_launches(ids: &Ids) -> Vec<Request> {
    let run = || NOWHERE.to_owned();
    let prepare = |session: &str, credential: Option<&str>| Request::PrepareLaunch {
        session: session.to_owned(),
        credential: credential.map(str::to_owned),
    };
    let session = ids.session.clone();
    vec![
        prepare(&ids.session, None),
        prepare(&ids.session, Some(&ids.list)),
        prepare(&ids.list_session, None),
        forms::launch(&session, None, None),
        crate::ask_me::typed(HOST, &session, "adm", "made up"),
        Request::LookAtHost { session: session.clone() },
        Request::TrustCertificate { session, sha256: "0".repeat(64) },
        Request::ClientStarted { run: run(), process: None, clipboard_files: true },
        Request::ClientMissing { run: run() },
        Request::ClientExited { run: run() },
        Request::SignInAgain(SignInAgain { run: run(), proof: None }),
        Request::Traffic,
        Request::EndSession { run: run() },
        Request::DismissRun { run: run() },
    ]
}

fn about_passwords(ids: &Ids, by: &Tried) -> Vec<Request> {
    let picker = || "999".to_owned();
    let proof = Some(by.passphrase.as_str());
    vec![
        forms::show(&ids.renamed, proof),
        forms::show(&ids.renamed, None),
        forms::copy(&ids.renamed, proof),
        forms::copy(&ids.renamed, None),
        Request::PickerPage { picker: picker(), query: String::new(), offset: 0, limit: 1 },
        Request::ClosePicker { picker: picker() },
    ]
}

fn about_edits(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let session = || ObjectRef::Session { session: ids.moved_session.clone() };
    let credential = || ObjectRef::Credential { credential: ids.duplicated.clone() };
    vec![
        Request::MoveEntry(MoveEntry { entry: session(), version: 1, to: stage.root.clone() }),
        Request::Duplicate(Duplicate { entry: credential(), to: None }),
        Request::Duplicate(Duplicate {
            entry: ObjectRef::Session { session: ids.bare_session.clone() },
            to: None,
        }),
        Request::Undo,
    ]
}

fn about_rights(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let of = || ObjectRef::Session { session: ids.bare_session.clone() };
    let subject = SubjectRef::Person { person: ids.person.clone() };
    let grants = vec![GrantForm { subject: subject.clone(), rights: vec![Right::View] }];
    let inheritance = Inheritance::Own;
    let form = RightsForm { inheritance, grants, approval: None, tickets: None };
    let scope = || LockScope::Entry { of: of() };
    let draft = forms::credential("New", stage.client(), stage.record(), &[]);
    let (connection, organization) = (stage.connection.clone(), Some(ids.unnamed.clone()));
    vec![
        Request::Rights { of: of() },
        Request::SetRights { of: of(), form },
        Request::Sources,
        Request::SetSource(SetSource { subject, connection, organization }),
        Request::RemoveSource { source: NOWHERE.to_owned() },
        Request::LockPreview { scope: scope() },
        Request::LockForTechnicians { scope: scope() },
        Request::Drift,
        Request::Reach { of: ReachOf::Credential { credential: ids.list.clone() } },
        Request::Reach { of: ReachOf::Draft { folder: stage.folder.clone(), form: draft } },
    ]
}

fn about_the_log(stage: &Stage) -> Vec<Request> {
    let filter = AuditFilter::default;
    let (connection, organization) = (stage.connection.clone(), stage.organization.clone());
    let (from, to) = (At(0), At(1 << 50));
    vec![
        Request::Audit { filter: filter(), before: None, limit: 10 },
        Request::AuditVerify,
        Request::AuditExport { filter: filter(), format: ExportFormat::Csv },
        Request::ClientReport(ClientReportForm { connection, organization, from, to }),
    ]
}

fn about_people(ids: &Ids) -> Vec<Request> {
    let nowhere = || NOWHERE.to_owned();
    let (administrator, name) = (true, || "New".to_owned());
    let standing = Standing::Active;
    let settings =
        SettingsForm { technicians_trust_on_first_use: false, ask_me: true, idle_lock_minutes: 10 };
    let group = SaveGroup { group: None, name: name(), members: vec![ids.person.clone()] };
    vec![
        Request::People,
        Request::AddPerson(AddPerson { name: name(), administrator, groups: Vec::new() }),
        Request::InviteAgain { person: nowhere() },
        Request::ChangePerson(ChangePerson {
            person: ids.person.clone(),
            name: crate::fixture::people::FOUNDER.to_owned(),
            administrator,
            standing,
        }),
        Request::SaveGroup(group),
        Request::RemoveGroup { group: nowhere() },
        Request::Offboard { person: nowhere() },
        Request::SaveSettings { form: settings },
        Request::RemoveDevice { device: nowhere() },
        Request::Rekey,
        Request::AcceptAsFound,
    ]
}

fn at_the_door(by: &Tried) -> Vec<Request> {
    let secret = || forms::secret(&by.passphrase);
    let person = by.person.clone();
    vec![
        Request::Door,
        Request::CreateVault(CreateVault {
            vault: NOWHERE.to_owned(),
            administrator: "Ada".to_owned(),
            passphrase: secret(),
        }),
        Request::PassphraseStrength(PassphraseStrength { passphrase: secret(), hints: vec![] }),
        Request::VaultVerify,
        Request::ReachItGlue { region: Region::Us },
        Request::Unlock {
            with: UnlockWith::Passphrase { person, passphrase: secret() },
            as_found: false,
        },
    ]
}

/// What one does to one's own unlock; the last ones end it.
fn about_oneself(by: &Tried) -> Vec<Request> {
    let secret = || forms::secret(&by.passphrase);
    vec![
        Request::SetOwnIdleLock { minutes: Some(5) },
        Request::Idle { seconds: Some(0) },
        Request::NewRecoveryKit { passphrase: secret() },
        Request::ChangePassphrase(ChangePassphrase { current: secret(), new: secret() }),
        Request::SetPin { passphrase: secret(), pin: None },
        Request::Prove { passphrase: secret() },
        Request::Lock,
        Request::LockFor { why: LockWhy::Screen },
    ]
}
