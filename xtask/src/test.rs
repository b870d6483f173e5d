//! The README's second command, and all that CI calls: every check there is, in stages.

use std::process::ExitCode;

use anyhow::{Result, bail};
use outcome::{End, Outcome, Run};
use stages::{STAGES, Stage};

use crate::{args::Args, say, table};

mod counts;
mod e2e;
mod outcome;
mod private_room;
mod report;
mod stages;
mod xrdp;

pub(crate) use e2e::end_to_end;
pub(crate) use xrdp::lacking as lacking_for_xrdp;

/// All stages in order, or the named one; the first failure ends it. The last line is the sum.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    run_named(args, args.name())
}

/// The same with the stage named by us.
pub(crate) fn run_named(args: &Args, name: Option<&str>) -> Result<ExitCode> {
    if args.has("--list") {
        let rows: Vec<_> =
            STAGES.iter().map(|s| vec![s.name.to_owned(), s.what.to_owned()]).collect();
        say::line(table::text(&rows));
        return Ok(ExitCode::SUCCESS);
    }
    let mut outcomes: Vec<Outcome> = Vec::new();
    for stage in chosen(name)? {
        let outcome = run_stage(stage, Run::new(args));
        let failed = matches!(outcome.end, End::Failed(_));
        outcomes.push(outcome);
        if failed {
            break;
        }
    }
    Ok(report::print(&outcomes))
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

fn run_stage(stage: &Stage, run: Run) -> Outcome {
    say::heading(format!("{}: {}", stage.name, stage.what));
    let outcome = Outcome::of(stage, run);
    let (name, took) = (stage.name, report::clock(outcome.took));
    match &outcome.end {
        End::Passed => say::line(format!("-- {name} passed in {took}")),
        End::Skipped(why) => say::line(format!("SKIPPED: {why}\n-- {name} skipped in {took}")),
        End::Failed(error) => say::line(format!("-- {name} FAILED in {took}: {error:#}")),
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::{STAGES, chosen};

    #[test]
    fn a_stage_is_found_by_name_and_a_wrong_name_is_refused() {
        assert_eq!(chosen(Some("tidy")).unwrap().len(), 1);
        assert_eq!(chosen(None).unwrap().len(), STAGES.len());
        assert!(chosen(Some("everything")).is_err());
    }
}
