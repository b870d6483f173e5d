//! One stage's run: what it is told, and what it came to.

use std::time::{Duration, Instant};

use anyhow::{Error, Result, anyhow, bail};

use super::{counts::Counts, stages::Stage};
use crate::args::Args;

/// What a stage is told, where it counts what ran, and says why it cannot run here.
#[derive(Default)]
pub(super) struct Run {
    pub(super) no_install: bool,
    /// A stage that cannot run here has failed.
    no_skip: bool,
    pub(super) counts: Counts,
    skipped: Option<String>,
}

impl Run {
    pub(super) fn new(args: &Args) -> Self {
        let (no_install, no_skip) = (args.has("--no-install"), args.has("--no-skip"));
        Self { no_install, no_skip, ..Self::default() }
    }

    /// This machine lacks what the stage needs. It is shown as skipped, and passed nothing.
    pub(super) fn skip(&mut self, why: String) {
        self.skipped = Some(why);
    }
}

/// What a stage came to.
pub(super) struct Outcome {
    pub(super) stage: &'static str,
    pub(super) took: Duration,
    pub(super) counts: Counts,
    pub(super) end: End,
}

/// How a stage ended.
pub(super) enum End {
    Passed,
    Skipped(String),
    Failed(Error),
}

impl Outcome {
    /// Runs the stage.
    pub(super) fn of(stage: &Stage, mut run: Run) -> Self {
        let started = Instant::now();
        let end = (stage.run)(&mut run).map_or_else(End::Failed, |()| end(stage, &run));
        let counts = match &end {
            End::Passed => run.counts.at_least_one(false),
            End::Skipped(_) => Counts::default(),
            End::Failed(_) => run.counts.at_least_one(true),
        };
        Self { stage: stage.name, took: started.elapsed(), counts, end }
    }
}

/// What a stage came to that met no error.
fn end(stage: &Stage, run: &Run) -> End {
    match &run.skipped {
        Some(why) if run.no_skip => End::Failed(anyhow!("it may not be skipped, but: {why}")),
        Some(why) => End::Skipped(why.clone()),
        None => asserted_something(stage, run.counts).map_or_else(End::Failed, |()| End::Passed),
    }
}

/// A stage of tests in which no test ran is a broken stage.
fn asserted_something(stage: &Stage, counts: Counts) -> Result<()> {
    if stage.has_tests && counts.is_empty() {
        bail!("no test ran");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{End, Outcome, Run, Stage};

    fn of(has_tests: bool, run: fn(&mut Run) -> anyhow::Result<()>) -> Outcome {
        let stage = Stage { name: "s", what: "a stage of this test", has_tests, run };
        Outcome::of(&stage, Run::default())
    }

    fn skipping(no_skip: bool) -> Outcome {
        let run = |run: &mut Run| {
            run.skip("this test wants it".to_owned());
            Ok(())
        };
        let stage = Stage { name: "s", what: "a stage of this test", has_tests: true, run };
        Outcome::of(&stage, Run { no_skip, ..Run::default() })
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
        assert!(matches!(empty.end, End::Failed(_)));
    }

    #[test]
    fn a_skipped_stage_neither_passed_nor_failed() {
        let skipped = skipping(false);
        assert_eq!((skipped.counts.passed, skipped.counts.failed), (0, 0));
        assert!(matches!(skipped.end, End::Skipped(_)));
    }

    #[test]
    fn where_nothing_may_be_skipped_it_failed() {
        let refused = skipping(true);
        assert_eq!((refused.counts.passed, refused.counts.failed), (0, 1));
        assert!(matches!(refused.end, End::Failed(why) if why.to_string().contains("wants it")));
    }

    #[test]
    fn a_failing_stage_counts_as_one_failure() {
        let failing = of(false, |_| anyhow::bail!("as this test wants it"));
        assert_eq!((failing.counts.passed, failing.counts.failed), (0, 1));
        assert!(matches!(failing.end, End::Failed(_)));
    }
}
