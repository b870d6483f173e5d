//! How deep and how long an answer's parts may be, looked at before anything is built from it.

use memchr::memchr2;

use crate::{Error, Excess, http::Limit};

/// The deepest answers known (flexible assets with tagged traits) have nine levels.
pub(crate) const DEPTH: usize = 32;

/// The longest text, escapes counted as written. Documents hold whole pages of HTML.
const fn text(limit: Limit) -> usize {
    match limit {
        Limit::List => 2 * 1024 * 1024,
        Limit::Single => 128 * 1024,
    }
}

/// Refuses what is nested too deep or has too long a text. Whether it is JSON at all is the
/// parser's business; bytes that are none pass or fail here without harm.
pub(super) fn check(body: &[u8], limit: Limit) -> Result<(), Error> {
    let (mut depth, mut rest) = (0_usize, body);
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'"' => rest = skip_text(rest, text(limit))?,
            b'{' | b'[' => depth = deeper(depth)?,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

fn deeper(depth: usize) -> Result<usize, Error> {
    let depth = depth.saturating_add(1);
    if depth > DEPTH { Err(Error::Excessive(Excess::Depth { most: DEPTH })) } else { Ok(depth) }
}

/// What follows the text whose opening quote has been read.
fn skip_text(start: &[u8], most: usize) -> Result<&[u8], Error> {
    let mut rest = start;
    loop {
        let stop = memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
        let (_, at) = rest.split_at(stop);
        if start.len().saturating_sub(at.len()) > most {
            return Err(Error::Excessive(Excess::Text { most }));
        }
        match at {
            [b'\\', _escaped, after @ ..] => rest = after,
            [b'"', after @ ..] => return Ok(after),
            _end => return Ok(&[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(body: &str) -> Result<(), Error> {
        check(body.as_bytes(), Limit::Single)
    }

    #[test]
    fn nesting_ends_at_the_cap() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(verdict(&nested(DEPTH)), Ok(()));
        let deep = Err(Error::Excessive(Excess::Depth { most: DEPTH }));
        assert_eq!(verdict(&nested(DEPTH + 1)), deep);
        assert_eq!(verdict(&"{\"a\":".repeat(DEPTH + 1)), deep);
    }

    #[test]
    fn brackets_in_texts_are_no_nesting() {
        let text = format!(r#"["{}", "\"{}", "\\"]"#, "[".repeat(99), "{".repeat(99));
        assert_eq!(verdict(&text), Ok(()));
    }

    #[test]
    fn a_text_may_be_as_long_as_the_cap() {
        let most = text(Limit::Single);
        assert_eq!(verdict(&format!("[\"{}\"]", "a".repeat(most))), Ok(()));
        let long = Err(Error::Excessive(Excess::Text { most }));
        assert_eq!(verdict(&format!("[\"{}\"]", "a".repeat(most + 1))), long);
        assert_eq!(verdict(&format!("{{\"{}\":1}}", "a".repeat(most + 1))), long);
        assert_eq!(verdict(&format!("\"{}", "\\\"".repeat(most))), long, "unfinished, escaped");
    }

    #[test]
    fn what_is_no_json_is_left_to_the_parser() {
        for body in ["", "\"", "\\", "\"\\", "]]]]", "<html>"] {
            assert_eq!(verdict(body), Ok(()), "{body}");
        }
    }
}
