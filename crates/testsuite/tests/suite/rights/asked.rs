//! The requests that are tried, each on rows of its own.

use usher_broker::protocol::{FolderForm, PageOf, Region, Request};

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
pub(super) fn requests(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let mut all = about_accounts(stage, ids);
    all.extend(about_keys(stage, ids));
    all.extend(about_pages(stage, ids));
    all.extend(about_folders(stage, ids));
    all.extend(about_credentials(stage, ids));
    all.extend(about_sessions(stage, ids));
    all.extend(about_launches(ids));
    all.extend(about_passwords(ids));
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
        Request::Unlock,
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
        Request::Audit { before: None, limit: 10 },
    ]
}

fn about_keys(stage: &Stage, ids: &Ids) -> Vec<Request> {
    let connection = || stage.connection.clone();
    let person = || ids.person.clone();
    vec![
        Request::ReadAccountAddress { text: "app.itglue.com".to_owned() },
        Request::TestPasswordAccess {
            connection: connection(),
            organization: stage.organization.clone(),
            password: stage.record.to_string(),
        },
        Request::SetPersonKey {
            connection: connection(),
            person: person(),
            api_key: forms::secret(&stage.room.account.api_key()),
        },
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
    let run = || "00000000-0000-7000-8000-000000000000".to_owned();
    let prepare = |session: &str, credential: Option<&str>| Request::PrepareLaunch {
        session: session.to_owned(),
        credential: credential.map(str::to_owned),
    };
    let (session, credential, choice) = (ids.session.clone(), None, None);
    vec![
        prepare(&ids.session, None),
        prepare(&ids.session, Some(&ids.list)),
        prepare(&ids.list_session, None),
        Request::Launch { session: session.clone(), credential, choice },
        Request::TrustCertificate { session, sha256: "0".repeat(64) },
        Request::ClientMissing { run: run() },
        Request::ClientExited { run: run() },
        Request::EndSession { run: run() },
        Request::DismissRun { run: run() },
    ]
}

fn about_passwords(ids: &Ids) -> Vec<Request> {
    let credential = || ids.renamed.clone();
    let picker = || "999".to_owned();
    vec![
        Request::ShowPassword { credential: credential(), confirmed: true },
        Request::ShowPassword { credential: credential(), confirmed: false },
        Request::CopyPassword { credential: credential(), confirmed: true },
        Request::CopyPassword { credential: credential(), confirmed: false },
        Request::PickerPage { picker: picker(), query: String::new(), offset: 0, limit: 1 },
        Request::ClosePicker { picker: picker() },
    ]
}
