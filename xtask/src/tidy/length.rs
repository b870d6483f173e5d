//! A file that nobody reads in one go is two files.

use super::tree::{Finding, Tree};

const MOST_LINES: usize = 400;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let code = tree.files().iter().filter(|file| file.ends_in(&["rs", "ts", "svelte", "css"]));
    let sizes = code.map(|file| (file, file.text.lines().count()));
    let long = sizes.filter(|(_, lines)| *lines > MOST_LINES);
    long.map(|(file, lines)| file.finding(lines, format!("{lines} lines; at most {MOST_LINES}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{MOST_LINES, Tree, check};

    #[test]
    fn one_line_too_many_is_found() {
        let (fits, long) = ("x\n".repeat(MOST_LINES), "x\n".repeat(MOST_LINES + 1));
        assert!(check(&Tree::of(&[("ui/src/a.svelte", &fits)])).is_empty());
        assert_eq!(check(&Tree::of(&[("ui/src/a.svelte", &long)])).len(), 1);
        assert!(check(&Tree::of(&[("docs/long.md", &long)])).is_empty());
    }
}
