//! What administrators ask for, and what they are answered.

mod doors;
mod papers;
mod undo;

use usher_broker::protocol::{
    Code, DriftRow, LockPreview, LockScope, May, ObjectRef, ReachOf, ReachRow, Reply, Request,
    Right, RotationRow, RotationWhy,
};
use usher_core::rights::{Object, Right as Given};
use usher_sandbox::account::NewPassword;

use crate::fixture::book::administrator;
use crate::fixture::client::shown;
use crate::fixture::{Client, Stage, canary, forms};

const HOST: (&str, u32) = ("127.0.0.1", 1);

async fn drift(me: &Client) -> Vec<DriftRow> {
    let reply = me.ask(Request::Drift).await;
    let Reply::Drift { rows } = reply else { panic!("no drift: {}", shown(&reply)) };
    rows
}

async fn preview(me: &Client, scope: LockScope) -> LockPreview {
    let reply = me.ask(Request::LockPreview { scope }).await;
    let Reply::LockPreview { preview } = reply else { panic!("none: {}", shown(&reply)) };
    preview
}

async fn reach(me: &Client, of: ReachOf) -> ReachRow {
    let reply = me.ask(Request::Reach { of }).await;
    let Reply::Reach { reach } = reply else { panic!("no reach: {}", shown(&reply)) };
    reach
}

/// A technician with these rights on everything.
async fn technician(stage: &Stage, name: &str, rights: &[Given]) -> (String, Client) {
    let (id, them) = stage.room.add_person(name, false).await;
    let top = Object::Folder(stage.root.parse().expect("an id"));
    stage.room.grant(id.parse().expect("an id"), top, rights).await;
    (id, them)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn locking_for_technicians_is_shown_before_and_leaves_nothing_but_launching() {
    let stage = Stage::new().await;
    let credential = stage.credential("Contoso admin", stage.record(), &[HOST.0]).await;
    let session = stage.session("DC01", HOST, &credential).await;
    let all = [Given::View, Given::ViewPassword, Given::Edit];
    let (_, bob) = technician(&stage, "Bob", &all).await;
    let drifted = drift(&stage.me).await;
    let entry = ObjectRef::Credential { credential: credential.clone() };
    let row = drifted.iter().find(|row| row.of == entry).expect("drifts");
    assert_eq!((row.name.as_str(), row.folder.as_str()), ("Contoso admin", "Contoso"));
    assert_eq!(row.people, ["Bob"]);
    assert_eq!(row.rights, [Right::ViewPassword, Right::Edit]);
    let told = usize::try_from(stage.me.snapshot().await.drift).expect("few");
    assert_eq!(told, drifted.len());

    let shown = preview(&stage.me, LockScope::Everything).await;
    assert_eq!(shown.entries, 2, "the credential and the session");
    let his = shown.people.iter().find(|row| row.name == "Bob").expect("he sees them");
    assert_eq!((his.sees, his.keeps.len()), (2, 0));
    assert_eq!(drift(&stage.me).await, drifted, "showing it changes nothing");

    stage.me.done(Request::LockForTechnicians { scope: LockScope::Everything }).await;
    assert_eq!(drift(&stage.me).await, []);
    assert_eq!(stage.me.snapshot().await.drift, 0);
    let his = bob.snapshot().await;
    let entry = his.credentials.iter().find(|row| row.id == credential).expect("he sees it");
    assert!(matches!((&entry.show, &entry.edit), (May::No { .. }, May::No { .. })));
    let row = his.sessions.iter().find(|row| row.id == session).expect("he sees it");
    assert_eq!(row.launch, May::Yes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reach_counts_who_signs_in_with_how_many_passwords() {
    let stage = Stage::new().await;
    let credential = stage.credential("Contoso admin", stage.record(), &[HOST.0]).await;
    let list = stage.credential("Any", forms::prompt(None), &[HOST.0]).await;
    technician(&stage, "Bob", &[Given::View]).await;
    another(&stage, "Backup");
    let one = reach(&stage.me, ReachOf::Credential { credential }).await;
    assert_eq!(one.people, ["Bob"]);
    assert_eq!((one.passwords, one.organization.as_str()), (Some(1), "Contoso"));
    let list = reach(&stage.me, ReachOf::Credential { credential: list }).await;
    assert_eq!((list.people, list.passwords), (vec!["Bob".to_owned()], Some(2)));
}

/// One more record of the organization.
fn another(stage: &Stage, name: &str) {
    let organization_id = stage.organization.parse().expect("a number");
    let value = canary("value");
    let new = NewPassword { organization_id, name, username: "svc", value: &value };
    stage.room.account.edit(|data| data.add_password(new)).expect("an organization");
}

async fn offboard(stage: &Stage, person: String) -> Vec<RotationRow> {
    let reply = stage.me.ask(Request::Offboard { person }).await;
    let Reply::Rotation { rows, .. } = reply else { panic!("no list: {}", shown(&reply)) };
    rows
}

fn short(rows: &[RotationRow]) -> Vec<(&str, &str, bool, RotationWhy)> {
    let mut short: Vec<_> =
        rows.iter().map(|row| (&*row.password, &*row.entry, row.list, row.why)).collect();
    short.sort_by_key(|row| row.0);
    short
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn offboarding_names_each_password_that_could_be_picked_and_says_where_it_cannot() {
    let stage = Stage::new().await;
    stage.credential("Contoso admin", stage.record(), &[HOST.0]).await;
    stage.credential("Any", forms::prompt(None), &[HOST.0]).await;
    stage.credential("Any again", forms::prompt(None), &[HOST.0]).await;
    another(&stage, "Backup");
    let (bob, his) = technician(&stage, "Bob", &[Given::View]).await;
    let rows = offboard(&stage, bob).await;
    let pick = RotationWhy::CouldPick;
    let expected = [("Backup", "Any", false, pick), ("Domain Admin", "Contoso admin", false, pick)];
    assert_eq!(short(&rows), expected, "each record once");
    assert!(rows.iter().all(|row| row.organization == "Contoso" && row.last.is_none()));
    assert_eq!(stage.room.value_requests(), 0, "names only");
    assert_eq!(his.fails(Request::Snapshot).await.code, Code::Locked);
    let known = stage.me.snapshot().await.people;
    let gone =
        known.iter().find(|row| row.name == "Bob").expect("the log is asked about him still");
    assert!(!gone.active && known.iter().any(|row| row.active), "{known:?}");

    let (eve, _) = technician(&stage, "Eve", &[Given::View]).await;
    let founder = administrator(&*stage.room.book().await);
    stage.room.source(founder, false).await;
    let rows = offboard(&stage, eve).await;
    let expected = [
        ("", "Any", true, pick),
        ("", "Any again", true, pick),
        ("Domain Admin", "Contoso admin", false, pick),
    ];
    assert_eq!(short(&rows), expected, "whoever may not look through it cannot name it");
}
