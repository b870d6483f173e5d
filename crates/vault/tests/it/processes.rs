//! Two processes, killed processes, processes without room or rights.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
#[expect(
    clippy::disallowed_types,
    reason = "the other process of these tests is this program"
)]
use std::process::Command;
use std::process::Stdio;
use std::time::{Duration, Instant};

use usher_core::ports::Store;
use usher_vault::Vault;

use crate::child::{ARGUMENTS, FOLDER, FROM, PART, patiently};
use crate::support::{bytes_in, folder_id, full, place};

#[expect(clippy::disallowed_types, reason = "the other process of these tests is this program")]
fn child(program: &Path, part: &str, folder: &Path, from: u64) -> Command {
    let mut command = Command::new(program);
    command.args(ARGUMENTS).env(PART, part).env(FOLDER, folder).env(FROM, from.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

fn program() -> std::path::PathBuf {
    std::env::current_exe().expect("this program has a path")
}

/// What a child said: its own lines, without those of the test harness.
fn said(line: &str) -> Option<&str> {
    line.strip_prefix("says ")
}

#[tokio::test]
async fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let (folder, path) = place();
    let mut acknowledged = 0_u64;
    for round in 0..20_u64 {
        let mut running = child(&program(), "commit for ever", folder.path(), acknowledged)
            .spawn()
            .expect("starts");
        let lines = BufReader::new(running.stdout.take().expect("piped")).lines();
        let mut heard = 0;
        for line in lines {
            let line = line.expect("text");
            let Some(number) = said(&line) else { continue };
            acknowledged = number.parse::<u64>().expect("a number") + 1;
            heard += 1;
            // A few commits on, while the next one is under way; then read what was said till then.
            if heard == 1 + round * 7 % 13 {
                running.kill().expect("kills");
            }
        }
        running.wait().expect("ends");
        let book = Vault::open(&path).expect("opens").book().await.expect("reads");
        let lost: Vec<u64> =
            (0..acknowledged).filter(|n| !book.folders.contains_key(&folder_id(*n))).collect();
        assert_eq!(lost, [0; 0], "round {round}");
        // A commit that was made but not yet acknowledged may be there: count on from it.
        acknowledged = u64::try_from(book.folders.len()).expect("few");
    }
    assert!(acknowledged > 60, "{acknowledged}");
}

#[tokio::test]
async fn killed_while_it_is_made_a_vault_is_whole_or_not_there() {
    for round in 0..12_usize {
        let (folder, path) = place();
        let mut running =
            child(&program(), "commit for ever", folder.path(), 0).spawn().expect("starts");
        // Making it takes several files; each round kills a little later on that way.
        let deadline = Instant::now() + Duration::from_secs(20);
        let mut looks_left = round * round;
        while looks_left > 0 || folder.path().read_dir().expect("lists").next().is_none() {
            assert!(Instant::now() < deadline, "it never began");
            looks_left = looks_left.saturating_sub(1);
        }
        running.kill().expect("kills");
        running.wait().expect("ends");
        let made = path.exists();
        let opened = Vault::open_or_create(&path).expect("whole or not there");
        let folders = opened.book().await.expect("reads").folders.len();
        assert!(made || folders == 0, "{folders} folders from nowhere");
    }
}

#[tokio::test]
async fn two_processes_see_each_other_and_lose_no_update() {
    let (folder, path) = place();
    full(&path).await;
    let vault = Vault::open(&path).expect("opens");
    let before = vault.book().await.expect("reads").folders.len();
    let mut other =
        child(&program(), "commit fifty", folder.path(), 1_000).spawn().expect("starts");
    for number in 0..50 {
        patiently(&vault, number).await;
    }
    assert!(other.wait().expect("ends").success());
    let book = vault.book().await.expect("reads");
    assert_eq!(book.folders.len(), before + 100);
    assert!(
        book.folders.contains_key(&folder_id(1_049)) && book.folders.contains_key(&folder_id(49))
    );
    drop(vault);
    assert_eq!(*Vault::open(&path).expect("opens").book().await.expect("reads"), *book);
}

#[tokio::test]
async fn without_room_the_commit_fails_and_what_was_there_stays() {
    let (folder, path) = place();
    full(&path).await;
    // A limit of file size stands in for a full disk: the write fails in the same place.
    let mut limited = child(Path::new("/bin/sh"), "commit until full", folder.path(), 0);
    let script = "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\"";
    #[expect(clippy::disallowed_types, reason = "the other process of these tests is this program")]
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", script]).arg(program()).args(limited.get_args());
    for (name, value) in limited.get_envs() {
        shell.env(name, value.expect("set"));
    }
    limited = shell;
    let output = limited.stdout(Stdio::piped()).output().expect("runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    let folders: usize = text.lines().find_map(said).expect("it said").parse().expect("a number");
    assert!(folders > 5, "{folders}");
    let book = Vault::open(&path).expect("opens").book().await.expect("reads");
    assert_eq!(book.folders.len(), folders);
}

/// Root may write everything, so as root the child runs as the user without rights.
#[tokio::test]
async fn a_vault_that_may_not_be_written_is_read_only() {
    let (folder, _) = place();
    let program_copy = folder.path().join("program");
    std::fs::copy(program(), &program_copy).expect("copies");
    for part in ["file", "folder"] {
        std::fs::create_dir(folder.path().join(part)).expect("makes");
        full(&folder.path().join(part).join("vault.sqlite")).await;
    }
    let before = bytes_in(&folder.path().join("file"));
    let mut other = child(&program_copy, "open what is read-only", folder.path(), 0);
    let mode = |name: &str, mode| {
        let path = folder.path().join(name);
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("changes the mode");
    };
    let root = folder.path().metadata().expect("metadata").uid() == 0;
    mode("", 0o755);
    mode("program", 0o755);
    mode("file", if root { 0o777 } else { 0o755 });
    mode("file/vault.sqlite", 0o444);
    mode("folder", 0o555);
    mode("folder/vault.sqlite", 0o666);
    if root {
        other.uid(65_534).gid(65_534);
    }
    let output = other.output().expect("runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    mode("folder", 0o755);
    assert!(output.status.success(), "{text}");
    assert_eq!(text.lines().find_map(said), Some("refused"));
    assert_eq!(bytes_in(&folder.path().join("file")), before);
}
