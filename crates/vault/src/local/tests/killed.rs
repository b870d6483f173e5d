//! Killed while it writes, the log has every row that was acknowledged, and the chain holds.

use std::io::{BufRead, BufReader, Write};
#[expect(clippy::disallowed_types, reason = "the other process of this test is this program")]
use std::process::{Command, Stdio};

use usher_core::ports::LocalStore;

use super::stage::{Stage, all, event};
use crate::Local;

/// Where a child reads its work from.
const PLACE: &str = "USHER_LOG_TEST_PLACE";
const ARGUMENTS: [&str; 3] = ["--exact", "local::tests::killed::writes_for_ever", "--nocapture"];

/// Played in a second process; by itself it shows that it needs to be told where to write.
#[tokio::test]
async fn writes_for_ever() {
    let Ok(place) = std::env::var(PLACE) else {
        return assert!(std::env::var_os(PLACE).is_none());
    };
    // The keys of this process are its own; the chain is verified without them.
    let stage = Stage::new();
    let local = Local::open_or_create(place.as_ref(), &stage.witness).expect("opens");
    for at in 1.. {
        local.record(event(at)).await.expect("records");
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nwrote {at}").and_then(|()| out.flush()).expect("somebody listens");
    }
}

#[tokio::test]
async fn killed_at_any_moment_no_acknowledged_row_is_lost() {
    let stage = Stage::new();
    let program = std::env::current_exe().expect("this program has a path");
    let mut acknowledged = 0;
    for round in 0..15 {
        #[expect(clippy::disallowed_types, reason = "it starts itself")]
        let mut command = Command::new(&program);
        command.args(ARGUMENTS).env(PLACE, &stage.path).stdout(Stdio::piped());
        let mut running = command.spawn().expect("starts");
        let lines = BufReader::new(running.stdout.take().expect("piped")).lines();
        let mut heard = 0;
        for line in lines {
            if line.expect("text").starts_with("wrote ") {
                heard += 1;
                if heard == 1 + round * 7 % 11 {
                    running.kill().expect("kills");
                }
            }
        }
        running.wait().expect("ends");
        acknowledged += heard;
        let local = stage.open();
        let verdict = local.verify().await.expect("verifies");
        assert!(verdict.is_good(), "round {round}: {verdict:?}");
        assert!(verdict.rows >= acknowledged, "round {round}: {} of {acknowledged}", verdict.rows);
        // A row that was written but not yet acknowledged may be there: count on from it.
        acknowledged = verdict.rows;
    }
    assert!(acknowledged > 50, "{acknowledged}");
    let local = stage.open();
    local.record(event(1)).await.expect("records");
    stage.unlock();
    // The children's pages were shared to keys that are gone; what is ours opens.
    let rows = all(&local).await;
    assert_eq!(rows[0].what, "sign_in");
    assert_eq!(u64::try_from(rows.len()).expect("few"), acknowledged + 1);
}
