//! Input that breaks a rule: which field and why, and nothing changes.

use usher_broker::protocol::{
    Code, CredentialForm, CredentialsRow, Detail, Failure, FieldRule, Region, Request, SessionForm,
    Snapshot,
};

use crate::fixture::{Stage, forms};

const NOWHERE: &str = "00000000-0000-7000-8000-000000000000";

async fn state(stage: &Stage) -> Snapshot {
    Snapshot { event: 0, ..stage.me.snapshot().await }
}

fn invalid(field: &str, rule: FieldRule) -> Failure {
    Failure { code: Code::Invalid, detail: Detail::Field { field: field.to_owned(), rule } }
}

/// A stage with a credential and a session that uses it.
async fn furnished() -> (Stage, String, String) {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &["10.0.0.0/8"]).await;
    let session = stage.session("DC01", ("10.0.0.1", 3389), &credential).await;
    (stage, credential, session)
}

/// Creating and changing a session with this form fail in this way, and nothing changes.
async fn refuses(stage: &Stage, session: &str, form: SessionForm, expected: &Failure) {
    let before = state(stage).await;
    let about = format!("{:?} {:?} {}", form.name, form.host, form.port);
    let create = Request::CreateSession { folder: stage.folder.clone(), form: form.clone() };
    assert_eq!(stage.me.fails(create).await, *expected, "create {about}");
    let change = Request::ChangeSession { session: session.to_owned(), version: 1, form };
    assert_eq!(stage.me.fails(change).await, *expected, "change {about}");
    assert_eq!(state(stage).await, before, "{about}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_is_none_is_refused_at_entry() {
    let (stage, credential, session) = furnished().await;
    let long = "a".repeat(254);
    let bad = [
        ("", FieldRule::Required),
        (" ", FieldRule::NotAHost),
        ("dc 01", FieldRule::NotAHost),
        (" dc01", FieldRule::NotAHost),
        ("dc01\n", FieldRule::NotAHost),
        ("dc01\r\n/p:x", FieldRule::NotAHost),
        ("-dc01", FieldRule::NotAHost),
        ("/v:evil", FieldRule::NotAHost),
        ("/dc01", FieldRule::NotAHost),
        ("dc01:3389", FieldRule::NotAHost),
        ("adm@dc01", FieldRule::NotAHost),
        ("a..b", FieldRule::NotAHost),
        ("dc01;id", FieldRule::NotAHost),
        ("%2e%2e", FieldRule::NotAHost),
        ("d\u{441}01", FieldRule::NotAHost),
        (&long, FieldRule::TooLong),
    ];
    for (host, rule) in bad {
        let form = forms::session("New", (host, 3389), &credential);
        refuses(&stage, &session, form, &invalid("host", rule)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_port_a_name_or_a_link_that_is_none_is_refused() {
    let (stage, credential, session) = furnished().await;
    for port in [0, 65_536, 70_000, u32::MAX] {
        let form = forms::session("New", ("10.0.0.1", port), &credential);
        refuses(&stage, &session, form, &invalid("port", FieldRule::NotAPort)).await;
    }
    let long = "n".repeat(201);
    let names = [
        ("", FieldRule::Required),
        (" \t", FieldRule::Required),
        ("a\nb", FieldRule::Unsafe),
        ("a\u{0}b", FieldRule::Unsafe),
        ("a\u{2028}b", FieldRule::Unsafe),
        (&long, FieldRule::TooLong),
    ];
    for (name, rule) in names {
        let form = forms::session(name, ("10.0.0.1", 3389), &credential);
        refuses(&stage, &session, form, &invalid("name", rule)).await;
    }
    for id in ["", "7", "../../etc", "00000000-0000-7000-8000-00000000000"] {
        let form = forms::session("New", ("10.0.0.1", 3389), id);
        refuses(&stage, &session, form, &invalid("credential", FieldRule::Required)).await;
    }
    let form = forms::session("New", ("10.0.0.1", 3389), NOWHERE);
    let create = Request::CreateSession { folder: stage.folder.clone(), form };
    assert_eq!(stage.me.fails(create).await.code, Code::NotFound);
}

fn good(stage: &Stage) -> CredentialForm {
    forms::credential("New", stage.client(), stage.record(), &[])
}

/// Credential entries with one bad field each, and what is said of it.
fn bad_credentials(stage: &Stage) -> Vec<(CredentialForm, Failure)> {
    let mut cases: Vec<(CredentialForm, Failure)> = Vec::new();
    let mut case = |field: &str, rule: FieldRule, spoil: &dyn Fn(&mut CredentialForm)| {
        let mut form = good(stage);
        spoil(&mut form);
        cases.push((form, invalid(field, rule)));
    };
    for bad in ["*", "*.", "10.0.0.0/33", "/8", "a b", "-x", "*.a.*", "h\nh"] {
        let rule = FieldRule::NotAHostPattern;
        case("allowed_hosts", rule, &|form| {
            form.allowed_hosts = vec![bad.to_owned()];
        });
    }
    case("name", FieldRule::Required, &|form| form.name.clear());
    case("connection", FieldRule::Required, &|form| {
        "x".clone_into(&mut form.connection);
    });
    let ids =
        [("", FieldRule::Required), ("1/../2", FieldRule::Unsafe), ("1?x", FieldRule::Unsafe)];
    for (id, rule) in ids {
        case("organization", rule, &|form| {
            id.clone_into(&mut form.organization);
        });
        case("password", rule, &|form| form.target = forms::specific(id));
    }
    let other = FieldRule::OtherOrganization;
    case("organization", other, &|form| {
        form.organization.clone_from(&stage.other_organization);
    });
    cases
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_credential_entry_with_a_bad_field_is_not_made() {
    let (stage, credential, _) = furnished().await;
    let cases = bad_credentials(&stage);
    let before = state(&stage).await;
    for (form, expected) in cases {
        let about = format!("{form:?}");
        let create = Request::CreateCredential { folder: stage.folder.clone(), form: form.clone() };
        assert_eq!(stage.me.fails(create).await, expected, "create {about}");
        let change = Request::ChangeCredential { credential: credential.clone(), version: 1, form };
        assert_eq!(stage.me.fails(change).await, expected, "change {about}");
    }
    let create = Request::CreateCredential { folder: stage.root.clone(), form: good(&stage) };
    assert_eq!(stage.me.fails(create).await, invalid("folder", FieldRule::NotMapped));
    assert_eq!(state(&stage).await, before);
}

type Ask = fn(String) -> Request;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_malformed_id_names_its_field_and_an_unknown_one_is_not_found() {
    let stage = Stage::new().await;
    let before = state(&stage).await;
    let asks: [(&str, Ask); 8] = [
        ("session", |session| Request::DeleteSession { session }),
        ("credential", |credential| Request::DeleteCredential { credential }),
        ("folder", |folder| Request::DeleteFolder { folder }),
        ("connection", |connection| Request::RemoveAccount { connection }),
        ("session", |session| Request::PrepareLaunch { session, credential: None }),
        ("credential", |credential| forms::show(&credential, None)),
        ("run", |run| Request::EndSession { run }),
        ("run", |run| Request::DismissRun { run }),
    ];
    for (field, ask) in asks {
        for id in ["", "1", "' OR 1=1 --", "../x", &"a".repeat(10_000)] {
            let failure = stage.me.fails(ask(id.to_owned())).await;
            assert_eq!(failure, invalid(field, FieldRule::Required), "{field}");
        }
        let failure = stage.me.fails(ask(NOWHERE.to_owned())).await;
        assert_eq!(failure.code, Code::NotFound, "{field}");
    }
    assert_eq!(state(&stage).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_without_a_name_or_with_what_is_no_key_is_not_added() {
    let stage = Stage::new().await;
    let before = state(&stage).await;
    let key = stage.room.account.api_key();
    let add = |name: &str, key: &str| Request::AddAccount {
        name: name.to_owned(),
        region: Region::Us,
        api_key: forms::secret(key),
    };
    let failure = stage.me.fails(add(" ", &key)).await;
    assert_eq!(failure, invalid("name", FieldRule::Required));
    for text in ["", " ", "a\nb", "\u{1f511}"] {
        let failure = stage.me.fails(add("New", text)).await;
        assert_eq!(failure, invalid("api_key", FieldRule::NotAKey), "{text:?}");
    }
    assert_eq!((state(&stage).await, stage.room.keys().await.len()), (before, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_of_an_older_version_is_a_conflict() {
    let (stage, credential, session) = furnished().await;
    let before = state(&stage).await;
    for version in [0, 2, u32::MAX] {
        let form = forms::session("Late", ("10.0.0.1", 3389), &credential);
        let change = Request::ChangeSession { session: session.clone(), version, form };
        assert_eq!(stage.me.fails(change).await.code, Code::Conflict);
        let form = forms::credential("Late", stage.client(), stage.record(), &["10.0.0.0/8"]);
        let change = Request::ChangeCredential { credential: credential.clone(), version, form };
        assert_eq!(stage.me.fails(change).await.code, Code::Conflict);
        let form = forms::plain_folder("Late");
        let change = Request::ChangeFolder { folder: stage.folder.clone(), version, form };
        assert_eq!(stage.me.fails(change).await.code, Code::Conflict);
    }
    assert_eq!(state(&stage).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_something_else_uses_is_not_deleted() {
    let (stage, credential, session) = furnished().await;
    let before = state(&stage).await;
    let delete_credential = || Request::DeleteCredential { credential: credential.clone() };
    let delete_folder = || Request::DeleteFolder { folder: stage.folder.clone() };
    let remove_account = || Request::RemoveAccount { connection: stage.connection.clone() };
    let in_use = |field: &str| invalid(field, FieldRule::InUse);
    assert_eq!(stage.me.fails(delete_credential()).await, in_use("credential"));
    assert_eq!(stage.me.fails(delete_folder()).await, in_use("folder"));
    assert_eq!(stage.me.fails(remove_account()).await, in_use("connection"));
    let root = stage.me.fails(Request::DeleteFolder { folder: stage.root.clone() }).await;
    assert_eq!(root, invalid("folder", FieldRule::NotApplicable));
    assert_eq!(state(&stage).await, before);
    stage.me.done(Request::DeleteSession { session }).await;
    let form = forms::plain_folder("Contoso");
    let hands_down =
        usher_broker::protocol::FolderForm { credential: Some(credential.clone()), ..form };
    let form = hands_down;
    let folder =
        stage.me.created(Request::CreateFolder { parent: stage.folder.clone(), form }).await;
    assert_eq!(stage.me.fails(delete_credential()).await, in_use("credential"), "a folder uses it");
    stage.me.done(Request::DeleteFolder { folder }).await;
    stage.me.done(delete_credential()).await;
    stage.me.done(delete_folder()).await;
    stage.me.done(remove_account()).await;
    assert_eq!(stage.room.keys().await.len(), 0, "the key goes with its account");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_without_a_credential_is_not_launched() {
    let stage = Stage::new().await;
    let form = forms::bare_session("Bare", "10.0.0.1", 3389);
    let session =
        stage.me.created(Request::CreateSession { folder: stage.folder.clone(), form }).await;
    let prepared = stage.me.prepare(&session).await;
    assert_eq!(prepared, usher_broker::protocol::Prepared::NoCredential);
    let launch = forms::launch(&session, None, None);
    let failure = stage.me.fails(launch).await;
    assert_eq!(failure, invalid("credentials", FieldRule::NoCredential));
    let rows = stage.me.snapshot().await.sessions;
    assert_eq!(rows[0].credentials, CredentialsRow::None);
}
