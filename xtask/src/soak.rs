//! What takes too long, or needs too much, to be part of `test`.

use anyhow::{Result, bail};

use crate::{args::Args, deny, fuzz, program::Program, say, table, test, windows};

mod freerdp3;

struct Soak {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<()>,
}

const SOAKS: &[Soak] = &[
    Soak {
        name: "advisories",
        what: "known vulnerabilities of our dependencies; needs the network",
        run: advisories,
    },
    Soak {
        name: "freerdp3",
        what: "the tests with real clients, with FreeRDP 3 of Debian 13; needs root and the network",
        run: freerdp3::run,
    },
    Soak { name: "fuzz", what: "new input for the readers, half an hour each", run: fuzz::run },
    Soak { name: "launches", what: "the end to end tests with 300 launches", run: launches },
    Soak {
        name: "macos",
        what: "the types of the code for macOS; nothing is compiled, linked or run",
        run: windows::check_macos,
    },
    Soak {
        name: "rdp",
        what: "300 launches with real clients, traced; 200 kills; 50 at a time; 5,000 hostile strings",
        run: rdp,
    },
    Soak { name: "rights", what: "100,000 edits at random: nobody gains unnoticed", run: rights },
    Soak {
        name: "vault",
        what: "10,000 damaged files, 1,400 forged rows, 50 older copies, 500 killed processes, \
               every write that fails, 10,000 updates by two processes",
        run: vault,
    },
    Soak {
        name: "windows",
        what: "the app's .exe, unoptimised, and the lints of the code for Windows",
        run: windows::soak,
    },
];

/// Runs one by name; without a name, lists them.
pub(crate) fn run(args: &Args) -> Result<()> {
    let Some(name) = args.name() else {
        let rows = SOAKS.iter().map(|soak| vec![soak.name.to_owned(), soak.what.to_owned()]);
        say::line(table::text(&rows.collect::<Vec<_>>()));
        return Ok(());
    };
    match SOAKS.iter().find(|soak| soak.name == name) {
        Some(soak) => (soak.run)(),
        None => bail!("there is no soak `{name}`; `cargo xtask soak` lists them"),
    }
}

fn advisories() -> Result<()> {
    let Some((ok, said)) = deny::tool()?.args(["check", "advisories"]).ask() else {
        bail!("cargo-deny could not be started");
    };
    say::line(said.trim_end());
    match verdict(ok, &said) {
        Verdict::Clean => Ok(()),
        Verdict::NotRun => {
            say::line("advisories: not run, the database cannot be reached from here");
            Ok(())
        }
        Verdict::Found => bail!("advisories were found"),
    }
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Clean,
    NotRun,
    Found,
}

/// cargo-deny ends alike for "found something" and "could not look".
fn verdict(ok: bool, said: &str) -> Verdict {
    match (ok, said.contains("failed to fetch advisory database")) {
        (true, _) => Verdict::Clean,
        (false, true) => Verdict::NotRun,
        (false, false) => Verdict::Found,
    }
}

fn launches() -> Result<()> {
    test::end_to_end(&[("USHER_SOAK", "300")])
}

/// The marks of what a test saw, and of how many passed.
const SEEN: [&str; 2] = ["seen:", "test result:"];

/// Minutes for the launches, for the clients room and for the fields of an entry: several times what
/// they take. Building is not counted.
const LAUNCHES_LIMIT: u32 = 150;
const CLIENTS_LIMIT: u32 = 60;
const FIELDS_LIMIT: u32 = 60;

/// All programmes, whatever the first comes to; what they saw once more at the end.
fn rdp() -> Result<()> {
    let launches = ["-p", "usher-testsuite", "--test", "soak"].as_slice();
    let clients = ["-p", "usher-clients"].as_slice();
    let fields = ["-p", "usher-testsuite", "--test", "suite", "hostile::"].as_slice();
    let strings = ("USHER_HOSTILE_STRINGS", "5000");
    let counts = [strings, ("USHER_TRACED_LAUNCHES", "300"), ("USHER_KILLS", "200")];
    let mut seen = Vec::new();
    let done = [
        counted(launches, &[("USHER_SOAK", "300")], LAUNCHES_LIMIT, &mut seen),
        counted(clients, &counts, CLIENTS_LIMIT, &mut seen),
        counted(fields, &[strings], FIELDS_LIMIT, &mut seen),
    ];
    say::heading("summary");
    seen.iter().for_each(say::line);
    done.into_iter().collect()
}

/// Builds these tests, and runs them one after another within so many minutes. Where they end before
/// their time, the last test that began stands in what was seen.
fn counted(
    what: &[&str],
    counts: &[(&str, &str)],
    minutes: u32,
    seen: &mut Vec<String>,
) -> Result<()> {
    let tests = ["test", "--release", "--no-fail-fast"];
    Program::cargo().args(tests).args(what).args(["--no-run"]).run()?;
    let run = Program::cargo_within(minutes).args(tests).args(what);
    let run = run.args(["--", "--nocapture", "--test-threads=1"]);
    let run = counts.iter().fold(run, |run, (key, value)| run.env(key, value));
    let mut began = String::new();
    let ended = run.run_reading(&mut |line| {
        if let Some(test) = begins(line) {
            test.clone_into(&mut began);
        }
        seen.extend(told(line));
    });
    if ended.is_err() {
        seen.push(format!("not done: {}; the last test that began: {began}", what.join(" ")));
    }
    ended
}

/// The test whose line this is. Without capture its result comes later.
fn begins(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.split_once(" ... ").map(|(test, _)| test)
}

/// What of a line belongs into the summary. Without capture the test's own name stands before it.
fn told(line: &str) -> Option<String> {
    let start = SEEN.iter().filter_map(|mark| line.find(mark)).min()?;
    line.get(start..).map(str::to_owned)
}

fn rights() -> Result<()> {
    let walk = ["test", "--release", "-p", "usher-core", "--lib", "entries::tests::walk"];
    Program::cargo().args(walk).env("USHER_WALK_STEPS", "100000").run()
}

fn vault() -> Result<()> {
    let all = ["test", "--release", "-p", "usher-vault", "--no-fail-fast"];
    Program::cargo().args(all).env("USHER_SOAK", "1").run()
}

#[cfg(test)]
mod tests {
    use super::{Verdict, begins, told, verdict};

    #[test]
    fn what_a_test_saw_is_in_the_summary_wherever_it_stands() {
        let line = "test launches::none ... seen: R1: 300 launches";
        assert_eq!(told(line).as_deref(), Some("seen: R1: 300 launches"));
        assert_eq!(told("test launches::none ... ok"), None);
    }

    #[test]
    fn a_test_that_never_ends_is_named() {
        assert_eq!(begins("test killed::nothing ... "), Some("killed::nothing"));
        assert_eq!(begins("test killed::nothing ... seen: R5"), Some("killed::nothing"));
        assert_eq!(begins("test result: ok. 1 passed"), None);
    }

    #[test]
    fn an_unreachable_database_is_neither_clean_nor_found() {
        let said = "[ERROR] failed to fetch advisory database https://example.invalid";
        assert_eq!(verdict(false, said), Verdict::NotRun);
        assert_eq!(verdict(false, "error[vulnerability]: a hole"), Verdict::Found);
        assert_eq!(verdict(true, "advisories ok"), Verdict::Clean);
    }
}
