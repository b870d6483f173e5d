//! A disk that fails: every write of both files is made to fail once (`EIO`), and from every write on
//! (`ENOSPC`). What was acknowledged is there afterwards, what was not acknowledged is an error with a
//! name, and both files open. The other process runs under `strace`, which makes the calls fail.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
#[expect(
    clippy::disallowed_types,
    reason = "the other process of these tests is this program"
)]
use std::process::{Command, Output, Stdio};

use usher_core::audit::{About, AuditEvent, Filter, Outcome, What};
use usher_core::error::StoreError;
use usher_core::ports::{Access, AccessError, Door, LocalStore, Store};
use usher_core::time::Moment;
use usher_vault::{Local, Vault, Witness};

use crate::child::{ARGUMENTS, FOLDER, PART, folder, say};
use crate::processes::SCHEMA_1;
use crate::specimen::PERSON;
use crate::support::{
    Place, commit, folder_id, found, open, path_in, put_folder, upgrade, witnessed,
};

/// The calls by which `SQLite` writes. The rest of these processes uses none of them.
const CALLS: [&str; 4] = ["pwrite64", "fdatasync", "fsync", "ftruncate"];

/// How a call fails: this once, or from here on.
const FAULTS: [(&str, &str); 2] = [("EIO", ""), ("ENOSPC", "+")];

/// How many things a child tries to keep in each of the two files.
const THINGS: u64 = 3;

fn log_in(folder: &Path) -> PathBuf {
    folder.join("local.sqlite")
}

/// An everyday row, and at the end one that is signed at once.
fn event(number: u64) -> AuditEvent {
    let what = if number + 1 == THINGS { What::SettingsChanged } else { What::SignIn };
    AuditEvent {
        at: Moment::from_unix_millis(number),
        person: PERSON,
        what,
        on: format!("row {number}"),
        outcome: Outcome::Intended,
        about: About::default(),
        details: Vec::new(),
        run: None,
    }
}

/// Played in the second process: says what was acknowledged, and what was not.
pub(crate) async fn keep_what_can_be_kept() {
    let witness = Witness::default();
    let log = Local::open_or_create(&log_in(&folder()), &witness);
    let log = log.map_err(|error| refused("log", &error)).ok();
    let vault = witnessed(&folder(), path_in(&folder()), witness);
    match comes_in(&vault, &folder()).await {
        Ok(()) => {}
        Err(AccessError::Store(error)) => return refused("vault", &error),
        Err(other) => panic!("{other:?}"),
    }
    for number in 0..THINGS {
        if let Some(log) = &log {
            acknowledged("row", number, log.record(event(number)).await);
        }
        acknowledged("folder", number, commit(&vault, vec![put_folder(number)]).await.map(drop));
    }
}

fn acknowledged(what: &str, number: u64, outcome: Result<(), StoreError>) {
    match outcome {
        Ok(()) => say(format!("{what} {number}")),
        Err(error) => refused(what, &error),
    }
}

/// Opens the vault, or makes it where there is none, or brings it up where it is an older one.
async fn comes_in(vault: &Vault, folder: &Path) -> Result<(), AccessError> {
    match vault.door().await? {
        Door::NoVault => found(vault, folder).await,
        Door::Older => upgrade(vault, folder).await,
        Door::Vault { .. } => open(vault, folder).await,
    }
}

fn refused(what: &str, error: &StoreError) {
    let named = matches!(error, StoreError::Failed | StoreError::Corrupt { part: "file" });
    assert!(named, "{what}: {error:?}");
    say(format!("refused {what}"));
}

/// A folder with both files, closed; each child works on a copy of it.
async fn whole() -> Place {
    let place = Place::new();
    drop(place.full().await);
    let witness = Witness::default();
    let vault = witnessed(place.folder(), place.path(), witness.clone());
    open(&vault, place.folder()).await.expect("opens");
    let log = Local::create(&log_in(place.folder()), &witness).expect("creates");
    log.record(event(9)).await.expect("records");
    drop((log, vault));
    place
}

fn copy_of(place: &Place) -> Place {
    let copy = Place::new();
    for inside in ["", "device"] {
        let to = copy.folder().join(inside);
        for file in std::fs::read_dir(place.folder().join(inside)).expect("lists") {
            let file = file.expect("an entry");
            if file.path().is_file() {
                std::fs::copy(file.path(), to.join(file.file_name())).expect("copies");
            }
        }
    }
    copy
}

/// What a child said, and the calls that were made to fail under it.
struct Ran {
    said: BTreeSet<String>,
    hit: Vec<String>,
}

/// Runs a child whose calls fail like this.
fn run(place: &Place, inject: &str) -> Ran {
    let trace = place.folder().join("trace");
    let call = inject.split(':').next().expect("a call");
    #[expect(clippy::disallowed_types, reason = "the other process of these tests is this program")]
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-y", "--seccomp-bpf", "-o"]).arg(&trace);
    command.args(["-e", &format!("trace={call}"), "-e", &format!("inject={inject}")]);
    command.arg(std::env::current_exe().expect("a test program has a file")).args(ARGUMENTS);
    command.env(PART, "keep what can be kept").env(FOLDER, place.folder());
    let output = command.stdin(Stdio::null()).output().expect("strace is installed");
    let hit = std::fs::read_to_string(&trace).expect("strace may trace here");
    let hit: Vec<String> =
        hit.lines().filter(|line| line.contains("(INJECTED)")).map(str::to_owned).collect();
    Ran { said: said(&output, inject), hit }
}

fn said(output: &Output, inject: &str) -> BTreeSet<String> {
    let out = String::from_utf8_lossy(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !err.contains("panicked"), "{inject}: {out}\n{err}");
    out.lines().filter_map(|line| line.strip_prefix("says ")).map(str::to_owned).collect()
}

/// What stands in the two files afterwards, and that both are whole.
async fn kept(place: &Place, inject: &str) -> BTreeSet<String> {
    let witness = Witness::default();
    let vault = witnessed(place.folder(), place.path(), witness.clone());
    if let Door::Vault { people, .. } = vault.door().await.expect("can be looked at") {
        assert_eq!(people.len(), 1, "{inject}: who made it stands at the door");
    }
    comes_in(&vault, place.folder()).await.unwrap_or_else(|error| panic!("{inject}: {error:?}"));
    let log = Local::open_or_create(&log_in(place.folder()), &witness).expect("opens");
    let verdict = log.verify().await.expect("verifies");
    assert!(verdict.is_good(), "{inject}: {verdict:?}");
    let book = vault.book().await.expect("reads");
    assert_eq!(book.credentials.len(), 2, "{inject}: what it began with");
    let folders = (0..THINGS).filter(|number| book.folders.contains_key(&folder_id(*number)));
    let rows = log.rows(&Filter::default(), None, usize::MAX).await.expect("reads");
    let kept =
        folders.map(|number| format!("folder {number}")).chain(rows.into_iter().map(|r| r.on));
    let kept = kept.collect();
    log.record(event(8)).await.unwrap_or_else(|error| panic!("{inject}: {error:?}"));
    commit(&vault, vec![put_folder(8)]).await.unwrap_or_else(|error| panic!("{inject}: {error:?}"));
    drop((vault, log));
    assert_eq!(in_clear(place.folder()), 0, "{inject}: sealed since");
    kept
}

/// What came of making one call fail everywhere.
#[derive(Default)]
struct Tally {
    runs: u32,
    hit: u32,
    /// What was refused, by the child's words for it.
    refused: BTreeSet<String>,
    files: BTreeSet<String>,
}

impl Tally {
    fn count(&mut self, ran: &Ran) {
        self.runs += 1;
        self.hit += u32::from(!ran.hit.is_empty());
        let refused = ran.said.iter().filter(|said| said.starts_with("refused"));
        self.refused.extend(refused.cloned());
        for file in ["vault.sqlite", "local.sqlite"] {
            let touched = |line: &String| line.contains(&format!("/{file}"));
            self.files.extend(ran.hit.iter().any(touched).then(|| file.to_owned()));
        }
    }
}

/// Makes the call fail at the first, the second ... until a child gets through without being hit.
async fn at_every(start: &Place, call: &str, step: usize, tally: &mut Tally) {
    for (error, on) in FAULTS {
        for number in (1..10_000).step_by(step) {
            let inject = format!("{call}:error={error}:when={number}{on}");
            let place = copy_of(start);
            let ran = run(&place, &inject);
            let kept = kept(&place, &inject).await;
            let acknowledged = ran.said.iter().filter(|said| !said.starts_with("refused"));
            let lost: Vec<_> = acknowledged.filter(|said| !kept.contains(*said)).collect();
            assert!(lost.is_empty(), "{inject}: {lost:?} of {:?}", ran.said);
            tally.count(&ran);
            if ran.hit.is_empty() {
                let all = usize::try_from(2 * THINGS).expect("few");
                assert_eq!(ran.said.len(), all, "{inject}: nothing stood in its way");
                break;
            }
        }
    }
}

/// Every call at every place; in `test` every few writes, with `USHER_SOAK` every one.
async fn with_every_call(start: &Place, few: usize) -> Tally {
    let step = if std::env::var_os("USHER_SOAK").is_some() { 1 } else { few };
    let mut tally = Tally::default();
    for call in CALLS {
        at_every(start, call, if call == "pwrite64" { step } else { step.min(3) }, &mut tally)
            .await;
    }
    let both = ["local.sqlite", "vault.sqlite"].map(str::to_owned);
    assert_eq!(tally.files, both.into(), "the calls of both files were hit");
    assert!(tally.hit >= 12, "{} of {}", tally.hit, tally.runs);
    tally
}

#[tokio::test]
async fn whichever_write_fails_what_was_acknowledged_is_there_and_the_rest_is_refused() {
    let tally = with_every_call(&whole().await, 8).await;
    for what in ["refused row", "refused folder"] {
        assert!(tally.refused.contains(what), "{:?}", tally.refused);
    }
}

#[tokio::test]
async fn whichever_write_fails_while_they_are_made_both_files_are_whole_or_not_there() {
    let tally = with_every_call(&Place::new(), 60).await;
    for what in ["refused vault", "refused log"] {
        assert!(tally.refused.contains(what), "{:?}", tally.refused);
    }
}

/// How often the old vault's text stands in the file itself and in its log.
fn in_clear(folder: &Path) -> usize {
    let files = ["vault.sqlite", "vault.sqlite-wal"].map(|name| std::fs::read(folder.join(name)));
    let count = |bytes: Vec<u8>| bytes.windows(9).filter(|window| *window == b"Northwind").count();
    files.into_iter().flatten().map(count).sum()
}

#[tokio::test]
async fn whichever_write_fails_while_it_is_brought_up_an_older_vault_is_the_old_one_or_the_new_one()
{
    let old = Place::new();
    std::fs::write(old.path(), SCHEMA_1).expect("writes");
    assert!(in_clear(old.folder()) > 0, "the search finds what is there");
    let tally = with_every_call(&old, 50).await;
    assert!(tally.refused.contains("refused vault"), "{:?}", tally.refused);
}
