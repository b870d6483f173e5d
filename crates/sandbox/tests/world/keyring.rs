#![expect(clippy::disallowed_types, reason = "a real keyring client is the only proof")]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use usher_sandbox::keyring::PrivateSession;

fn secret_tool(session: &PrivateSession, arguments: &[&str], input: &str) -> Option<String> {
    let mut child = Command::new("/usr/bin/secret-tool")
        .env_clear()
        .envs(session.environment())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

fn store(session: &PrivateSession, text: &str) -> bool {
    secret_tool(session, &["store", "--label=test", "kind", "test"], text).is_some()
}

fn lookup(session: &PrivateSession) -> Option<String> {
    secret_tool(session, &["lookup", "kind", "test"], "")
}

#[test]
fn what_is_stored_is_found_here_and_in_no_other_session() {
    let session = PrivateSession::start().unwrap();
    let text = format!("{:016x}", rand::random::<u64>());
    assert!(store(&session, &text));
    assert_eq!(lookup(&session), Some(text));
    assert_eq!(lookup(&PrivateSession::start().unwrap()), None);
}

#[test]
fn without_a_keyring_storing_fails_until_it_is_started() {
    let mut session = PrivateSession::without_keyring().unwrap();
    assert!(!store(&session, "x"));
    session.start_keyring().unwrap();
    assert!(store(&session, "x"));
}

#[test]
fn items_outlive_a_restart_of_the_keyring() {
    let mut session = PrivateSession::start().unwrap();
    assert!(store(&session, "kept"));
    session.stop_keyring();
    assert_eq!(lookup(&session), None);
    session.start_keyring().unwrap();
    assert_eq!(lookup(&session).as_deref(), Some("kept"));
}

#[test]
fn the_private_home_is_gone_with_the_session() {
    let session = PrivateSession::start().unwrap();
    let home = session.home();
    assert!(home.join(".local/share/keyrings").is_dir());
    drop(session);
    assert!(!home.exists());
}
