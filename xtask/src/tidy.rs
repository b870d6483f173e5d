//! Rules about the text of the repository that no linter knows. One file per rule, each with a test
//! that feeds it a violation and sees it found.

use anyhow::{Result, bail};
use tree::{Finding, Tree};

use crate::{place, say};

mod continuous;
mod expose;
mod front_page;
mod instrument;
mod length;
mod licence;
mod names;
mod pages;
mod skipped;
mod todo;
mod tree;
mod whitespace;

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: &[Rule] = &[
    continuous::check,
    expose::check,
    front_page::check,
    instrument::check,
    length::check,
    licence::check,
    names::check,
    pages::check,
    skipped::check,
    todo::check,
    whitespace::check,
];

/// Applies all rules to all files of the repository and names every finding.
pub(crate) fn run() -> Result<()> {
    let tree = Tree::read(place::root())?;
    let findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    for finding in &findings {
        say::line(finding);
    }
    if !findings.is_empty() {
        bail!("{} findings", findings.len());
    }
    say::line(format!("{} rules over {} files: nothing found", RULES.len(), tree.files().len()));
    Ok(())
}
