//! How many tests ran, read from what the runners print.

/// Passed and failed tests, or checks where a stage has no tests.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counts {
    pub(super) passed: u32,
    pub(super) failed: u32,
}

impl Counts {
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// A stage counts as one check at least, and a failed one as one failure at least.
    pub(super) fn at_least_one(mut self, stage_failed: bool) -> Self {
        if stage_failed {
            self.failed = self.failed.max(1);
        } else if self.is_empty() {
            self.passed = 1;
        }
        self
    }

    /// Adds a summary line of `cargo test` or of vitest; other lines add nothing.
    pub(super) fn read(&mut self, line: &str) {
        let line = line.trim();
        let summary = line.strip_prefix("test result:").or_else(|| line.strip_prefix("Tests "));
        let Some(summary) = summary else { return };
        self.passed += number_before(summary, "passed");
        self.failed += number_before(summary, "failed");
    }
}

/// The number in front of this word: 3 in `ok. 3 passed; 0 failed`.
fn number_before(summary: &str, word: &str) -> u32 {
    let words: Vec<&str> =
        summary.split([' ', ';', '|', '.']).filter(|word| !word.is_empty()).collect();
    let pairs = words.windows(2).filter_map(|pair| <&[&str; 2]>::try_from(pair).ok());
    let mut numbers = pairs.filter(|pair| pair[1] == word).filter_map(|pair| pair[0].parse().ok());
    numbers.next().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn counted(lines: &[&str]) -> (u32, u32) {
        let mut counts = Counts::default();
        for line in lines {
            counts.read(line);
        }
        (counts.passed, counts.failed)
    }

    #[test]
    fn results_of_several_binaries_are_summed() {
        let ok = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        let bad = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(counted(&[ok, "running 5 tests", bad]), (15, 2));
    }

    #[test]
    fn results_of_the_pages_are_counted() {
        assert_eq!(counted(&["      Tests  10 passed (10)"]), (10, 0));
        assert_eq!(counted(&[" Tests  1 failed | 9 passed (10)"]), (9, 1));
        assert_eq!(counted(&[" Test Files  2 passed (2)"]), (0, 0));
    }

    #[test]
    fn a_failed_stage_counts_even_if_no_test_did() {
        assert_eq!(Counts { passed: 4, failed: 0 }.at_least_one(true).failed, 1);
        assert_eq!(Counts::default().at_least_one(false).passed, 1);
    }
}
