//! `usher doctor`: whether all that Usher needs is here and as it should be.

mod facts;
mod findings;
mod hardening;
mod rdp;

use std::fmt::Write as _;

use usher_broker::{Broker, RealWorld};

use self::findings::{Finding, Report, State};
use super::{Look, Outcome, print};

/// Looks and reports.
pub(super) async fn run(broker: &Broker<RealWorld>, look: &Look, offline: bool) -> Outcome {
    let facts = facts::gather(broker, offline).await;
    told(*look, &findings::report(&facts))
}

/// Has the RDP client sign in on this computer, and reports.
pub(super) async fn rdp(look: &Look) -> Outcome {
    told(*look, &rdp::report(&rdp::gather().await))
}

fn told(look: Look, report: &Report) -> Outcome {
    print::answer(look.json, report, table(report));
    if report.good { Outcome::Good } else { Outcome::Bad }
}

/// One line a finding, the names in one column.
fn table(report: &Report) -> String {
    let width = report.findings.iter().map(|finding| finding.check.len()).max().unwrap_or(0);
    let mut text = String::new();
    for Finding { check, state, found, advice } in &report.findings {
        let mark = match state {
            State::Good => "ok  ",
            State::Note => "note",
            State::Bad => "BAD ",
        };
        writeln!(text, "{mark}  {check:<width$}  {found}").ok();
        if let Some(advice) = advice {
            writeln!(text, "      {:<width$}  {advice}", "").ok();
        }
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
