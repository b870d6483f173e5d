//! Another program in mstsc's place: what it leaves is taken away when it ends.

use std::fs;
use std::time::Duration;

use tempfile::TempDir;
use usher_core::entry::DevicePolicy;
use uuid::Uuid;

use super::*;

const PATIENCE: Duration = Duration::from_mins(1);

/// Of these tests alone, one for each.
fn handoff(last: u8) -> Handoff {
    Handoff {
        address: SocketAddr::from(([127, 77, 0, last], 50123)),
        user: "ot-abcdefgh".to_owned(),
        password: Secret::new(Uuid::new_v4().simple().to_string()),
        certificate_sha256: [0xAB; 32],
        title: "CLIENT · HOST · ACCOUNT".to_owned(),
        devices: DevicePolicy::default(),
        display: Display::default(),
    }
}

/// It leaves at once: it is asked nothing, and its input is at its end.
fn short() -> RdpClient {
    let folder = system::folder().unwrap();
    RdpClient { program: folder.join("cmd.exe"), folder }
}

fn stored(last: u8) -> usize {
    credentials::list(&format!("TERMSRV/127.77.0.{last}*")).unwrap().len()
}

fn journal(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("residue.jsonl")).unwrap_or_default()
}

#[tokio::test]
async fn when_a_client_has_ended_nothing_of_it_is_left() {
    let folder = TempDir::new().unwrap();
    let residue = Residue::open(folder.path()).unwrap();
    let client = short().start(handoff(51), &residue).await.unwrap();
    let exit = tokio::time::timeout(PATIENCE, client.wait()).await.expect("it ends");
    assert_eq!(exit.code, Some(0), "{exit:?}");
    assert_eq!((stored(51), journal(&folder)), (0, String::new()));
}

#[test]
fn a_credential_stands_in_the_journal_until_it_was_seen() {
    let folder = TempDir::new().unwrap();
    let residue = Residue::open(folder.path()).unwrap();
    let Handoff { user, password, .. } = handoff(52);
    let address = [127, 77, 0, 52].into();
    let traces = Traces::of_credential(address, &user, &password, &residue).unwrap();
    assert_eq!(stored(52), 1);
    assert!(journal(&folder).contains("TERMSRV/127.77.0.52"));
    traces.credential_seen();
    traces.credential_seen();
    assert_eq!((stored(52), journal(&folder)), (0, String::new()));
}

#[test]
fn a_credential_that_nobody_waits_for_any_more_goes() {
    let Handoff { user, password, .. } = handoff(53);
    let (address, residue) = ([127, 77, 0, 53].into(), Residue::nowhere());
    drop(Traces::of_credential(address, &user, &password, &residue).unwrap());
    assert_eq!(stored(53), 0);
}

#[test]
fn what_a_killed_program_left_is_swept_at_the_next_start() {
    let folder = TempDir::new().unwrap();
    let Handoff { user, password, .. } = handoff(54);
    let target = "TERMSRV/127.77.0.54";
    let killed = Residue::open(folder.path()).unwrap();
    drop(killed.note(Left::Credential { target: target.to_owned() }).unwrap());
    drop(killed);
    credentials::write(target, &user, &password).unwrap();
    let swept = Residue::open(folder.path()).unwrap().sweep(&OsCredentials).unwrap();
    assert_eq!(swept.removed, 1);
    assert_eq!((stored(54), journal(&folder)), (0, String::new()));
}

#[test]
fn a_planted_journal_removes_no_credential_of_another_tool() {
    let folder = TempDir::new().unwrap();
    let Handoff { user, password, .. } = handoff(57);
    let others = [("TERMSRV/planted.corp.example", user.as_str()), ("TERMSRV/127.77.0.57", "adm")];
    let journal = Residue::open(folder.path()).unwrap();
    for (target, user) in others {
        credentials::write(target, user, &password).unwrap();
        drop(journal.note(Left::Credential { target: target.to_owned() }).unwrap());
    }
    drop(journal);
    let swept = Residue::open(folder.path()).unwrap().sweep(&OsCredentials).unwrap();
    let there = others.map(|(target, _)| credentials::list(target).unwrap().len());
    for (target, _) in others {
        credentials::remove(target).unwrap();
    }
    assert_eq!((swept.refused, swept.removed), (2, 0));
    assert_eq!(there, [1, 1], "they stay");
}

#[test]
fn a_credential_of_another_tool_is_said_for_its_host_and_ours_is_not() {
    let Handoff { user, password, .. } = handoff(58);
    let host: Host = "noticed.corp.example".parse().unwrap();
    let stored = [("TERMSRV/noticed.corp.example", r"CORP\adm"), ("TERMSRV/127.77.0.58", &user)];
    for (target, user) in stored {
        credentials::write(target, user, &password).unwrap();
    }
    let (stale, all) = (stale_credentials(&host).unwrap(), other_credentials().unwrap());
    for (target, _) in stored {
        credentials::remove(target).unwrap();
    }
    let users: Vec<_> = stale.iter().map(|stored| stored.user.as_str()).collect();
    assert_eq!(users, [r"CORP\adm"]);
    assert!(all.contains(&stale[0]));
    assert!(!all.iter().any(|stored| stored.user == user), "{all:?}");
}

#[test]
fn only_mstsc_of_windows_own_folder_is_ended_by_a_sweep() {
    let folder = system::folder().unwrap();
    let as_shown = folder.join("mstsc.exe").to_string_lossy().to_uppercase();
    assert!(is_listed(Path::new(&as_shown)), "{as_shown}");
    assert!(!is_listed(&folder.join("cmd.exe")));
    assert!(!is_listed(Path::new(r"C:\planted\mstsc.exe")));
}

#[tokio::test]
async fn a_program_that_does_not_start_leaves_nothing() {
    let client = RdpClient { program: r"C:\nonexistent\mstsc.exe".into(), ..short() };
    let folder = TempDir::new().unwrap();
    let residue = Residue::open(folder.path()).unwrap();
    let refused = client.start(handoff(55), &residue).await.err();
    assert_eq!(refused, Some(StartError::NotStarted(std::io::ErrorKind::NotFound)));
    assert_eq!((stored(55), journal(&folder)), (0, String::new()));
}

#[tokio::test]
async fn what_is_no_handoff_of_ours_starts_and_stores_nothing() {
    for address in ["127.0.0.1:50123", "127.77.0.65:50123", "10.77.0.5:50123"] {
        let handoff = Handoff { address: address.parse().unwrap(), ..handoff(56) };
        let refused = short().start(handoff, &Residue::nowhere()).await.err();
        assert_eq!(refused, Some(StartError::NotAHandoff), "{address}");
    }
    let handoff = Handoff { user: "CORP\\adm".to_owned(), ..handoff(56) };
    let refused = short().start(handoff, &Residue::nowhere()).await.err();
    assert_eq!(refused, Some(StartError::NotAHandoff));
    assert_eq!(stored(56), 0);
}

#[test]
fn windows_own_folder_is_absolute_and_mstsc_is_looked_for_there_alone() {
    let folder = system::folder().unwrap();
    assert!(folder.is_absolute() && folder.is_dir(), "{}", folder.display());
    match find_rdp() {
        Ok(client) => assert_eq!(client.program(), folder.join("mstsc.exe")),
        Err(ClientMissing::NotInstalled { looked_at, .. }) => {
            assert_eq!(looked_at, [folder.join("mstsc.exe")]);
        }
    }
}
