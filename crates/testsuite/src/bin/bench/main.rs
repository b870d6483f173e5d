//! Measures, for `cargo xtask bench NAME`: one JSON object per line on standard output.
//!
//! Never part of a test. Each figure and its peer's are measured in alternation in one run, and a run
//! in which anything but the measured thing happened (a refused sign-in, a short list) is an error.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "figures are this program's result")]
#![expect(clippy::print_stderr, reason = "and its progress goes beside them")]

#[cfg(target_os = "linux")]
mod connect;
mod figure;
mod itglue;
mod listing;
mod log;
mod peer;
#[cfg(target_os = "linux")]
mod rdp;
mod sample;
#[cfg(target_os = "linux")]
mod start;
#[cfg(target_os = "linux")]
mod unlock;

use std::process::ExitCode;

use serde_json::Value;
use usher_testsuite::{Result, holder};

/// A figure or two.
type Part = fn() -> Result<Vec<Value>>;

#[cfg(target_os = "linux")]
const PARTS: &[(&str, Part)] = &[
    ("connect", connect::measure),
    ("listing", listing::measure),
    ("many", rdp::many),
    ("throughput", rdp::throughput),
    ("updates", rdp::updates),
    ("start", start::measure),
    ITGLUE,
    LOG,
    ("unlock", unlock::measure),
];
/// The RDP host and the display of the stand-in world are there on Linux only.
#[cfg(not(target_os = "linux"))]
const PARTS: &[(&str, Part)] = &[("listing", listing::measure), ITGLUE, LOG];

/// Parts that are asked for together.
const GROUPS: &[(&str, &[&str])] = &[
    ("rdp", &["connect", "many", "throughput", "updates"]),
    ("spine", &["connect", "listing", "start"]),
    ("vault", &["unlock", "log"]),
];

/// Its own name, and no part of `spine`.
const ITGLUE: (&str, Part) = ("itglue", itglue::measure);
/// The same; a part of `vault`.
const LOG: (&str, Part) = ("log", log::measure);

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    if name == itglue::LISTER {
        return served("our client", itglue::serve());
    }
    if name == holder::WORD {
        return served("the holder", holder::serve());
    }
    let wanted = |part: &&(&str, Part)| {
        name == part.0
            || GROUPS.iter().any(|(group, parts)| name == *group && parts.contains(&part.0))
    };
    let parts: Vec<_> = PARTS.iter().filter(wanted).collect();
    if parts.is_empty() {
        eprintln!(
            "name what to measure: itglue, rdp (connect, many, throughput, updates), \
             spine (connect, listing, start), vault (unlock, log)"
        );
        return ExitCode::FAILURE;
    }
    let failed = parts.iter().filter(|(part, measure)| !printed(part, *measure)).count();
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Not for people: a process of its own for the figures of `itglue`, and of `rdp`.
fn served(what: &str, done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{what}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures a part and prints its figures; says what was in the way otherwise.
fn printed(part: &str, measure: Part) -> bool {
    eprintln!("measuring: {part}");
    match measure() {
        Ok(figures) => {
            for figure in figures {
                println!("{figure}");
            }
            true
        }
        Err(error) => {
            eprintln!("{part}: not measured: {error}");
            false
        }
    }
}
