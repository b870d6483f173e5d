//! The table at the end, why a stage did not pass, and the sum.

use std::{process::ExitCode, time::Duration};

use super::{
    counts::Counts,
    outcome::{End, Outcome},
};
use crate::{say, table};

/// Prints all of it.
pub(super) fn print(outcomes: &[Outcome]) -> ExitCode {
    let sum = sum(outcomes);
    let mut rows = vec![["stage", "time", "passed", "failed"].map(str::to_owned).to_vec()];
    rows.extend(outcomes.iter().map(row));
    rows.push(cells("all", outcomes.iter().map(|one| one.took).sum(), sum));
    say::heading("summary");
    say::line(table::text(&rows));
    outcomes.iter().for_each(explain);
    let skipped = outcomes.iter().filter(|one| matches!(one.end, End::Skipped(_))).count();
    let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
    say::line(format!("{} passed, {} failed{skipped}", sum.passed, sum.failed));
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Why a stage did not pass.
fn explain(outcome: &Outcome) {
    let stage = outcome.stage;
    match &outcome.end {
        End::Passed => {}
        End::Skipped(why) => say::line(format!("\nstage `{stage}` SKIPPED: {why}")),
        End::Failed(error) => {
            say::line(format!("\nstage `{stage}` failed: {error:#}"));
            say::line(format!("run it alone with: cargo xtask test {stage}"));
        }
    }
}

fn sum(outcomes: &[Outcome]) -> Counts {
    let counts = outcomes.iter().map(|one| one.counts);
    counts.fold(Counts::default(), Counts::and)
}

fn row(outcome: &Outcome) -> Vec<String> {
    if matches!(outcome.end, End::Skipped(_)) {
        return [outcome.stage, &clock(outcome.took), "skipped", "-"].map(str::to_owned).to_vec();
    }
    cells(outcome.stage, outcome.took, outcome.counts)
}

fn cells(name: &str, took: Duration, counts: Counts) -> Vec<String> {
    vec![name.to_owned(), clock(took), counts.passed.to_string(), counts.failed.to_string()]
}

/// Minutes and seconds.
pub(super) fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Counts, End, Outcome, row, sum};

    fn of(passed: u32, failed: u32, end: End) -> Outcome {
        let counts = Counts { passed, failed };
        Outcome { stage: "s", took: Duration::from_secs(61), counts, end }
    }

    #[test]
    fn a_failing_stage_fails_the_whole() {
        let failed = End::Failed(anyhow::anyhow!("as this test wants it"));
        let sum = sum(&[of(3, 0, End::Passed), of(0, 1, failed)]);
        assert_eq!((sum.passed, sum.failed), (3, 1));
    }

    #[test]
    fn a_skipped_stage_is_shown_as_skipped() {
        let skipped = of(0, 0, End::Skipped("as this test wants it".to_owned()));
        assert_eq!(row(&skipped), ["s", "1:01", "skipped", "-"]);
        assert_eq!(row(&of(2, 0, End::Passed)), ["s", "1:01", "2", "0"]);
    }
}
