//! A disk without room: what cannot go on record is not done, and no password is fetched for it.

use std::process::Stdio;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::process::Command;
use usher_broker::protocol::{Code, Detail, Failure, Request, RunEnd};

use crate::fixture::stage::end_of;
use crate::fixture::{Host, Stage, forms};

/// Tells the other process of this test that it is one.
const CHILD: &str = "USHER_SUITE_FULL_DISK";
const MYSELF: &str = "full_disk::in_a_process_of_its_own_nothing_is_released_without_room";
/// What it says once it is through.
const THROUGH: &str = "through: nothing was released";

/// From here on no file of this process takes another byte, nor one in the place of another; or all
/// of them do again.
fn room(left: bool) {
    let current = if left { getrlimit(Resource::Fsize).maximum } else { Some(0) };
    let maximum = getrlimit(Resource::Fsize).maximum;
    setrlimit(Resource::Fsize, Rlimit { current, maximum }).expect("may lower its own limit");
}

fn not_on_record() -> Failure {
    Failure { code: Code::AuditUnavailable, detail: Detail::Plain }
}

/// The limit is a process's, so this has one of its own; by itself it only shows that it has not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_process_of_its_own_nothing_is_released_without_room() {
    if std::env::var_os(CHILD).is_none() {
        return assert_ne!(getrlimit(Resource::Fsize).current, Some(0));
    }
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let before = stage.room.book().await;
    let rows = stage.me.audit().await.len();
    room(false);
    for ask in [
        forms::launch(&session, None, None),
        stage.shows(&credential),
        stage.copies(&credential),
        Request::DeleteSession { session: session.clone() },
    ] {
        assert_eq!(stage.me.fails(ask).await, not_on_record());
    }
    host.sign_in(&handoff.into()).await;
    let row = stage.room.events.ended(&run).await;
    assert!(!row.audited, "the window says that the end is not on record");
    let RunEnd::Failed { failure } = end_of(row) else { panic!("released") };
    assert_eq!(failure, not_on_record());
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    assert_eq!(stage.me.audit().await.len(), rows, "none of it was acknowledged");
    room(true);
    assert_eq!(stage.room.book().await, before, "nothing has changed");
    // The control: with room, the very same goes through.
    let end = end_of(stage.play(&host, &session, None).await);
    assert!(matches!(end, RunEnd::Closed { .. }), "{end:?}");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));
    assert!(stage.me.audit().await.len() > rows);
    println!("\n{THROUGH}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_room_for_the_log_nothing_is_released() {
    let myself = std::env::current_exe().expect("a test program has a file");
    let mut command = Command::new("/bin/sh");
    // The system's own answer to the limit would be to end the process.
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(myself);
    command.args(["--exact", MYSELF, "--nocapture"]).env(CHILD, "1");
    let output = command.stdin(Stdio::null()).output().await.expect("starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let said = text.contains(THROUGH) && output.status.success();
    assert!(said, "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}
