//! Two processes, killed processes, processes without room or rights.
#![cfg(unix)]

use std::collections::BTreeSet;
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

use usher_core::book::{Book, Change};
use usher_core::ports::Store;
use usher_core::rights::Subject;

use crate::child::{ARGUMENTS, FOLDER, FROM, PART, count_up, patiently};
use crate::specimen;
use crate::support::{
    Place, bytes_in, folder_id, found, found_in, hired, open_in, path_in, upgrade_in, vault_at,
};

/// How many rounds: a few, or with `USHER_SOAK` all that the security programme asks for.
fn rounds(few: usize, all: usize) -> usize {
    if std::env::var_os("USHER_SOAK").is_some() { all } else { few }
}

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

/// How many of the children's folders there are, without a gap.
fn counted(book: &Book) -> u64 {
    let most = u64::try_from(book.folders.len()).expect("few");
    let missing = (0..most).find(|number| !book.folders.contains_key(&folder_id(*number)));
    missing.unwrap_or(most)
}

/// How many of the children's folders there are, and nothing else of theirs.
fn only_folders(book: &Book) -> u64 {
    let there = counted(book);
    assert_eq!(u64::try_from(book.folders.len()).expect("few"), there + 2, "and nothing else");
    there
}

/// How many people the children hired, each with all that was to be there with them.
fn hired_whole(book: &Book) -> u64 {
    let there = book.people.len() - 1;
    for number in 0..u64::try_from(there).expect("few") {
        let (person, group, [own, of_group]) = hired(number);
        let members = book.groups.get(&group).map(|group| &group.members);
        assert_eq!(members, Some(&[person].into()), "{number}: in the group");
        let grants = [own, of_group].map(|id| book.grants.get(&id).map(|grant| grant.subject));
        let subjects = [Subject::Person(person), Subject::Group(group)].map(Some);
        assert_eq!(grants, subjects, "{number}: granted");
        assert!(book.people.contains_key(&person), "{number}: without a gap");
    }
    let before = specimen::everything();
    let puts = |put: fn(&Change) -> bool| before.iter().filter(|change| put(change)).count();
    let groups = puts(|change| matches!(change, Change::PutGroup(_)));
    let grants = puts(|change| matches!(change, Change::PutGrant(_)));
    let beyond = (book.groups.len() - groups, book.grants.len() - grants);
    assert_eq!(beyond, (there, 2 * there), "and nothing else");
    let there = u64::try_from(there).expect("few");
    assert_eq!(only_folders(book), there, "a folder for each");
    there
}

/// Runs children that play this part and kills each some commits on, while it is about to do the
/// next thing. What a child said was done is there afterwards, and whole.
async fn killed_again_and_again(part: &str, rounds: usize, count: fn(&Book) -> u64) {
    let place = Place::new();
    let mut acknowledged = 0;
    for round in 0..rounds {
        let mut running =
            child(&program(), part, place.folder(), acknowledged).spawn().expect("starts");
        let lines = BufReader::new(running.stdout.take().expect("piped")).lines();
        let mut heard = 0;
        for line in lines {
            let line = line.expect("text");
            let Some(number) = said(&line) else { continue };
            acknowledged = number.parse::<u64>().expect("a number") + 1;
            heard += 1;
            if heard == 1 + round * 7 % 13 {
                // A little later in each round, so that it is another moment that is cut off.
                look_on(place.folder(), round * 5 % 17);
                running.kill().expect("kills");
            }
        }
        running.wait().expect("ends");
        let book = place.open().await.book().await.expect("reads");
        let there = count(&book);
        assert!(there >= acknowledged, "round {round}: {there} of {acknowledged}");
        // A commit that was made but not yet acknowledged may be there: count on from it.
        acknowledged = there;
    }
    assert!(acknowledged > 20, "{acknowledged}");
}

/// Looks at the folder so often: a while that is not measured in time.
fn look_on(folder: &Path, often: usize) {
    for _ in 0..often {
        let there = folder.read_dir().expect("lists").count();
        assert!(there > 0);
    }
}

#[tokio::test]
async fn killed_while_saving_nothing_acknowledged_is_lost() {
    killed_again_and_again("commit for ever", rounds(10, 250), only_folders).await;
}

#[tokio::test]
async fn killed_while_all_is_sealed_anew_nothing_acknowledged_is_lost() {
    killed_again_and_again("rekey for ever", rounds(8, 150), only_folders).await;
}

#[tokio::test]
async fn killed_while_many_rows_are_saved_at_once_nobody_is_half_there() {
    killed_again_and_again("hire for ever", rounds(10, 100), hired_whole).await;
}

#[tokio::test]
async fn killed_while_it_is_made_a_vault_is_whole_or_not_there() {
    for round in 0..rounds(8, 50) {
        let place = Place::new();
        let mut running =
            child(&program(), "commit for ever", place.folder(), 0).spawn().expect("starts");
        wait_for(place.folder(), |name| name.contains(".new-") || name.contains("vault"));
        look_on(place.folder(), round * round);
        running.kill().expect("kills");
        running.wait().expect("ends");
        let made = place.path().exists();
        let opened =
            if made { open_in(place.folder()).await } else { found_in(place.folder()).await };
        let opened = opened.expect("whole or not there");
        let book = opened.book().await.expect("reads");
        assert!(made || counted(&book) == 0, "folders from nowhere");
    }
}

#[tokio::test]
async fn killed_while_it_is_brought_up_an_older_vault_is_the_old_one_or_the_new_one() {
    let mut brought_up = 0;
    for round in 0..rounds(7, 50) {
        let place = Place::new();
        std::fs::write(place.path(), SCHEMA_1).expect("writes");
        let mut running = child(&program(), "upgrade", place.folder(), 0).spawn().expect("starts");
        wait_for(place.folder(), |name| name.contains(".copy-"));
        look_on(place.folder(), round * 6);
        running.kill().expect("kills");
        running.wait().expect("ends");
        let opened = open_in(place.folder()).await;
        brought_up += usize::from(opened.is_ok());
        let vault = match opened {
            Ok(vault) => vault,
            Err(_) => upgrade_in(place.folder()).await.expect("the old one, whole"),
        };
        let book = vault.book().await.expect("reads");
        assert_eq!(book.credentials.len(), 2);
        assert_eq!(book.people[&specimen::PERSON].name.as_str(), "Zo\u{eb}");
    }
    assert!(brought_up < rounds(7, 50), "each was too late: {brought_up}");
}

/// Written by version 0.1.0 before keys of people's own and keep-alive: one of everything there was.
pub(crate) const SCHEMA_1: &[u8] = include_bytes!("old/vault.schema-1.sqlite");

/// Until a file of such a name is there.
fn wait_for(folder: &Path, name: impl Fn(&str) -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    let there = || {
        let mut files = folder.read_dir().expect("lists");
        files.any(|file| name(&file.expect("an entry").file_name().to_string_lossy()))
    };
    while !there() {
        assert!(Instant::now() < deadline, "it never began");
    }
}

#[tokio::test]
async fn two_processes_see_each_other_and_lose_no_update() {
    let place = Place::new();
    place.full().await;
    let vault = place.open().await;
    let before = vault.book().await.expect("reads").folders.len();
    let number = vault.examine().await.expect("reads").number;
    let mut other =
        child(&program(), "commit fifty", place.folder(), 1_000).spawn().expect("starts");
    for number in 0..50 {
        patiently(&vault, number).await;
    }
    assert!(other.wait().expect("ends").success());
    let book = vault.book().await.expect("reads");
    assert_eq!(book.folders.len(), before + 100);
    let examined = vault.examine().await.expect("reads");
    assert_eq!((examined.number, examined.damage), (number + 100, None), "each has its number");
    assert!(
        book.folders.contains_key(&folder_id(1_049)) && book.folders.contains_key(&folder_id(49))
    );
    drop(vault);
    assert_eq!(*place.open().await.book().await.expect("reads"), *book);
}

/// Both count up one number, as often as each is told to. Whoever reads it while the other writes
/// begins anew, so that at the end it is the sum.
#[tokio::test]
async fn of_two_processes_that_count_up_one_number_none_counts_for_nothing() {
    let each = rounds(40, 5_000);
    let place = Place::new();
    place.full().await;
    let vault = place.open().await;
    let begun = vault.examine().await.expect("reads").number;
    let each_u64 = u64::try_from(each).expect("few");
    let mut other =
        child(&program(), "count up", place.folder(), each_u64).spawn().expect("starts");
    let lines = BufReader::new(other.stdout.take().expect("piped")).lines();
    let mut lines = lines.map(|line| line.expect("text"));
    assert!(lines.any(|line| said(&line) == Some("open")), "it opens the vault");
    let heard = std::thread::spawn(move || {
        lines.filter_map(|line| said(&line)?.parse().ok()).collect::<Vec<u64>>()
    });
    let mine = count_up(&vault, each_u64).await;
    assert!(other.wait().expect("ends").success());
    let theirs = heard.join().expect("hears");
    assert_eq!((mine.len(), theirs.len()), (each, each));
    for numbers in [&mine, &theirs] {
        assert!(numbers.is_sorted_by(|one, next| one < next), "strictly rising");
    }
    let all: BTreeSet<u64> = mine.iter().chain(&theirs).copied().collect();
    assert!(all.iter().copied().eq(1..=2 * each_u64), "each counted one on from the one before");
    let mixed = mine.windows(2).filter(|pair| pair[1] > pair[0] + 1).count();
    assert!(mixed >= each / 3, "they came between each other: {mixed} of {each}");
    let examined = vault.examine().await.expect("reads");
    assert_eq!((examined.number - begun, examined.damage), (2 * each_u64, None));
}

#[tokio::test]
async fn without_room_the_commit_fails_and_what_was_there_stays() {
    let place = Place::new();
    place.full().await;
    // A limit of file size stands in for a full disk: the write fails in the same place.
    let mut limited = child(Path::new("/bin/sh"), "commit until full", place.folder(), 0);
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
    let book = place.open().await.book().await.expect("reads");
    assert_eq!(book.folders.len(), folders);
}

/// Root may write everything, so as root the child runs as the user without rights.
#[tokio::test]
async fn a_vault_that_may_not_be_written_is_read_only() {
    let place = Place::new();
    let folder = &place.folder;
    let program_copy = folder.path().join("program");
    std::fs::copy(program(), &program_copy).expect("copies");
    for part in ["file", "folder"] {
        std::fs::create_dir(folder.path().join(part)).expect("makes");
        let vault = vault_at(folder.path(), path_in(&folder.path().join(part)));
        found(&vault, folder.path()).await.expect("founds");
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
    mode("device", 0o777);
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
