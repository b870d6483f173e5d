//! Work left for later is an issue; the code may point at it.

use super::tree::{Finding, Tree};

// In halves, or this file would be its own finding.
const WORDS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let code = ["rs", "ts", "js", "svelte", "css", "html", "toml", "sh"];
    let files = tree.files().iter().filter(|file| file.ends_in(&code));
    let lines = files.flat_map(|file| file.lines().map(move |(number, line)| (file, number, line)));
    let open = lines.filter(|(_, _, line)| WORDS.iter().any(|word| line.contains(word)));
    let unnamed = open.filter(|(_, _, line)| !names_an_issue(line));
    unnamed.map(|(file, number, _)| file.finding(number, "open work without an #issue")).collect()
}

fn names_an_issue(line: &str) -> bool {
    line.split('#').skip(1).any(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{Tree, WORDS, check};

    #[test]
    fn open_work_needs_an_issue() {
        for word in WORDS {
            let (bare, named) = (format!("// {word}: later"), format!("// {word} #12: later"));
            assert_eq!(check(&Tree::of(&[("crates/a/src/lib.rs", &bare)])).len(), 1);
            assert!(check(&Tree::of(&[("crates/a/src/lib.rs", &named)])).is_empty());
        }
    }
}
