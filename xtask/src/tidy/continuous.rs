//! Continuous integration runs what a person runs, and nothing else.

use super::tree::{Finding, Tree};

const SCRIPT: &str = ".ci/run";
const ONLY: [&str; 2] = ["cargo xtask test", "exec cargo xtask test"];
/// What a shell script needs to get there.
const AROUND: [&str; 2] = ["set ", "cd "];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(script) = tree.file(SCRIPT) else {
        return vec![Finding { path: SCRIPT.to_owned(), line: 0, what: "is missing".to_owned() }];
    };
    let commands = script.lines().filter(|(_, line)| {
        let around = AROUND.iter().any(|start| line.starts_with(start));
        !around && !line.trim().is_empty() && !line.starts_with('#')
    });
    let (right, wrong): (Vec<_>, Vec<_>) = commands.partition(|(_, line)| ONLY.contains(line));
    let missing = right.is_empty().then(|| script.finding(0, "does not call `cargo xtask test`"));
    let wrong = wrong.into_iter();
    let wrong =
        wrong.map(|(number, _)| script.finding(number, "calls more than `cargo xtask test`"));
    wrong.chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, Tree, check};

    fn found(text: &str) -> usize {
        check(&Tree::of(&[(SCRIPT, text)])).len()
    }

    #[test]
    fn the_one_command_is_right() {
        assert_eq!(
            found("#!/bin/sh\nset -eu\ncd \"$(dirname \"$0\")/..\"\nexec cargo xtask test\n"),
            0
        );
    }

    #[test]
    fn another_command_or_none_is_found() {
        assert_eq!(found("cargo xtask test\ncargo build\n"), 1);
        assert_eq!(found("cargo xtask test unit\n"), 2);
        assert_eq!(found("set -e\n"), 1);
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
