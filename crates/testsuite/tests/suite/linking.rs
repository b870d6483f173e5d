//! Where a credential may be sent, and who may widen that: the door that a technician who may edit
//! sessions would otherwise walk through.

use usher_broker::protocol::{
    Code, CredentialsRow, DeniedWhy, Detail, FolderForm, Launch, May, Reply, Request,
    Right as Shown, RunEnd, SessionForm,
};
use usher_core::ids::PersonId;
use usher_core::rights::{Object, Right};

use crate::fixture::book::administrator;
use crate::fixture::stage::end_of;
use crate::fixture::{Host, Stage, forms};

const INSIDE: (&str, u32) = ("10.0.0.1", 3389);
const OUTSIDE: (&str, u32) = ("192.0.2.66", 3389);

/// The stage's person is a technician from here on: somebody else administers the vault.
async fn demoted(stage: &Stage) -> PersonId {
    let me = administrator(&*stage.room.book().await);
    stage.room.hand_over("Ada").await;
    stage.room.source(me, false).await;
    me
}

async fn denied(stage: &Stage, request: Request) -> DeniedWhy {
    let failure = stage.me.fails(request).await;
    match (failure.code, failure.detail) {
        (Code::Denied, Detail::Denied { why, ask }) => {
            assert_eq!(ask, ["Ada"], "whom to ask");
            why
        }
        other => panic!("not denied: {other:?}"),
    }
}

fn credential_object(id: &str) -> Object {
    Object::Credential(id.parse().expect("an id"))
}

fn create(stage: &Stage, form: SessionForm) -> Request {
    Request::CreateSession { folder: stage.folder.clone(), form }
}

fn change(session: &str, version: u32, form: SessionForm) -> Request {
    Request::ChangeSession { session: session.to_owned(), version, form }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_edit_on_the_credential_a_link_stays_within_its_allowed_hosts() {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &["10.0.0.0/8"]).await;
    let me = demoted(&stage).await;
    stage.room.grant(me, credential_object(&credential), &[Right::View]).await;
    let link = |at| forms::session("New", at, &credential);
    let refused = denied(&stage, create(&stage, link(OUTSIDE))).await;
    assert_eq!(refused, DeniedWhy::HostNotAllowed);
    let session = stage.me.created(create(&stage, link(INSIDE))).await;
    let refused = denied(&stage, change(&session, 1, link(OUTSIDE))).await;
    assert_eq!(refused, DeniedWhy::HostNotAllowed, "an entry that is linked cannot be led outside");
    stage.me.done(change(&session, 1, link(("10.0.0.2", 3390)))).await;
    let bare = stage.me.created(create(&stage, forms::bare_session("Bare", OUTSIDE.0, 3389))).await;
    let refused = denied(&stage, change(&bare, 1, link(OUTSIDE))).await;
    assert_eq!(refused, DeniedWhy::HostNotAllowed, "nor can an outside entry be linked");
    let quick = forms::launch(&bare, Some(&credential), None);
    assert_eq!(denied(&stage, quick).await, DeniedWhy::HostNotAllowed);
    stage.room.grant(me, credential_object(&credential), &[]).await;
    let unseen = DeniedWhy::OnCredential { right: Shown::View };
    assert_eq!(denied(&stage, create(&stage, link(INSIDE))).await, unseen);
    assert_eq!(stage.room.value_requests(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_edit_on_it_a_folders_credential_is_not_inherited_outside() {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &["10.0.0.0/8"]).await;
    let me = demoted(&stage).await;
    stage.room.grant(me, credential_object(&credential), &[Right::View]).await;
    let inherits = |(host, port): (&str, u32)| SessionForm {
        credentials: CredentialsRow::Inherited,
        ..forms::bare_session("New", host, port)
    };
    let outside = stage.me.created(create(&stage, inherits(OUTSIDE))).await;
    let hands_down = |stage: &Stage| Request::ChangeFolder {
        folder: stage.folder.clone(),
        version: 1,
        form: FolderForm {
            credential: Some(credential.clone()),
            ..forms::client_folder("Contoso", &stage.connection, &stage.organization)
        },
    };
    let refused = denied(&stage, hands_down(&stage)).await;
    assert_eq!(refused, DeniedWhy::HostNotAllowed, "it would reach an outside host");
    stage.me.done(Request::DeleteSession { session: outside }).await;
    stage.me.done(hands_down(&stage)).await;
    let refused = denied(&stage, create(&stage, inherits(OUTSIDE))).await;
    assert_eq!(refused, DeniedWhy::HostNotAllowed);
    let session = stage.me.created(create(&stage, inherits(INSIDE))).await;
    let refused = denied(&stage, change(&session, 1, inherits(OUTSIDE))).await;
    assert_eq!(refused, DeniedWhy::HostNotAllowed);
    let rows = stage.me.snapshot().await.sessions;
    assert_eq!(rows[0].inherited_from.as_deref(), Some("Contoso"));
    assert_eq!((&rows[0].launch, rows[0].host.as_str()), (&May::Yes, INSIDE.0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_edit_on_the_credential_an_outside_link_is_vouched_for_until_the_host_changes() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let credential = stage.credential("Admin", stage.record(), &["10.0.0.0/8"]).await;
    let session = stage.session("DC01", host.place(), &credential).await;
    stage.me.trust(&session).await;
    let me = demoted(&stage).await;
    stage.room.grant(me, credential_object(&credential), &[Right::View]).await;
    let renamed = forms::session("Renamed", host.place(), &credential);
    stage.me.done(change(&session, 1, renamed.clone())).await;
    let end = end_of(stage.play(&host, &session, None).await);
    assert!(matches!(end, RunEnd::Closed { .. }), "the vouched link launches: {end:?}");
    stage.me.done(change(&session, 2, forms::session("DC01", INSIDE, &credential))).await;
    let refused = denied(&stage, change(&session, 3, renamed)).await;
    assert_eq!(refused, DeniedWhy::HostNotAllowed, "the mark fell with the host");
    assert_eq!(host.sign_ins(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_vouches_for_no_session_until_somebody_with_edit_on_the_credential_saves_it() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let credential = stage.credential("Admin", stage.record(), &[]).await;
    let (address, port) = host.place();
    let form = SessionForm {
        credentials: CredentialsRow::Inherited,
        ..forms::bare_session("DC01", address, port)
    };
    let session = stage.me.created(create(&stage, form)).await;
    let form = FolderForm {
        credential: Some(credential.clone()),
        ..forms::client_folder("Contoso", &stage.connection, &stage.organization)
    };
    let folder = stage.folder.clone();
    stage.me.done(Request::ChangeFolder { folder, version: 1, form }).await;
    let inherited = |snapshot: usher_broker::protocol::Snapshot| {
        snapshot.sessions.into_iter().find(|row| row.id == session).expect("the session")
    };
    let row = inherited(stage.me.snapshot().await);
    assert_eq!(row.resolved.as_deref(), Some(credential.as_str()));
    assert_eq!(
        row.launch,
        May::No { why: DeniedWhy::HostNotAllowed },
        "a planted host gets nothing"
    );
    let form = SessionForm {
        credentials: CredentialsRow::Inherited,
        ..forms::bare_session("DC01", host.place().0, port)
    };
    stage.me.done(change(&session, 1, form)).await;
    stage.me.trust(&session).await;
    let me = demoted(&stage).await;
    stage.room.grant(me, credential_object(&credential), &[Right::View]).await;
    let end = end_of(stage.play(&host, &session, None).await);
    assert!(matches!(end, RunEnd::Closed { .. }), "{end:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_source_an_entry_is_renamed_but_neither_repointed_nor_made() {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &["10.0.0.0/8"]).await;
    demoted(&stage).await;
    let form = |target, hosts: &[&str]| forms::credential("Renamed", stage.client(), target, hosts);
    let ask = |form| Request::ChangeCredential { credential: credential.clone(), version: 1, form };
    let target = forms::prompt(None);
    assert_eq!(denied(&stage, ask(form(target, &["10.0.0.0/8"]))).await, DeniedWhy::Source);
    let wider = form(stage.record(), &["10.0.0.0/8", OUTSIDE.0]);
    assert_eq!(denied(&stage, ask(wider)).await, DeniedWhy::Source, "allowed hosts");
    let other = forms::credential(
        "Other",
        (&stage.connection, &stage.other_organization),
        stage.record(),
        &["10.0.0.0/8"],
    );
    assert_eq!(denied(&stage, ask(other)).await, DeniedWhy::Source, "organization");
    let make = Request::CreateCredential {
        folder: stage.folder.clone(),
        form: form(forms::prompt(None), &[]),
    };
    assert_eq!(denied(&stage, make).await, DeniedWhy::Source);
    let form = forms::client_folder("Fabrikam", &stage.connection, &stage.other_organization);
    let map = Request::CreateFolder { parent: stage.root.clone(), form };
    assert_eq!(denied(&stage, map).await, DeniedWhy::Source, "a client folder");
    let form = forms::credential("Renamed", stage.client(), stage.record(), &["10.0.0.0/8"]);
    stage
        .me
        .done(Request::ChangeCredential { credential: credential.clone(), version: 1, form })
        .await;
    assert_eq!(stage.me.snapshot().await.credentials[0].name, "Renamed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_only_launch_reads_whom_to_ask_about_an_unknown_certificate() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let credential = stage.credential("Admin", stage.record(), &["127.0.0.1"]).await;
    let session = stage.session("DC01", host.place(), &credential).await;
    let me = demoted(&stage).await;
    let root = Object::Folder(stage.root.parse().expect("an id"));
    stage.room.grant(me, root, &[Right::View]).await;
    let Reply::Launch { launch } = stage.me.launch(&session, None).await else {
        panic!("no answer to the launch");
    };
    let Launch::NeedsTrust { shown, trust, ask, .. } = launch else { panic!("trusted by itself") };
    assert!(matches!(trust, May::No { .. }));
    assert_eq!(ask, ["Ada"]);
    let trust = Request::TrustCertificate { session: session.clone(), sha256: shown.sha256 };
    denied(&stage, trust).await;
    assert!(stage.room.book().await.certificates.is_empty());
    assert_eq!(host.sign_ins(), 0);
}
