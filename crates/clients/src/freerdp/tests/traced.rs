//! Real launches under `strace`: which programs run, and what stands in their arguments and
//! environments.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::TempDir;
use tokio::process::Command;
use usher_core::Secret;
use usher_core::ports::Handoff;
use uuid::Uuid;

use super::super::find_rdp;
use super::handoff;
use crate::Residue;
use crate::support::{Display, free_address};

/// Set where this test program is the one that launches: how often.
const HOW_OFTEN: &str = "USHER_CLIENTS_TEST_LAUNCHES";
/// How many launches; the full programme asks for 300 by this variable.
const HOW_MANY: &str = "USHER_TRACED_LAUNCHES";
const FEW: usize = 5;
const PART: [&str; 3] = ["--exact", "freerdp::tests::traced::launches", "--nocapture"];

/// Played in the traced process. The password comes on its stdin, for its own environment is traced too.
/// By itself it shows that a process which is not told what to do fails.
#[tokio::test]
async fn launches() {
    let Ok(many) = std::env::var(HOW_OFTEN) else {
        let myself = std::env::current_exe().expect("a test program has a file");
        let untold = Command::new(myself).args(PART).env(HOW_OFTEN, "often").output().await;
        return assert!(!untold.expect("it ends").status.success());
    };
    let many: usize = many.parse().expect("a number");
    let mut password = String::new();
    std::io::stdin().read_line(&mut password).expect("a line");
    let client = find_rdp().expect("FreeRDP is installed");
    for _ in 0..many {
        let handoff = Handoff {
            // Nobody listens there: the client ends by itself.
            address: free_address().await,
            password: Secret::new(password.trim().to_owned()),
            ..handoff("CLIENT · HOST · ACCOUNT")
        };
        let running = client.start(handoff, &Residue::nowhere()).await.expect("it starts");
        running.wait().await;
    }
    // The control: what the scan must find, or it finds nothing at all.
    let careless = Command::new(client.program())
        .args(["/v:127.0.0.1:9", "/u:x", &format!("/p:careless-{}", password.trim())])
        .arg("/cert:ignore")
        .output();
    careless.await.expect("it ends");
}

/// A program that leaves a mark if it is ever run.
fn plant(folder: &Path) {
    for name in ["xfreerdp", "xfreerdp3", "sdl-freerdp", "sh", "bash"] {
        let program = folder.join(name);
        fs::write(&program, "#!/bin/dash\n: > \"$0.ran\"\n").expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("executable");
    }
}

/// `123 execve("/usr/bin/xfreerdp", [...], [...]) = 0`: the program of each call that succeeded.
fn programs(trace: &str) -> Vec<&str> {
    let calls = trace.lines().filter(|line| line.ends_with(" = 0"));
    let calls = calls.filter_map(|line| line.split_once("execve(\"")?.1.split_once('"'));
    calls.map(|(program, _)| program).collect()
}

#[tokio::test]
async fn no_shell_and_no_planted_program_runs_and_no_argument_holds_the_one_time_password() {
    let (place, display) = (TempDir::new().unwrap(), Display::start().await);
    plant(place.path());
    let password = Uuid::new_v4().simple().to_string();
    let many = std::env::var(HOW_MANY).map_or(FEW, |many| many.parse().expect("a number"));
    let myself = std::env::current_exe().expect("a test program has a file");
    let trace = place.path().join("trace");
    let mut traced = Command::new("/usr/bin/strace")
        .args(["-f", "-v", "-s", "65535", "-e", "trace=execve", "-o"])
        .arg(&trace)
        .arg(&myself)
        .args(PART)
        .current_dir(place.path())
        .env("PATH", place.path())
        .env("HOME", place.path())
        .env("DISPLAY", &display.name)
        .env(HOW_OFTEN, many.to_string())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("strace is installed");
    let mut stdin = traced.stdin.take().expect("piped");
    let line = format!("{password}\n");
    tokio::io::AsyncWriteExt::write_all(&mut stdin, line.as_bytes()).await.expect("written");
    assert!(traced.wait().await.expect("it ends").success());

    let trace = fs::read_to_string(trace).expect("strace wrote");
    let ran = programs(&trace);
    let client = find_rdp().expect("FreeRDP is installed").program;
    let allowed = BTreeSet::from([myself.to_str().expect("text"), client.to_str().expect("text")]);
    assert_eq!(ran.iter().copied().collect::<BTreeSet<_>>(), allowed, "nothing else runs");
    // Once itself, the question for the version, each launch, and the control.
    assert_eq!(ran.len(), 1 + 1 + many + 1, "{ran:?}");
    assert!(
        !fs::read_dir(place.path())
            .unwrap()
            .flatten()
            .any(|file| { file.path().extension().is_some_and(|kind| kind == "ran") })
    );
    let holding = trace.lines().filter(|line| line.contains(&password));
    let holding: Vec<&str> = holding.filter(|line| !line.contains("/p:careless-")).collect();
    assert_eq!(holding, Vec::<&str>::new());
    assert!(trace.contains(&format!("/p:careless-{password}")), "the scan works here");
    println!(
        "seen: L1, I3, I4: {many} launches, 0 passwords in arguments, 0 shells or planted programs"
    );
}
