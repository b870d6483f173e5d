//! What the report says, over facts of the tests' own. The real client is in the end-to-end tests.

use std::fmt::Write as _;
use std::time::Duration;

use expect_test::expect_file;
use usher_clients::Version;
use usher_clients::windows_policy::{Joined, OutgoingNtlm};

use super::super::findings::Report;
use super::super::table;
use super::*;

fn able(version: Option<(u16, u16, u16)>, trusted: bool) -> Abilities {
    let version = version.map(|(major, minor, patch)| Version { major, minor, patch });
    let three = version.is_some_and(|version| version.major == 3);
    Abilities { version, drives_and_files: trusted, text_alone: three, camera: false }
}

fn tried(able: Abilities, came: Result<Came, NotTried>) -> Facts {
    Facts {
        client: Ok("/usr/bin/xfreerdp".into()),
        tried: Some(Tried { able, came }),
        windows: None,
    }
}

fn came(connections: u32, tls: bool, millis: Option<u64>) -> Came {
    let signed_in = millis.map(Duration::from_millis);
    let asked_for_nla = connections > 0;
    let report = ProbeReport { connections, asked_for_nla, tls, signed_in, foreign: 0 };
    let last_line = signed_in.is_none().then(|| "[ERROR] failed to open display".to_owned());
    Came { report, last_line, unwritten: None }
}

fn missing() -> Facts {
    let (looked_at, unsafe_ones) = (vec!["/usr/bin/xfreerdp".into()], vec![]);
    let client = Err(ClientMissing::NotInstalled { looked_at, unsafe_ones, packages: &[] });
    Facts { client, tried: None, windows: None }
}

fn windows(policy: PolicyFacts) -> Facts {
    let mstsc = Abilities { camera: true, ..able(None, true) };
    let joined = Some(Joined::Workgroup);
    let came = Ok(came(2, true, Some(640)));
    let client = Ok("C:\\Windows\\System32\\mstsc.exe".into());
    let policy = PolicyFacts { joined, ..policy };
    let windows = Some(Windows { policy, trusted: false, stored: Ok(Vec::new()) });
    Facts { client, tried: Some(Tried { able: mstsc, came }), windows }
}

fn with_others() -> Facts {
    let stored = |target: &str, user: &str| StoredCredential {
        target: target.to_owned(),
        user: user.to_owned(),
    };
    let others =
        vec![stored("TERMSRV/srv-dc01", r"CORP\adm"), stored("TERMSRV/10.0.0.7", "Administrator")];
    let plain = windows(PolicyFacts::default());
    Facts {
        windows: plain.windows.map(|windows| Windows { stored: Ok(others), ..windows }),
        ..plain
    }
}

fn unlisted() -> Facts {
    let plain = windows(PolicyFacts::default());
    let stored = Err(ErrorKind::PermissionDenied);
    Facts { windows: plain.windows.map(|windows| Windows { stored, ..windows }), ..plain }
}

/// While the app runs, and while another program comes to the test's port.
fn disturbed(able: Abilities, unwritten: Unwritten) -> Facts {
    let Came { report, .. } = came(1, true, Some(412));
    let report = ProbeReport { foreign: 2, ..report };
    tried(able, Ok(Came { report, last_line: None, unwritten: Some(unwritten) }))
}

fn unsaved() -> PolicyFacts {
    PolicyFacts { no_saved_passwords: true, ..PolicyFacts::default() }
}

fn no_ntlm() -> PolicyFacts {
    PolicyFacts { outgoing_ntlm: OutgoingNtlm::Denied, ..PolicyFacts::default() }
}

fn all() -> Vec<(&'static str, Facts, bool)> {
    let old = able(Some((2, 11, 7)), false);
    let new = able(Some((3, 33, 0)), true);
    let unknown = able(None, false);
    let refused = StartError::NotStarted(ErrorKind::PermissionDenied);
    vec![
        ("signed in, FreeRDP 2", tried(old, Ok(came(1, true, Some(412)))), true),
        ("signed in, a safe FreeRDP 3", tried(new, Ok(came(2, true, Some(97)))), true),
        ("no desktop", tried(unknown, Ok(came(0, false, None))), false),
        ("no NLA", tried(old, Ok(came(1, false, None))), false),
        ("certificate refused", tried(old, Ok(came(3, true, None))), false),
        ("no listener", tried(old, Err(NotTried::NoListener)), false),
        ("did not start", tried(old, Err(NotTried::NotStarted(refused))), false),
        ("while the app runs", disturbed(new, Unwritten::InUse), true),
        ("before the app's first start", disturbed(new, Unwritten::NotYet), true),
        (
            "a journal that cannot be opened",
            disturbed(new, Unwritten::from(ErrorKind::PermissionDenied)),
            true,
        ),
        ("no client", missing(), false),
        ("Windows, a workgroup", windows(PolicyFacts::default()), true),
        ("Windows, no passwords saved", windows(unsaved()), true),
        ("Windows, NTLM denied", windows(no_ntlm()), false),
        ("Windows, with credentials of other tools", with_others(), true),
        ("Windows, credentials that cannot be listed", unlisted(), true),
    ]
}

#[test]
fn each_case_says_what_is_in_the_way() {
    let mut text = String::new();
    for (case, facts, is_good) in all() {
        let report: Report = report(&facts);
        assert_eq!(report.good, is_good, "{case}");
        writeln!(text, "== {case}\n{}\n", table(&report)).expect("text");
    }
    expect_file!["reports.txt"].assert_eq(&text);
}

#[test]
fn scripts_read_it_as_json() {
    let (_, facts, _) = all().remove(0);
    let json = serde_json::to_string_pretty(&report(&facts)).expect("JSON") + "\n";
    expect_file!["signed_in.json"].assert_eq(&json);
}

/// As the journal itself gives it, while another program of ours has it.
#[test]
fn a_journal_that_the_app_has_is_said_to_be_in_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let _app = Residue::open(folder.path()).expect("a journal");
    let refused = Residue::open(folder.path()).map(|_| ()).map_err(|error| error.kind());
    assert_eq!(refused.map_err(Unwritten::from), Err(Unwritten::InUse));
}
