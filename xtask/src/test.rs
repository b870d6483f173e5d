//! The README's second command, and all that CI calls: every check there is, in stages.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use counts::Counts;
use stages::{STAGES, Stage};

use crate::{args::Args, say, table};

mod counts;
mod e2e;
mod private_room;
mod stages;

pub(crate) use e2e::end_to_end;

/// What a stage is told, and where it counts what ran.
struct Run {
    no_install: bool,
    counts: Counts,
}

struct Outcome {
    stage: &'static str,
    took: Duration,
    counts: Counts,
    failure: Option<anyhow::Error>,
}

/// All stages in order, or the named one; the first failure ends it. The last line is the sum.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if args.has("--list") {
        let rows: Vec<_> =
            STAGES.iter().map(|s| vec![s.name.to_owned(), s.what.to_owned()]).collect();
        say::line(table::text(&rows));
        return Ok(ExitCode::SUCCESS);
    }
    let mut outcomes: Vec<Outcome> = Vec::new();
    for stage in chosen(args.name())? {
        let outcome = run_stage(stage, args.has("--no-install"));
        let failed = outcome.failure.is_some();
        outcomes.push(outcome);
        if failed {
            break;
        }
    }
    Ok(report(&outcomes))
}

fn chosen(name: Option<&str>) -> Result<Vec<&'static Stage>> {
    let all = STAGES.iter().filter(|stage| name.is_none_or(|name| name == stage.name));
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        let names = STAGES.iter().map(|stage| stage.name).collect::<Vec<_>>().join(" ");
        bail!("there is no stage `{}`; there are: {names}", name.unwrap_or_default());
    }
    Ok(all)
}

fn run_stage(stage: &Stage, no_install: bool) -> Outcome {
    say::heading(format!("{}: {}", stage.name, stage.what));
    let outcome = outcome(stage, no_install);
    let took = clock(outcome.took);
    match &outcome.failure {
        None => say::line(format!("-- {} passed in {took}", stage.name)),
        Some(error) => say::line(format!("-- {} FAILED in {took}: {error:#}", stage.name)),
    }
    outcome
}

fn outcome(stage: &Stage, no_install: bool) -> Outcome {
    let started = Instant::now();
    let mut run = Run { no_install, counts: Counts::default() };
    let done = (stage.run)(&mut run);
    let failure = done.and_then(|()| asserted_something(stage, run.counts)).err();
    Outcome {
        stage: stage.name,
        took: started.elapsed(),
        counts: run.counts.at_least_one(failure.is_some()),
        failure,
    }
}

/// A stage of tests in which no test ran is a broken stage.
fn asserted_something(stage: &Stage, counts: Counts) -> Result<()> {
    if stage.has_tests && counts.is_empty() {
        bail!("no test ran");
    }
    Ok(())
}

fn report(outcomes: &[Outcome]) -> ExitCode {
    let sum = sum(outcomes);
    let mut rows = vec![["stage", "time", "passed", "failed"].map(str::to_owned).to_vec()];
    rows.extend(outcomes.iter().map(|one| row(one.stage, one.took, one.counts)));
    rows.push(row("all", outcomes.iter().map(|one| one.took).sum(), sum));
    say::heading("summary");
    say::line(table::text(&rows));
    let mut failures = outcomes.iter().filter_map(|one| Some((one.stage, one.failure.as_ref()?)));
    if let Some((stage, error)) = failures.next() {
        say::line(format!("\nstage `{stage}` failed: {error:#}"));
        say::line(format!("run it alone with: cargo xtask test {stage}"));
    }
    say::line(format!("{} passed, {} failed", sum.passed, sum.failed));
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn sum(outcomes: &[Outcome]) -> Counts {
    let counts = outcomes.iter().map(|one| one.counts);
    counts.fold(Counts::default(), Counts::and)
}

fn row(name: &str, took: Duration, counts: Counts) -> Vec<String> {
    vec![name.to_owned(), clock(took), counts.passed.to_string(), counts.failed.to_string()]
}

fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Run, STAGES, Stage, chosen, outcome, sum};

    fn of(has_tests: bool, run: fn(&mut Run) -> anyhow::Result<()>) -> Outcome {
        let stage = Stage { name: "s", what: "a stage of this test", has_tests, run };
        outcome(&stage, true)
    }

    #[test]
    fn a_stage_without_tests_counts_as_one_check() {
        let passed = of(false, |_| Ok(()));
        assert_eq!((passed.counts.passed, passed.counts.failed), (1, 0));
    }

    #[test]
    fn a_stage_of_tests_in_which_none_ran_fails() {
        let empty = of(true, |_| Ok(()));
        assert_eq!((empty.counts.passed, empty.counts.failed), (0, 1));
        assert!(empty.failure.is_some());
    }

    #[test]
    fn a_failing_stage_fails_the_whole() {
        let failing = of(false, |_| anyhow::bail!("as this test wants it"));
        let sum = sum(&[of(false, |_| Ok(())), failing]);
        assert_eq!((sum.passed, sum.failed), (1, 1));
    }

    #[test]
    fn a_stage_is_found_by_name_and_a_wrong_name_is_refused() {
        assert_eq!(chosen(Some("tidy")).unwrap().len(), 1);
        assert_eq!(chosen(None).unwrap().len(), STAGES.len());
        assert!(chosen(Some("everything")).is_err());
    }
}
