//! *Undo* takes back the last change, or nothing.

use usher_broker::protocol::{
    Code, Detail, Duplicate, Failure, FolderForm, Inheritance, LockScope, MoveEntry, NotFoundWhat,
    ObjectRef, Reply, Request, Right, RightsForm, SessionRow, SettingsForm,
};

use crate::fixture::client::shown;
use crate::fixture::{Client, Stage, forms};
use crate::locking::technician;

async fn undone(me: &Client) -> String {
    let reply = me.ask(Request::Undo).await;
    let Reply::Undone { what } = reply else { panic!("not undone: {}", shown(&reply)) };
    what
}

async fn session(me: &Client, id: &str) -> Option<SessionRow> {
    me.snapshot().await.sessions.into_iter().find(|row| row.id == id)
}

fn nothing() -> Failure {
    Failure { code: Code::NotFound, detail: Detail::NotFound { what: NotFoundWhat::Undo } }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_of_edit_is_taken_back() {
    let stage = Stage::new().await;
    let me = &stage.me;
    let (parent, form) = (stage.root.clone(), forms::plain_folder("Other"));
    let other = me.created(Request::CreateFolder { parent, form }).await;
    let (folder, form) = (stage.folder.clone(), forms::bare_session("DC01", "dc01", 3389));
    let id = me.created(Request::CreateSession { folder, form }).await;
    let version = async || session(me, &id).await.expect("is there").version;
    let of = || ObjectRef::Session { session: id.clone() };

    let form = forms::bare_session("DC02", "dc01", 3389);
    let version_seen = version().await;
    me.done(Request::ChangeSession { session: id.clone(), version: version_seen, form }).await;
    assert_eq!(undone(me).await, "session_changed");
    assert_eq!(session(me, &id).await.expect("is there").name, "DC01");

    let moved = MoveEntry { entry: of(), version: version().await, to: other.clone() };
    me.done(Request::MoveEntry(moved)).await;
    assert_eq!(session(me, &id).await.expect("is there").folder, other);
    assert_eq!(undone(me).await, "moved");
    assert_eq!(session(me, &id).await.expect("is there").folder, stage.folder);

    let copy = me.created(Request::Duplicate(Duplicate { entry: of(), to: None })).await;
    assert!(session(me, &copy).await.is_some());
    assert_eq!(undone(me).await, "duplicated");
    assert_eq!(session(me, &copy).await, None);

    me.done(Request::DeleteSession { session: id.clone() }).await;
    assert_eq!(session(me, &id).await, None);
    assert_eq!(undone(me).await, "session_deleted");
    assert_eq!(session(me, &id).await.expect("is back").name, "DC01");

    let (folder, form) = (stage.folder.clone(), forms::bare_session("New", "dc01", 3389));
    let made = me.created(Request::CreateSession { folder, form }).await;
    assert_eq!(undone(me).await, "session_created");
    assert_eq!(session(me, &made).await, None);
    let rows = me.audit().await.into_iter().filter(|row| row.what == "undone");
    assert_eq!(rows.filter(|row| row.outcome == "done").count(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_of_one_entry_are_taken_back_one_after_another() {
    let stage = Stage::new().await;
    let me = &stage.me;
    let (folder, form) = (stage.folder.clone(), forms::bare_session("one", "dc01", 3389));
    let id = me.created(Request::CreateSession { folder, form }).await;
    for name in ["two", "three"] {
        let version = session(me, &id).await.expect("is there").version;
        let form = forms::bare_session(name, "dc01", 3389);
        me.done(Request::ChangeSession { session: id.clone(), version, form }).await;
    }
    me.done(Request::DeleteSession { session: id.clone() }).await;
    assert_eq!(undone(me).await, "session_deleted");
    assert_eq!(session(me, &id).await.expect("is back").name, "three");
    for name in ["two", "one"] {
        assert_eq!(undone(me).await, "session_changed");
        assert_eq!(session(me, &id).await.expect("is there").name, name);
    }
    assert_eq!(undone(me).await, "session_created");
    assert_eq!(session(me, &id).await, None);
}

/// Changes that cannot be taken back.
fn lasting(stage: &Stage) -> Vec<(&'static str, Request)> {
    let of = || ObjectRef::Folder { folder: stage.folder.clone() };
    let (inheritance, grants) = (Inheritance::Inherits, Vec::new());
    let form = RightsForm { inheritance, grants, approval: None, tickets: None };
    let settings =
        SettingsForm { technicians_trust_on_first_use: true, ask_me: true, idle_lock_minutes: 20 };
    vec![
        ("rights", Request::SetRights { of: of(), form }),
        ("lock", Request::LockForTechnicians { scope: LockScope::Entry { of: of() } }),
        ("settings", Request::SaveSettings { form: settings }),
        ("rekey", Request::Rekey),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_cannot_be_taken_back_shields_the_edits_before_it() {
    let stage = Stage::new().await;
    for (what, change) in lasting(&stage) {
        let (parent, form) = (stage.root.clone(), forms::plain_folder(what));
        stage.me.created(Request::CreateFolder { parent, form }).await;
        let offered = stage.me.snapshot().await.undo;
        assert_eq!(offered.as_deref(), Some("folder_created"), "{what}: before");
        stage.me.done(change).await;
        assert_eq!(stage.me.snapshot().await.undo, None, "{what}");
        assert_eq!(stage.me.fails(Request::Undo).await, nothing(), "{what}");
        let made = |row: &usher_broker::protocol::FolderRow| row.name == what;
        assert!(stage.me.snapshot().await.folders.iter().any(made), "{what}: it is still there");
    }
}

/// What is taken back brings its rights of then along.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_shields_what_anybody_did_before_it() {
    let stage = Stage::new().await;
    let (folder, form) = (stage.folder.clone(), forms::bare_session("DC01", "dc01", 3389));
    let session = stage.me.created(Request::CreateSession { folder, form }).await;
    let (_, bob) = technician(&stage, &[Right::View, Right::Edit]).await;
    bob.done(Request::DeleteSession { session }).await;
    assert_eq!(bob.snapshot().await.undo.as_deref(), Some("session_deleted"), "the control");
    stage.me.done(Request::LockForTechnicians { scope: LockScope::Everything }).await;
    assert_eq!(bob.snapshot().await.undo, None);
    assert_eq!(bob.fails(Request::Undo).await, nothing());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_failed_leaves_undo_as_it_was() {
    let stage = Stage::new().await;
    let form: FolderForm = forms::plain_folder("New");
    let parent = stage.root.clone();
    stage.me.created(Request::CreateFolder { parent, form }).await;
    let group = "00000000-0000-7000-8000-000000000000".to_owned();
    assert_eq!(stage.me.fails(Request::RemoveGroup { group }).await.code, Code::NotFound);
    assert_eq!(undone(&stage.me).await, "folder_created");
}
