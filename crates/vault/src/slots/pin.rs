//! Which PINs are taken.

/// PINs have at least so many digits.
const SHORTEST: usize = 6;

/// Longer digits are a passphrase.
const LONGEST: usize = 12;

/// Whether it is digits of a PIN's length.
pub(crate) fn looks_like_pin(text: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit())
}

/// Whether it is a PIN and not a plain one: no digit over and over, no short pattern repeated, no
/// counting up or down.
pub(crate) fn is_good_pin(text: &str) -> bool {
    looks_like_pin(text) && !repeats(text.as_bytes()) && !counts(text.as_bytes())
}

/// 111111, 121212, 123123.
fn repeats(digits: &[u8]) -> bool {
    (1..=digits.len() / 2).any(|length| {
        let again = digits.iter().skip(length);
        again.zip(digits).all(|(later, earlier)| later == earlier)
    })
}

/// 123456, 987654, 456789, 890123, 135791: each digit the same step from the one before.
fn counts(digits: &[u8]) -> bool {
    let steps =
        digits.iter().skip(1).zip(digits).map(|(later, earlier)| (later + 10 - earlier) % 10);
    let mut steps = steps.peekable();
    let first = steps.peek().copied();
    steps.all(|step| Some(step) == first)
}
