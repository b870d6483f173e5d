//! A fake client that writes down what it was given.

mod golden;
mod hostile;
#[cfg(target_os = "linux")]
mod traced;
#[cfg(target_os = "linux")]
mod understood;
#[cfg(target_os = "linux")]
mod window;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use tempfile::TempDir;
use usher_core::Secret;
use usher_core::entry::{DevicePolicy, Display};
use usher_core::ports::Handoff;

use super::programs::{Found, judge};
use super::{RdpClient, dialect, find_rdp};
use crate::{ClientMissing, Residue, RunningClient, StartError};

const PATIENCE: Duration = Duration::from_secs(20);
const ONE_TIME: &str = "onetime0123456789";

/// It notes its arguments, stdin and environment in $HOME, says its last words, and may then stay.
const FAKE: &str = "#!/bin/sh
printf '%s\\0' \"$@\" > \"$HOME/argv\"
cat > \"$HOME/stdin\"
/usr/bin/env -0 > \"$HOME/environ\"
echo \"said $(cat \"$HOME/stdin\") aloud\" >&2
echo last words
test -e \"$HOME/stay\" && exec /bin/sleep 1000
exit 7
";

/// Written once, before anything is started: a file open for writing cannot be executed.
fn fake() -> RdpClient {
    static PROGRAM: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, program) = PROGRAM.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let program = folder.path().join("xfreerdp");
        fs::write(&program, FAKE).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        (folder, program)
    });
    RdpClient { program: program.clone(), says_three: false }
}

fn handoff(title: &str) -> Handoff {
    Handoff {
        address: "127.4.5.6:34567".parse().unwrap(),
        user: "ot-abcdefgh".to_owned(),
        password: Secret::new(ONE_TIME.to_owned()),
        certificate_sha256: [0xAB; 32],
        title: title.to_owned(),
        devices: DevicePolicy::default(),
        display: Display::default(),
    }
}

async fn start(home: &Path, handoff: Handoff) -> Result<RunningClient, StartError> {
    let environment = [
        ("HOME", home.as_os_str().to_owned()),
        ("DISPLAY", ":9".into()),
        ("LC_TIME", "de_DE.UTF-8".into()),
        ("LD_PRELOAD", "/planted.so".into()),
        ("SSLKEYLOGFILE", "/planted".into()),
        ("PATH", "/planted".into()),
    ];
    let environment = environment.map(|(name, value)| (OsString::from(name), value));
    let able = dialect::abilities(None, false);
    fake().start_in(environment.into_iter(), handoff, &able, &Residue::nowhere()).await
}

fn noted(home: &Path, what: &str) -> Vec<String> {
    let bytes = fs::read(home.join(what)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

async fn run(title: &str) -> (TempDir, crate::ClientExit) {
    let home = TempDir::new().unwrap();
    let client = start(home.path(), handoff(title)).await.unwrap();
    let exit = tokio::time::timeout(PATIENCE, client.wait()).await.expect("it ends");
    (home, exit)
}

fn expected(title: &str) -> Vec<String> {
    let certificate = vec!["ab"; 32].join(":");
    [
        "/v:127.4.5.6:34567",
        "/u:ot-abcdefgh",
        &format!("/cert:fingerprint:sha256:{certificate}"),
        &format!("/t:{title}"),
        "/from-stdin:force",
        "/sec:nla",
        "+auto-reconnect",
        "/auto-reconnect-max-retries:360",
        "-multitransport",
        "/log-level:WARN",
        "/dynamic-resolution",
        "-drives",
        "-home-drive",
        "+clipboard",
        "/sound",
    ]
    .map(str::to_owned)
    .to_vec()
}

#[tokio::test]
async fn the_client_gets_exactly_these_arguments_and_the_password_on_stdin_alone() {
    let (home, exit) = run("CLIENT · HOST · ACCOUNT").await;
    assert_eq!(noted(home.path(), "argv"), expected("CLIENT · HOST · ACCOUNT"));
    assert_eq!(noted(home.path(), "stdin"), [format!("{ONE_TIME}\n")]);
    let elsewhere = [noted(home.path(), "argv"), noted(home.path(), "environ")].concat().join("\n");
    assert!(!elsewhere.contains(ONE_TIME));
    assert_eq!((exit.code, exit.early), (Some(7), true));
}

#[tokio::test]
async fn the_client_inherits_only_what_a_window_needs() {
    let (home, _) = run("title").await;
    let environment: BTreeMap<String, String> = noted(home.path(), "environ")
        .iter()
        .filter_map(|line| line.split_once('='))
        // The fake is a shell script; these three are the shell's own.
        .filter(|(name, _)| !matches!(*name, "PWD" | "_" | "SHLVL"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let names: Vec<&str> = environment.keys().map(String::as_str).collect();
    assert_eq!(names, ["DISPLAY", "HOME", "LC_TIME", "PATH"]);
    assert_eq!(environment["PATH"], "/usr/bin:/bin");
}

#[tokio::test]
async fn a_hostile_title_stays_one_value() {
    for (hostile, shown) in [
        ("/p:x", "/p:x"),
        ("a\r\n/cert:ignore\n", "a  /cert:ignore"),
        ("\"; rm -rf ~; $(id) `id` %COMSPEC%", "\"; rm -rf ~; $(id) `id` %COMSPEC%"),
        ("a\0b", "a b"),
        ("\u{202E}drowssap\u{2028}\u{200B}", "drowssap"),
        (" /v:10.0.0.1 +drives ", "/v:10.0.0.1 +drives"),
        ("", ""),
    ] {
        let (home, _) = run(hostile).await;
        assert_eq!(noted(home.path(), "argv"), expected(shown), "{hostile:?}");
    }
    let (home, _) = run(&"x".repeat(65_536)).await;
    assert_eq!(noted(home.path(), "argv"), expected(&("x".repeat(199) + "\u{2026}")));
}

#[tokio::test]
async fn what_is_no_handoff_of_an_injector_starts_nothing() {
    let with = |change: &dyn Fn(&mut Handoff)| {
        let mut handoff = handoff("title");
        change(&mut handoff);
        handoff
    };
    for handoff in [
        with(&|handoff| handoff.address = "10.0.0.1:3389".parse().unwrap()),
        with(&|handoff| handoff.user = "adm /drives".to_owned()),
        with(&|handoff| handoff.user = "adm\n".to_owned()),
        with(&|handoff| handoff.user.clear()),
        with(&|handoff| handoff.password = Secret::new("a\nb".to_owned())),
        with(&|handoff| handoff.password = Secret::new(String::new())),
    ] {
        let home = TempDir::new().unwrap();
        let refused = start(home.path(), handoff).await.err();
        assert_eq!(refused, Some(StartError::NotAHandoff));
        assert!(!home.path().join("argv").exists());
    }
}

#[tokio::test]
async fn the_last_lines_are_kept_without_the_one_time_password() {
    let (_home, exit) = run("title").await;
    assert!(exit.last_lines.contains(&"last words".to_owned()), "{:?}", exit.last_lines);
    assert!(exit.last_lines.contains(&"(line left out)".to_owned()), "{:?}", exit.last_lines);
    assert!(!exit.last_lines.concat().contains(ONE_TIME));
}

#[tokio::test]
async fn dropping_it_leaves_the_client_alone_and_ending_it_does_not() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("stay"), "").unwrap();
    let dropped = start(home.path(), handoff("title")).await.unwrap();
    let id = dropped.id().unwrap();
    drop(dropped);
    let ended = start(home.path(), handoff("title")).await.unwrap();
    ended.end();
    let exit = tokio::time::timeout(PATIENCE, ended.wait()).await.expect("it is ended");
    assert_eq!(exit.code, None, "by a signal, after its grace");
    assert!(Path::new(&format!("/proc/{id}")).exists(), "the dropped one still runs");
    let killed = tokio::process::Command::new("/bin/kill").arg(id.to_string()).status().await;
    assert!(killed.unwrap().success());
}

#[tokio::test]
async fn a_program_that_cannot_be_started_is_told_apart() {
    let client = RdpClient { program: "/nonexistent/xfreerdp".into(), says_three: true };
    let refused = client.start(handoff("title"), &Residue::nowhere()).await.err();
    assert_eq!(refused, Some(StartError::NotStarted(std::io::ErrorKind::NotFound)));
}

#[test]
fn a_program_that_others_may_change_is_not_started() {
    let folder = TempDir::new().unwrap();
    let program = folder.path().join("xfreerdp");
    assert_eq!(judge(&program), Found::Missing);
    fs::write(&program, "").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o777)).unwrap();
    assert_eq!(judge(&program), Found::Unsafe);
    assert_eq!(judge(folder.path()), Found::Missing, "a folder is no program");
    assert_eq!(judge(Path::new("/bin/sh")), Found::Usable);
}

#[test]
fn a_client_is_found_at_an_absolute_path_or_what_to_install_is_named() {
    match find_rdp() {
        Ok(client) => assert!(client.program.is_absolute()),
        Err(ClientMissing::NotInstalled { looked_at, packages, .. }) => {
            assert!(looked_at.iter().all(|path| path.is_absolute()));
            assert!(!packages.is_empty());
        }
    }
}
