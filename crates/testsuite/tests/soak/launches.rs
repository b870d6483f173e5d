//! R1, L1, I3: launch after launch with the product's own client and arguments, everything traced.
//! No file, no argument and no environment ever holds the password or the one-time password, and no
//! memory of the client the former.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use usher_sandbox::rdp_host::RdpHost;
use usher_testsuite::Result;
use usher_testsuite::freerdp::XFREERDP;
use usher_testsuite::holder::Holder;
use uuid::Uuid;

use crate::how_many;
use crate::room::{Room, count, memory, proc, spellings, until};
use crate::trace::{Trace, traced};

const USER: &str = "adm";

/// `FreeRDP` 3 mounts the host's copied files wherever the clipboard is on, by libfuse, whether files are
/// allowed or not: an empty folder of its own, the folder of root's `mount`, and the programs by which
/// libfuse mounts, as root and else.
const OF_COPIED_FILES: [&str; 2] = ["/tmp/com.freerdp.client.cliprdr.", "/run/mount"];
const MOUNTING: [&str; 3] = ["/bin/mount", "/bin/fusermount3", "/usr/bin/fusermount3"];

#[test]
fn no_launch_shows_a_password_to_anybody() -> Result<()> {
    let launches = how_many(3);
    let room = Room::new()?;
    let mut host = RdpHost::start(&[(USER, "")])?;
    let file = room.path("trace");
    let mut holder = Holder::start(&mut traced(&room, env!("CARGO_BIN_EXE_holder"), &file))?;
    holder.sweep(&room.path("journal"))?;
    let mut secrets = Vec::new();
    for launch in 1..=launches {
        let password = Uuid::new_v4().to_string();
        host.set_password(USER, &password)?;
        let opened = holder.launch(host.address().port(), (USER, &password))?;
        holder.hear(opened.session, "HostAccepted")?;
        assert_eq!(host.sign_in_attempts()?, launch, "one sign-in a launch");
        let process = opened.process.expect("a client's process");
        client_knows_only(process, &opened.password, &password);
        let both = [password, opened.password];
        nobody_is_told(&room, &both);
        nothing_in_files(&room, &both);
        holder.end(opened.session)?;
        holder.hear(opened.session, "Ended")?;
        until("the client's end", || proc(process, "cmdline").is_empty().then_some(()));
        nothing_in_files(&room, &both);
        secrets.extend(both);
    }
    drop(holder);
    room.until_empty();
    let trace = Trace::read(&file)?;
    std::fs::remove_file(&file)?;
    nothing_in_arguments(&trace, &secrets);
    no_shell_and_no_other_program(&trace)?;
    let made = nothing_made_elsewhere(&trace, &room);
    nothing_in_files(&room, &secrets);
    println!("seen: R1, L1, I3: {launches} launches, 0 passwords in {made} files made,");
    println!(
        "seen:   0 in {} starts of programs, 0 in the clients' memory",
        trace.starts().count()
    );
    Ok(())
}

/// The one-time password is what the scan of the memory must find, or it finds nothing at all.
fn client_knows_only(process: u32, one_time: &str, password: &str) {
    let memory = memory(process);
    assert!(count(&memory, one_time) > 0, "control: the scan works here");
    assert_eq!(count(&memory, password), 0, "memory");
}

/// Arguments and environment of every process of the room: the client, the holder and its tracer.
fn nobody_is_told(room: &Room, secrets: &[String]) {
    let processes = room.processes();
    assert!(processes.len() >= 3, "control: {processes:?}");
    for (process, secret) in processes.iter().flat_map(|one| secrets.iter().map(move |s| (*one, s)))
    {
        assert_eq!(count(&proc(process, "cmdline"), secret), 0, "arguments");
        assert_eq!(count(&proc(process, "environ"), secret), 0, "environment");
    }
}

/// Home with the client's settings in it, temporary and runtime folder, journal and trace.
fn nothing_in_files(room: &Room, secrets: &[String]) {
    let held: Vec<_> = secrets.iter().flat_map(|secret| room.files_with(secret)).collect();
    assert!(held.is_empty(), "{held:?}");
    // That a password in the client's settings is found, the control below shows. `FreeRDP` 3 makes
    // them only once it has something to keep.
    assert!(!room.files().is_empty(), "control: the walk sees files");
}

fn nothing_in_arguments(trace: &Trace, secrets: &[String]) {
    let leaked = |line: &&str| secrets.iter().any(|secret| line.contains(secret.as_str()));
    assert_eq!(trace.starts().filter(leaked).count(), 0, "L1");
    let clients = trace.starts().filter(|line| line.contains("/v:127.")).count();
    assert_eq!(clients, secrets.len() / 2, "every client's start was seen");
}

fn no_shell_and_no_other_program(trace: &Trace) -> Result<()> {
    let client = usher_clients::find_rdp()?.program().display().to_string();
    let ours = [client.as_str(), env!("CARGO_BIN_EXE_holder")];
    let known = |program: &str| ours.contains(&program) || MOUNTING.contains(&program);
    let others: Vec<_> = trace.programs().into_iter().filter(|program| !known(program)).collect();
    assert!(others.is_empty(), "I3: {others:?}");
    Ok(())
}

/// How many files were made, all of them where a client may, and no `.rdp` among them.
fn nothing_made_elsewhere(trace: &Trace, room: &Room) -> usize {
    let elsewhere = elsewhere(trace, room);
    assert!(elsewhere.is_empty(), "R1: {elsewhere:?}");
    let made = trace.made();
    assert!(!made.iter().any(|path| is_rdp(path)), "R1: no .rdp file");
    made.len()
}

/// Files that were made where no client may.
fn elsewhere(trace: &Trace, room: &Room) -> Vec<PathBuf> {
    let rooms = ["home", "tmp", "run", "journal"].map(|name| room.path(name));
    let allowed = |path: &Path| {
        ["/dev/", "/proc/"].iter().any(|folder| path.starts_with(folder))
            || OF_COPIED_FILES.iter().any(|start| path.to_string_lossy().starts_with(start))
            || rooms.iter().any(|folder| path.starts_with(folder))
    };
    trace.made().into_iter().filter(|path| !allowed(path)).collect()
}

fn is_rdp(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "rdp")
}

/// By each way that a program of every machine has.
#[test]
fn control_a_file_that_is_made_in_another_folder_by_a_relative_path_is_found() -> Result<()> {
    let (room, file) = (Room::new()?, tempfile::NamedTempFile::new()?);
    let makers: [&[&str]; 6] = [
        &["/usr/bin/touch", "./x.rdp"],
        &["/usr/bin/mkdir", "x.rdp"],
        &["/usr/bin/mkfifo", "x.rdp"],
        &["/usr/bin/ln", "-s", "given", "x.rdp"],
        &["/usr/bin/ln", "given", "x.rdp"],
        &["/usr/bin/mv", "given", "x.rdp"],
    ];
    for maker in makers {
        let other = tempfile::tempdir()?;
        std::fs::write(other.path().join("given"), "full address:s:10.0.0.1")?;
        let (program, arguments) = maker.split_first().expect("a program");
        let mut careless = traced(&room, program, file.path());
        assert!(careless.args(arguments).current_dir(&other).status()?.success(), "{maker:?}");
        let found = elsewhere(&Trace::read(file.path())?, &room);
        assert_eq!(found, [other.path().join("x.rdp")], "{maker:?}");
        assert!(found.iter().all(|path| is_rdp(path)), "{maker:?}");
    }
    println!("seen: R1, control: {} of {} relative paths found", makers.len(), makers.len());
    Ok(())
}

#[test]
fn control_a_password_that_is_an_argument_or_in_a_file_is_found_each_time() -> Result<()> {
    let launches = how_many(3);
    let room = Room::new()?;
    let file = room.path("trace");
    for launch in 1..=launches {
        let password = Uuid::new_v4().to_string();
        let mut careless = traced(&room, XFREERDP, &file);
        // Nothing listens on port 1: it ends at once.
        let elsewhere = Uuid::new_v4().to_string();
        careless.env("SHOWN", &elsewhere);
        careless.args(["/v:127.0.0.1:1", "/u:adm", "/cert:ignore", &format!("/p:{password}")]);
        careless.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        let trace = Trace::read(&file)?;
        let shows = |line: &&str| line.contains(&password) && line.contains(&elsewhere);
        assert_eq!(trace.starts().filter(shows).count(), 1, "launch {launch}");
        found_in_settings(&room, &password)?;
    }
    println!("seen: L1, control: /p: and a file found in {launches} of {launches} starts");
    Ok(())
}

/// In a file of the client's settings, in each spelling.
fn found_in_settings(room: &Room, password: &str) -> Result<()> {
    let settings = room.path("home").join(".config/freerdp");
    std::fs::create_dir_all(&settings)?;
    let kept = settings.join("known_hosts2");
    for spelt in spellings(password) {
        std::fs::write(&kept, [b"127.0.0.1 ".as_slice(), &spelt, b"\n"].concat())?;
        assert!(room.files_with(password).contains(&kept), "{spelt:?}");
    }
    Ok(std::fs::remove_file(&kept)?)
}
