//! Each crate's README is its front page, here and in the generated documentation.

use super::tree::{Finding, Tree};

const INCLUDE: &str = "#![doc = include_str!(\"../README.md\")]";
/// A title alone is no page.
const FEWEST_LINES: usize = 3;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.crates().flat_map(|folder| of_crate(tree, folder)).collect()
}

fn of_crate(tree: &Tree, folder: &str) -> Vec<Finding> {
    let path = format!("{folder}/README.md");
    let readme = tree.file(&path).map_or("", |file| file.text.as_str());
    let told = readme.lines().filter(|line| !line.trim().is_empty()).count() >= FEWEST_LINES;
    let roots = ["lib.rs", "main.rs"].map(|root| format!("{folder}/src/{root}"));
    let root = roots.iter().find_map(|root| tree.file(root));
    let included = root.is_some_and(|root| root.text.lines().any(|line| line == INCLUDE));
    let finding =
        |path: &str, what: &str| Finding { path: path.to_owned(), line: 1, what: what.to_owned() };
    let mut findings = Vec::new();
    if !told {
        findings.push(finding(&path, "does not say what the crate is for"));
    }
    if !included {
        findings.push(finding(folder, "its README is not its documentation"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{INCLUDE, Tree, check};

    const README: &str = "# a\n\nWhat it is.\n\nHow it is used.\n";

    fn found(readme: &str, lib: &str) -> usize {
        let files = [
            ("crates/a/Cargo.toml", ""),
            ("crates/a/README.md", readme),
            ("crates/a/src/lib.rs", lib),
        ];
        check(&Tree::of(&files)).len()
    }

    #[test]
    fn a_crate_with_a_page_that_is_used_is_right() {
        assert_eq!(found(README, &format!("{INCLUDE}\n")), 0);
    }

    #[test]
    fn a_title_alone_or_a_page_beside_the_documentation_is_found() {
        assert_eq!(found("# a\n", &format!("{INCLUDE}\n")), 1);
        assert_eq!(found(README, "//! Something else.\n"), 1);
    }
}
