//! What is taken and what is refused.

use clap::CommandFactory as _;
use clap::error::ErrorKind;

use super::*;

fn parse(words: &[&str]) -> Result<Option<Command>, ErrorKind> {
    let words = ["usher"].iter().chain(words);
    Arguments::try_parse_from(words).map(|asked| asked.command).map_err(|error| error.kind())
}

fn export(words: &[&str]) -> Export {
    match parse(&[&["audit", "export"], words].concat()) {
        Ok(Some(Command::Audit { job: AuditJob::Export(export) })) => export,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_arguments_are_consistent() {
    Arguments::command().debug_assert();
}

#[test]
fn the_doctor_looks_at_everything_or_at_one_thing() {
    let doctor = |words| match parse(words) {
        Ok(Some(Command::Doctor { job, look, offline })) => (job.is_some(), look.json, offline),
        other => panic!("{other:?}"),
    };
    assert_eq!(doctor(&["doctor", "--json", "--offline"]), (false, true, true));
    assert_eq!(doctor(&["doctor", "rdp", "--json"]), (true, false, false));
    assert!(parse(&["doctor", "--offline", "rdp"]).is_err(), "that would mean nothing");
    assert!(parse(&["doctor", "it_glue"]).is_err());
}

#[test]
fn nothing_opens_the_window() {
    assert!(matches!(parse(&[]), Ok(None)));
}

#[test]
fn each_command_is_understood() {
    let vault = parse(&["vault", "verify", "--json"]);
    let Ok(Some(Command::Vault { job: VaultJob::Verify(look) })) = vault else {
        panic!("{vault:?}")
    };
    assert!(look.json);
    let audit = parse(&["audit", "verify"]);
    let Ok(Some(Command::Audit { job: AuditJob::Verify(look) })) = audit else {
        panic!("{audit:?}")
    };
    assert!(!look.json);
    let doctor = parse(&["doctor", "--offline"]);
    assert!(matches!(doctor, Ok(Some(Command::Doctor { offline: true, .. }))));
}

#[test]
fn an_export_says_which_rows_and_how() {
    let said = export(&["log.csv"]);
    assert_eq!((said.format(), said.from, said.to), (ExportFormat::Csv, None, None));
    let words =
        ["log.jsonl", "--json-lines", "--from", "2026-11-01", "--to", "2026-11-02T01:00:00+01:00"];
    let said = export(&words);
    assert_eq!(said.format(), ExportFormat::JsonLines);
    assert_eq!(said.from, Some(At(1_793_491_200_000)));
    assert_eq!(said.to, Some(At(1_793_577_600_000)));
    assert_eq!(export(&["a", "--on", "DC01"]).on.as_deref(), Some("DC01"));
    assert_eq!(export(&["a", "--as", "Ada", "--person", "Bo"]).unlock_as.as_deref(), Some("Ada"));
}

#[test]
fn what_there_is_not_is_refused() {
    use ErrorKind::{ArgumentConflict, MissingRequiredArgument, UnknownArgument, ValueValidation};
    let refused = |words: &[&str]| parse(words).expect_err("it is refused");
    assert_eq!(refused(&["--verbose"]), UnknownArgument);
    assert_eq!(refused(&["audit", "export"]), MissingRequiredArgument);
    assert_eq!(refused(&["audit", "export", "f", "--csv", "--json-lines"]), ArgumentConflict);
    for when in ["yesterday", "2026-13-01", "1969-12-31", ""] {
        assert_eq!(refused(&["audit", "export", "f", "--from", when]), ValueValidation, "{when}");
    }
    // Who lists processes would read it.
    assert_eq!(refused(&["audit", "export", "f", "--passphrase", "x"]), UnknownArgument);
}
