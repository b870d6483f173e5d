//! A program that starts clients and is killed at any moment; afterwards nothing is left.

use std::cell::RefCell;
use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
#[expect(clippy::disallowed_types, reason = "the program that is killed is this one")]
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use usher_core::Secret;
use usher_core::entry::{self, DevicePolicy};
use usher_core::ports::Handoff;
use uuid::Uuid;

use super::*;
use crate::freerdp::RdpClient;
use crate::support::{Display, PATIENCE, until};

/// Where the other process works.
const FOLDER: &str = "USHER_CLIENTS_TEST_FOLDER";
/// How many times it is killed; the full programme asks for 200 by this variable.
const HOW_MANY: &str = "USHER_KILLS";
const FEW: u64 = 20;

/// A client: it leaves without a credential, and else stays. Waiting at a pipe that nobody writes into
/// keeps it the program that it is.
const CLIENT: &str = "#!/bin/sh\nread -r line || exit 1\nread -r never < \"$HOME/pipe\"\n";

fn place() -> TempDir {
    let place = TempDir::new().unwrap();
    let program = place.path().join("xfreerdp");
    fs::write(&program, CLIENT).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let pipe = place.path().join("pipe");
    let made = rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    );
    made.unwrap();
    place
}

fn handoff() -> Handoff {
    Handoff {
        address: "127.4.5.6:34567".parse().unwrap(),
        user: "ot-abcdefgh".to_owned(),
        password: Secret::new(Uuid::new_v4().simple().to_string()),
        certificate_sha256: [0xAB; 32],
        title: "CLIENT · HOST · ACCOUNT".to_owned(),
        devices: DevicePolicy::default(),
        display: entry::Display::default(),
    }
}

/// Played in the process that is killed: starts clients and ends some of them, for ever. By itself it
/// shows that a process without a place for its journal fails.
#[tokio::test]
async fn starts_clients_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        let placeless = myself(Path::new("/dev/null/nowhere")).output();
        return assert!(!placeless.expect("it ends").status.success());
    };
    let residue = Residue::open(&folder).expect("the journal opens");
    let client = RdpClient::fake(folder.join("xfreerdp"));
    println!("\nready");
    loop {
        let staying = client.start_fake(&folder, handoff(), &residue).await;
        let ended = client.start_fake(&folder, handoff(), &residue).await.expect("it starts");
        staying.expect("it starts");
        ended.end_now();
        ended.wait().await;
    }
}

/// This test program, playing that part in this place.
#[expect(clippy::disallowed_types, reason = "the program that is killed is this one")]
fn myself(place: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a test program has a file"));
    command
        .args(["--exact", "residue::tests::starts_clients_until_it_is_killed", "--nocapture"])
        .env(FOLDER, place)
        .stderr(Stdio::null());
    command
}

fn killed_after(place: &Path, delay: Duration) {
    let mut child: Child = myself(place).stdout(Stdio::piped()).spawn().expect("it starts");
    let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let ready = lines.map_while(Result::ok).any(|line| line == "ready");
    assert!(ready, "it has the journal");
    std::thread::sleep(delay);
    child.kill().expect("kill -9");
    child.wait().expect("it is gone");
}

/// The clients of this place that run, whatever the journal says.
fn clients(place: &Path) -> usize {
    let ours = place.join("xfreerdp").to_str().expect("text").to_owned();
    let all = fs::read_dir("/proc").expect("proc").flatten();
    let lines = all.filter_map(|entry| fs::read_to_string(entry.path().join("cmdline")).ok());
    lines.filter(|line| line.split('\0').any(|argument| argument == ours)).count()
}

#[tokio::test]
async fn whenever_it_is_killed_nothing_is_left_after_the_next_sweep() {
    let many = std::env::var(HOW_MANY).map_or(FEW, |many| many.parse().expect("a number"));
    let mut left_without_a_sweep = 0;
    for _ in 0..many {
        let place = place();
        // Any moment of the first 40 milliseconds.
        let delay = u64::from(Uuid::new_v4().as_fields().0) % 40_000;
        killed_after(place.path(), Duration::from_micros(delay));
        left_without_a_sweep += usize::from(clients(place.path()) > 0);
        // A client that was just being started shares the lock until it is one.
        let mut opened = None;
        until("nobody has the journal", || {
            opened = Residue::open(place.path()).ok();
            opened.is_some()
        })
        .await;
        let residue = opened.expect("it is open");
        let swept = residue.sweep_of(&NoCredentials, is_fake).expect("it sweeps");
        assert_eq!((swept.kept, swept.refused, swept.set_aside), (0, 0, None));
        // One that was never given its credential leaves by itself.
        until("nothing is left", || clients(place.path()) == 0).await;
        let again = residue.sweep_of(&NoCredentials, is_fake).expect("again");
        assert_eq!(again, Swept::default());
    }
    assert!(left_without_a_sweep > 0, "the control: without a sweep something is left");
    println!("seen: R5: {many} kills, {left_without_a_sweep} left clients, 0 left after the sweep");
}

/// The client of these tests: the program that runs is the shell.
fn is_fake(id: u32, program: &Path) -> bool {
    let shell = Path::new("/bin/sh").canonicalize().expect("a shell");
    program == shell && process::is_sent_to_us(id)
}

fn row(id: u32) -> Left {
    Left::process(id).expect("it runs")
}

#[expect(clippy::disallowed_types, reason = "a process to be ended or spared")]
fn sleeper() -> Child {
    Command::new("/usr/bin/sleep").arg("1000").spawn().expect("it starts")
}

#[test]
fn only_the_very_process_is_ended() {
    let mut child = sleeper();
    let (folder, me) = (TempDir::new().unwrap(), child.id());
    let Left::Process { id, started, program } = row(me) else { panic!("a process") };
    let others = [
        Left::Process { id, started: started + 1, program: program.clone() },
        Left::Process { id, started, program: "/usr/bin/xfreerdp".into() },
        Left::Process { id: 0, started, program: program.clone() },
        Left::Process { id: u32::MAX, started, program: program.clone() },
    ];
    write(folder.path(), &others);
    let sweep = || opened(folder.path()).sweep_of(&NoCredentials, |_, _| true);
    let first = sweep().unwrap();
    assert_eq!((first.ended, first.gone), (0, 4));
    assert!(child.try_wait().unwrap().is_none(), "it is spared");
    write(folder.path(), &[Left::Process { id, started, program }]);
    assert_eq!(sweep().unwrap().ended, 1);
    assert!(!child.wait().unwrap().success());
}

fn opened(folder: &Path) -> Residue {
    free(|| Residue::open(folder))
}

/// What holds the lock: a program that another test is just starting has it until it is one.
fn free<T>(open: impl Fn() -> io::Result<T>) -> T {
    let began = Instant::now();
    loop {
        match open() {
            Ok(opened) => return opened,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                assert!(began.elapsed() < PATIENCE, "somebody keeps the journal");
                std::thread::yield_now();
            }
            Err(error) => panic!("it opens: {error}"),
        }
    }
}

fn write(folder: &Path, rows: &[Left]) {
    let file = free(|| JournalFile::open(folder));
    file.write(rows.iter()).unwrap();
}

fn swept(folder: &Path, credentials: &impl Credentials) -> Swept {
    opened(folder).sweep(credentials).unwrap()
}

/// A store that has this user's item for every name, and refuses its first removal.
struct Store(&'static str, RefCell<Vec<String>>);

fn store(user: &'static str) -> Store {
    Store(user, RefCell::default())
}

impl Credentials for Store {
    fn user(&self, _target: &str) -> io::Result<Option<String>> {
        Ok(Some(self.0.to_owned()))
    }

    fn remove(&self, target: &str) -> io::Result<()> {
        self.1.borrow_mut().push(target.to_owned());
        if self.1.borrow().len() == 1 { Err(io::ErrorKind::ResourceBusy.into()) } else { Ok(()) }
    }
}

const TARGET: &str = "TERMSRV/127.77.0.7";

fn credential(target: &str) -> Left {
    Left::Credential { target: target.to_owned() }
}

#[test]
fn a_credential_that_stays_is_tried_again_the_next_time() {
    let folder = TempDir::new().unwrap();
    let store = store("ot-abcdefgh");
    write(folder.path(), &[credential(TARGET)]);
    assert_eq!(swept(folder.path(), &store).kept, 1);
    assert_eq!(swept(folder.path(), &store).removed, 1);
    assert_eq!(swept(folder.path(), &store), Swept::default());
    assert_eq!(*store.1.borrow(), [TARGET; 2]);
}

/// The doctor starts a client without sweeping first.
#[test]
fn what_is_noted_before_a_sweep_erases_nothing_of_what_was_left() {
    let (folder, store) = (TempDir::new().unwrap(), store("ot-abcdefgh"));
    write(folder.path(), &[credential("TERMSRV/127.77.0.8"), credential(TARGET)]);
    let residue = opened(folder.path());
    let mut own = sleeper();
    let note = residue.note(row(own.id())).unwrap();
    let swept_late = residue.sweep_of(&store, |_, _| true).unwrap();
    assert_eq!((swept_late.kept, swept_late.removed, swept_late.ended), (1, 1, 0));
    assert!(own.try_wait().unwrap().is_none(), "what runs now is none of it");
    note.gone();
    drop(residue);
    assert_eq!(swept(folder.path(), &store), Swept { removed: 1, ..Swept::default() });
    own.kill().unwrap();
    own.wait().unwrap();
}

#[test]
fn a_planted_journal_removes_no_credential_but_one_of_a_session() {
    let folder = TempDir::new().unwrap();
    let others =
        ["TERMSRV/srv.corp.example", "TERMSRV/127.0.0.1", "TERMSRV/127.77.0.65", "HTTP/127.77.0.7"];
    write(folder.path(), &others.map(credential));
    let store_of_ours = store("ot-abcdefgh");
    let first = swept(folder.path(), &store_of_ours);
    assert_eq!((first.refused, first.removed, first.kept), (4, 0, 0));
    write(folder.path(), &[credential(TARGET)]);
    let of_another = store(r"CORP\adm");
    let second = swept(folder.path(), &of_another);
    assert_eq!((second.refused, second.removed, second.kept), (1, 0, 0));
    assert!(store_of_ours.1.borrow().is_empty() && of_another.1.borrow().is_empty());
    assert_eq!(swept(folder.path(), &of_another), Swept::default(), "they left the journal");
}

/// A real client that waits for its password, as the system shows it.
fn waiting(display: &Display, user: &str, address: &str) -> tokio::process::Child {
    let client = crate::find_rdp().expect("FreeRDP is installed");
    tokio::process::Command::new(client.program())
        .args([format!("/v:{address}"), format!("/u:{user}"), "/from-stdin:force".to_owned()])
        .env("DISPLAY", &display.name)
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("it starts")
}

fn row_of(child: &tokio::process::Child) -> Left {
    row(child.id().expect("it runs"))
}

#[tokio::test]
async fn a_planted_journal_ends_no_process_but_a_client_of_a_session() {
    let (display, folder) = (Display::start().await, TempDir::new().unwrap());
    let mut other_program = sleeper();
    let mut own_host = waiting(&display, "adm", "192.0.2.1");
    let mut own_user = waiting(&display, "adm", "127.77.0.7:3389");
    let mut left = waiting(&display, "ot-abcdefgh", "127.77.0.7:3389");
    let spared = [row(other_program.id()), row_of(&own_host), row_of(&own_user)];
    write(folder.path(), &spared);
    let first = swept(folder.path(), &NoCredentials);
    assert_eq!((first.ended, first.refused, first.kept), (0, 3, 0));
    assert!(other_program.try_wait().unwrap().is_none(), "another program");
    assert!(own_host.try_wait().unwrap().is_none(), "the person's own client");
    assert!(own_user.try_wait().unwrap().is_none(), "the person's own user");
    write(folder.path(), &[row_of(&left)]);
    assert_eq!(swept(folder.path(), &NoCredentials).ended, 1, "the control");
    assert!(!left.wait().await.unwrap().success());
    other_program.kill().unwrap();
    other_program.wait().unwrap();
}

#[test]
fn a_damaged_journal_is_set_aside_once_and_what_can_be_read_of_it_is_swept() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), &[credential(TARGET)]);
    let file = folder.path().join("residue.jsonl");
    let mut bytes = fs::read(&file).unwrap();
    bytes.extend_from_slice(b"{\"kind\":\"process\",\"id\":-1}\n\xFF\n");
    fs::write(&file, bytes).unwrap();
    let first = swept(folder.path(), &NoCredentials);
    let aside = first.set_aside.expect("it is set aside");
    assert!(aside.exists());
    assert_eq!(first.removed, 1);
    assert_eq!(swept(folder.path(), &NoCredentials), Swept::default(), "only once");
}

#[test]
fn the_journal_is_the_owners_alone_and_one_programs_at_a_time() {
    let folder = TempDir::new().unwrap();
    let residue = opened(folder.path());
    let note = residue.note(row(std::process::id())).unwrap();
    let file = folder.path().join("residue.jsonl");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 1);
    note.gone();
    assert_eq!(fs::read_to_string(&file).unwrap(), "");
    let second = Residue::open(folder.path()).map(|_| ()).map_err(|error| error.kind());
    assert_eq!(second, Err(io::ErrorKind::WouldBlock));
}
