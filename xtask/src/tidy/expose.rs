//! Every place where a secret's characters are taken out says why, and stands in a list that is
//! edited by hand: so a new place is seen in review.

use std::collections::BTreeMap;

use super::tree::{File, Finding, Tree};

const LIST: &str = "xtask/expose.list";
/// A call, and the same as a path where a function is wanted.
const CALLS: [&str; 2] = [".expose()", "Secret::expose"];
const REASON: &str = "// EXPOSE: ";
/// No password of a person ever comes here.
const NOT_PRODUCTION: [&str; 2] = ["crates/sandbox/", "crates/testsuite/"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let files: Vec<&File> = tree.files().iter().filter(|file| is_production(file)).collect();
    let mut findings: Vec<Finding> = files.iter().flat_map(|file| without_reason(file)).collect();
    let counts = files.iter().map(|file| (file.path.as_str(), uses(file).map(|(_, n)| n).sum()));
    let counts: BTreeMap<&str, usize> = counts.filter(|(_, count)| *count > 0).collect();
    findings.extend(unlike_list(&counts, tree.file(LIST)));
    findings
}

fn is_production(file: &File) -> bool {
    let ours = file.is_below("crates/") || file.is_below("src-tauri/");
    let test = file.path.split('/').any(|part| matches!(part, "tests" | "tests.rs" | "testing.rs"));
    let other = NOT_PRODUCTION.iter().any(|folder| file.is_below(folder));
    ours && file.ends_in(&["rs"]) && !test && !other
}

/// Line numbers of production code, and how many uses stand there. A module of tests ends the file.
fn uses(file: &File) -> impl Iterator<Item = (usize, usize)> {
    let lines: Vec<&str> = file.text.lines().collect();
    let tests = lines.windows(2).position(|pair| match pair {
        [attribute, module] => {
            attribute.trim() == "#[cfg(test)]" && module.contains("mod ") && module.ends_with('{')
        }
        _ => false,
    });
    let code = file.lines().take(tests.unwrap_or(lines.len()));
    let code = code.filter(|(_, line)| !line.trim_start().starts_with("//"));
    let counted = code
        .map(|(number, line)| (number, CALLS.iter().map(|call| line.matches(call).count()).sum()));
    counted.filter(|(_, count)| *count > 0)
}

fn without_reason(file: &File) -> Vec<Finding> {
    let lines: Vec<&str> = file.text.lines().collect();
    let has_reason = |number: usize| {
        let above = lines.iter().take(number - 1).rev().map(|line| line.trim_start());
        above.take_while(|line| line.starts_with("//")).any(|line| line.starts_with(REASON))
    };
    let bare = uses(file).filter(|(number, _)| !has_reason(*number));
    let what = format!("a secret is taken out without `{REASON}why` directly above");
    bare.map(|(number, _)| file.finding(number, what.clone())).collect()
}

fn unlike_list(counts: &BTreeMap<&str, usize>, list: Option<&File>) -> Vec<Finding> {
    let Some(list) = list else {
        return vec![Finding { path: LIST.to_owned(), line: 0, what: "is missing".to_owned() }];
    };
    let rows = list.lines().filter(|(_, row)| !row.is_empty() && !row.starts_with('#'));
    let rows = rows.filter_map(|(number, row)| Some((row.split_once(' ')?, number)));
    let listed: BTreeMap<&str, (&str, usize)> =
        rows.map(|((path, count), number)| (path, (count, number))).collect();
    let new = counts.iter().filter(|(path, count)| {
        listed.get(*path).is_none_or(|(listed, _)| *listed != count.to_string())
    });
    let new = new.map(|(path, count)| {
        let line = listed.get(path).map_or(0, |(_, number)| *number);
        list.finding(line, format!("if it is meant, the list needs the line `{path} {count}`"))
    });
    let gone = listed.iter().filter(|(path, _)| !counts.contains_key(*path));
    let gone =
        gone.map(|(path, (_, line))| list.finding(*line, format!("{path} has none any more")));
    new.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::{LIST, Tree, check};

    const FILE: &str = "crates/a/src/lib.rs";
    const GOOD: &str = "// EXPOSE: the header needs it\nlet a = key.expose();\n";

    fn findings(code: &str, list: &str) -> Vec<String> {
        let found = check(&Tree::of(&[(FILE, code), (LIST, list)]));
        found.into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn a_use_with_reason_and_row_is_right() {
        assert!(findings(GOOD, &format!("# note\n{FILE} 1\n")).is_empty());
    }

    #[test]
    fn a_use_without_reason_is_found() {
        assert_eq!(findings("let a = key.expose();\n", &format!("{FILE} 1")).len(), 1);
        assert_eq!(findings("let a = key.map(Secret::expose);\n", &format!("{FILE} 1")).len(), 1);
    }

    #[test]
    fn a_use_that_is_not_listed_names_the_row_to_add() {
        let found = findings(&GOOD.repeat(2), &format!("{FILE} 1"));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains(&format!("{FILE} 2")));
        assert_eq!(findings(GOOD, "").len(), 1);
    }

    #[test]
    fn a_row_without_use_is_found() {
        assert_eq!(findings("", &format!("{FILE} 1")).len(), 1);
    }

    #[test]
    fn tests_may_look() {
        let tests = "#[cfg(test)]\nmod tests {\n    key.expose();\n}\n";
        assert!(findings(tests, "").is_empty());
    }

    #[test]
    fn a_missing_list_is_found() {
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
