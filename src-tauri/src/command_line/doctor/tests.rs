//! The report, as JSON and as a table, over facts of the tests' own.

use expect_test::{ExpectFile, expect_file};
use usher_broker::protocol::{
    Code, Damage, Detail, Door, DoorState, Failure, Fault, KeyringState, Region,
};
use usher_clients::ClientMissing;
use usher_presence::{Means, Source};

use super::facts::Facts;
use super::hardening::Hardening;
use super::*;

fn all_is_well() -> Facts {
    let door = Door {
        state: DoorState::Locked,
        people: Vec::new(),
        keyring: KeyringState::Ok,
        damage: None,
        test_build: false,
        waiting: 0,
        path: "/home/ada/.local/share/usher/vault.sqlite".to_owned(),
    };
    Facts {
        version: "1.2.3",
        door: Ok(door),
        client: Ok("/usr/bin/xfreerdp3".into()),
        web_view: Some("2.50.6".to_owned()),
        it_glue: vec![(Region::Us, Ok(84)), (Region::Eu, Ok(31)), (Region::Au, Ok(290))],
        hardening: Hardening {
            readable: Some(false),
            core_limit: Some(0),
            ptrace_scope: Some(1),
            wiped: Some(true),
        },
        presence: Means {
            idle: Some(Source::X11),
            screen_lock: vec![Source::Logind, Source::ScreenSaver],
            suspend: Some(Source::Logind),
        },
    }
}

fn nothing_is() -> Facts {
    let refused = || Some(Failure { code: Code::Unreachable, detail: Detail::Plain });
    let damage =
        Damage { fault: Fault::VaultRolledBack, table: None, row: None, read_only_offered: true };
    let well = all_is_well();
    let door = well.door.map(|door| Door {
        keyring: KeyringState::Missing,
        damage: Some(damage),
        test_build: true,
        ..door
    });
    let (looked_at, unsafe_ones) = (Vec::new(), Vec::new());
    Facts {
        door,
        client: Err(ClientMissing::NotInstalled { looked_at, unsafe_ones, packages: &[] }),
        web_view: None,
        it_glue: [Region::Us, Region::Eu, Region::Au].map(|region| (region, Err(refused()))).into(),
        hardening: Hardening {
            readable: Some(true),
            core_limit: Some(u64::MAX),
            ptrace_scope: Some(0),
            wiped: Some(false),
        },
        presence: Means::default(),
        ..well
    }
}

fn json(facts: &Facts, expected: &ExpectFile) -> bool {
    let report = findings::report(facts);
    expected.assert_eq(&(serde_json::to_string_pretty(&report).expect("JSON") + "\n"));
    report.good
}

#[test]
fn where_all_is_well_the_report_says_so() {
    assert!(json(&all_is_well(), &expect_file!["well.json"]));
}

#[test]
fn what_is_in_the_way_is_named_with_what_to_do() {
    assert!(!json(&nothing_is(), &expect_file!["not_well.json"]));
}

#[test]
fn a_person_reads_a_table() {
    expect_file!["not_well.txt"].assert_eq(&table(&findings::report(&nothing_is())));
}

#[test]
fn a_vault_that_cannot_be_read_takes_a_backup() {
    let detail = Detail::Fault { fault: Fault::VaultCorrupt };
    let corrupt = Failure { code: Code::Storage, detail };
    let report = findings::report(&Facts { door: Err(Some(corrupt)), ..all_is_well() });
    let vault = report.findings.iter().find(|finding| finding.check == "vault");
    let advice = vault.and_then(|finding| finding.advice);
    assert_eq!(advice, Some("Keep a copy of the file and restore a backup"));
    assert!(!report.good);
}

#[test]
fn one_region_that_answers_is_enough() {
    let mut facts = all_is_well();
    facts.it_glue[1].1 = Err(None);
    facts.it_glue[2].1 = Err(None);
    assert!(findings::report(&facts).good);
    facts.it_glue[0].1 = Err(None);
    assert!(!findings::report(&facts).good);
    facts.it_glue.clear();
    assert!(findings::report(&facts).good, "not asked is not in the way");
}

#[test]
fn an_empty_keyring_is_as_it_should_be_only_before_there_is_a_vault() {
    let with = |state| {
        let mut facts = all_is_well();
        facts.door = facts.door.map(|door| Door { state, keyring: KeyringState::Empty, ..door });
        findings::report(&facts).good
    };
    assert!(with(DoorState::None));
    assert!(!with(DoorState::Locked));
}
