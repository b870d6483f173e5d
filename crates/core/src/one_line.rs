//! Texts of strangers, to be shown: in a window's title, or where a person decides on trust.

/// The text in one line of so many characters at most, an ellipsis where it was cut.
///
/// What cannot be shown becomes a space. Direction marks go too: they can make one name look like another.
#[must_use]
pub fn one_line(text: &str, most: usize) -> String {
    let shown = |c: char| if c.is_control() || is_invisible(c) { ' ' } else { c };
    let mut line: String = text.chars().map(shown).take(most).collect();
    if text.chars().nth(most).is_some() {
        line.pop();
        line.push('\u{2026}');
    }
    line.trim().to_owned()
}

/// Marks of direction, separators of lines and paragraphs, and what has no width.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{61C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn what_turns_hides_or_breaks_a_line_becomes_a_space() {
        for hostile in [
            "\0", "\n", "\u{85}", "\u{61C}", "\u{200B}", "\u{2028}", "\u{202E}", "\u{2066}",
            "\u{FEFF}",
        ] {
            assert_eq!(one_line(&["CN=dc", hostile, "01"].concat(), 99), "CN=dc 01", "{hostile:?}");
            assert_eq!(one_line(&[hostile, "dc01", hostile].concat(), 99), "dc01", "{hostile:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        assert_eq!(one_line("\u{e9}\u{e9}\u{e9}", 3), "\u{e9}\u{e9}\u{e9}");
        assert_eq!(one_line("\u{e9}\u{e9}\u{e9}\u{e9}", 3), "\u{e9}\u{e9}\u{2026}");
    }
}
