//! What cannot be seen should not be there.

use super::tree::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let lines = tree.files().iter().flat_map(|file| {
        file.lines().filter_map(move |(number, line)| Some(file.finding(number, wrong(line)?)))
    });
    let ends =
        tree.files().iter().filter(|file| !file.text.is_empty() && !file.text.ends_with('\n'));
    let ends = ends.map(|file| file.finding(file.text.lines().count(), "no newline at the end"));
    lines.chain(ends).collect()
}

fn wrong(line: &str) -> Option<&'static str> {
    if line.ends_with('\r') {
        Some("a carriage return at the end")
    } else if line.ends_with(' ') {
        Some("a space at the end")
    } else if line.contains('\t') {
        Some("a tab")
    } else if line.chars().any(is_unseen) {
        Some("a character that looks like a space or like nothing")
    } else {
        None
    }
}

/// Wide and no-break spaces, joiners, and marks that turn the direction of reading.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}')
        || matches!(c, '\u{205f}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{3000}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn what_cannot_be_seen_is_found() {
        let wrong = ["a \n", "a\r\n", "\ta\n", "a\u{2003}b\n", "a\u{202e}b\n", "\u{feff}a\n", "a"];
        for text in wrong {
            assert_eq!(check(&Tree::of(&[("docs/a.md", text)])).len(), 1, "{text:?}");
        }
        assert!(check(&Tree::of(&[("docs/a.md", "Zoë → a b\n\nc\n")])).is_empty());
    }
}
