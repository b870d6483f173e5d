//! What a technician tries: none of it succeeds, and none of it changes anything.

use usher_broker::protocol::{
    At, AuditFilter, ClientReportForm, Code, Duplicate, ExportFormat, Inheritance, LockScope,
    MoveEntry, ObjectRef, PageOf, Reply, Request, RightsForm,
};
use usher_core::rights::{Object, Right};

use crate::fixture::{Client, Host, Stage, forms};

const OUTSIDE: (&str, u32) = ("192.0.2.66", 3389);

/// Everything that would let the password go elsewhere, or another one come.
fn attempts(stage: &Stage, session: &str, credential: &str) -> Vec<(&'static str, Request)> {
    let entry = || ObjectRef::Credential { credential: credential.to_owned() };
    let (id, folder) = (credential.to_owned(), || stage.folder.clone());
    let (target, hosts) = (forms::prompt(None), ["127.0.0.1"]);
    let other = (stage.connection.as_str(), stage.other_organization.as_str());
    let mapped = forms::client_folder("New", &stage.connection, &stage.other_organization);
    let repoint = |form| Request::ChangeCredential { credential: id.clone(), version: 1, form };
    let own = RightsForm {
        inheritance: Inheritance::Inherits,
        grants: Vec::new(),
        approval: None,
        tickets: None,
    };
    vec![
        ("repoint", repoint(forms::credential("A", stage.client(), target, &hosts))),
        ("another client", repoint(forms::credential("A", other, stage.record(), &hosts))),
        (
            "allowed hosts",
            repoint(forms::credential("A", stage.client(), stage.record(), &["*.example"])),
        ),
        (
            "create on another record",
            Request::CreateCredential {
                folder: folder(),
                form: forms::credential("New", stage.client(), forms::specific("1"), &[]),
            },
        ),
        (
            "link outside",
            Request::CreateSession {
                folder: folder(),
                form: forms::session("New", OUTSIDE, credential),
            },
        ),
        (
            "lead outside",
            Request::ChangeSession {
                session: session.to_owned(),
                version: 1,
                form: forms::session("DC01", OUTSIDE, credential),
            },
        ),
        (
            "move",
            Request::MoveEntry(MoveEntry { entry: entry(), version: 1, to: stage.root.clone() }),
        ),
        ("duplicate", Request::Duplicate(Duplicate { entry: entry(), to: None })),
        ("map a folder", Request::CreateFolder { parent: folder(), form: mapped }),
        (
            "trust",
            Request::TrustCertificate { session: session.to_owned(), sha256: "0".repeat(64) },
        ),
        ("rights", Request::SetRights { of: entry(), form: own }),
        ("show", forms::show(credential, Some(&stage.room.passphrase_of("Bob")))),
        ("copy", forms::copy(credential, Some(&stage.room.passphrase_of("Bob")))),
    ]
}

fn owned((person, outcome): (&str, &str)) -> (String, String) {
    (person.to_owned(), outcome.to_owned())
}

/// The number of the log's newest row.
async fn newest(stage: &Stage) -> u32 {
    stage.me.audit().await.last().expect("a row").number
}

/// Whose rows followed, and how it went.
async fn since(stage: &Stage, number: u32) -> Vec<(String, String)> {
    let rows = stage.me.audit().await;
    let new = rows.into_iter().filter(|row| row.number > number);
    new.map(|row| (row.person, row.outcome)).collect()
}

async fn none_succeeds(stage: &Stage, bob: &Client, session: &str, credential: &str) {
    let before = stage.room.book().await;
    for (what, ask) in attempts(stage, session, credential) {
        let newest = newest(stage).await;
        assert_eq!(bob.fails(ask).await.code, Code::Denied, "{what}");
        assert_eq!(since(stage, newest).await, [("Bob", "denied")].map(owned), "{what}");
    }
    looks_are_on_record(stage, bob).await;
    assert_eq!(bob.fails(Request::Undo).await.code, Code::NotFound, "another's edit");
    assert_eq!(stage.room.book().await, before, "nothing has changed");
    assert_eq!(stage.room.value_requests(), 0);
}

/// What a technician without Source may not look at, and what it is on record as.
fn looks(stage: &Stage) -> Vec<(&'static str, Request)> {
    let connection = || stage.connection.clone();
    let (filter, format) = (AuditFilter::default(), ExportFormat::Csv);
    let form = ClientReportForm {
        connection: connection(),
        organization: stage.organization.clone(),
        from: At(0),
        to: At(1),
    };
    let organization = stage.other_organization.clone();
    let page = PageOf::Organization { connection: connection(), organization };
    vec![
        ("people_read", Request::People),
        ("people_read", Request::Sources),
        ("people_read", Request::Drift),
        ("people_read", Request::LockPreview { scope: LockScope::Everything }),
        ("log_read", Request::Audit { filter: filter.clone(), before: None, limit: 10 }),
        ("exported", Request::AuditExport { filter, format }),
        ("log_verified", Request::AuditVerify),
        ("report_made", Request::ClientReport(form)),
        ("account_checked", Request::CheckAccount { connection: connection() }),
        ("account_browsed", Request::Organizations { connection: connection() }),
        ("account_page_opened", Request::PageInItGlue { of: page }),
    ]
}

async fn looks_are_on_record(stage: &Stage, bob: &Client) {
    for (word, ask) in looks(stage) {
        let newest = newest(stage).await;
        assert_eq!(bob.fails(ask).await.code, Code::Denied, "{word}");
        assert_eq!(since(stage, newest).await, [("Bob", "denied")].map(owned), "{word}");
        let row = stage.me.audit().await.pop().expect("it is there");
        assert_eq!(row.what, word);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_view_only_or_edit_on_a_folder_no_password_is_led_astray() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    let (id, bob) = stage.room.add_person("Bob", false).await;
    let bob_id = id.parse().expect("an id");
    let object = |text: &str| Object::Folder(text.parse().expect("an id"));
    stage.room.grant(bob_id, object(&stage.root), &[Right::View]).await;
    none_succeeds(&stage, &bob, &session, &credential).await;
    // Edit on the client folder; the credential entry itself is locked down to View.
    stage.room.grant(bob_id, object(&stage.folder), &[Right::View, Right::Edit]).await;
    let entry = Object::Credential(credential.parse().expect("an id"));
    stage.room.grant(bob_id, entry, &[Right::View]).await;
    none_succeeds_with_edit(&stage, &bob, &session, &credential).await;
}

/// With Edit on the folder the host may be looked at; what it did not show is not found.
async fn none_succeeds_with_edit(stage: &Stage, bob: &Client, session: &str, credential: &str) {
    let before = stage.room.book().await;
    for (what, ask) in attempts(stage, session, credential) {
        let newest = newest(stage).await;
        let code = bob.fails(ask).await.code;
        let rows = since(stage, newest).await;
        if what == "trust" {
            assert_eq!((code, rows), (Code::NotFound, Vec::new()), "{what}");
        } else {
            assert_eq!((code, rows), (Code::Denied, vec![owned(("Bob", "denied"))]), "{what}");
        }
    }
    assert_eq!(stage.room.book().await, before, "nothing has changed");
    assert_eq!(stage.room.value_requests(), 0);
}

/// The control: the very same is not denied to somebody with the rights, whatever else is in its way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_is_not_denied_to_whoever_may() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    let (_, _bob) = stage.room.add_person("Bob", false).await;
    for (what, ask) in attempts(&stage, &session, &credential) {
        if let Reply::Failed { failure } = stage.me.ask(ask).await {
            assert_ne!(failure.code, Code::Denied, "{what}");
        }
    }
}
