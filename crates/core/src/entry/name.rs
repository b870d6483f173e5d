//! Names that people give, checked once.

use std::fmt;
use std::str::FromStr;

/// A name on screen: 1 to 200 characters, no control characters, no spaces around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Box<str>);

/// Why some text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// Nothing, or only spaces.
    #[error("empty")]
    Empty,
    /// More than 200 characters.
    #[error("too long")]
    TooLong,
    /// Control characters or line breaks.
    #[error("control characters")]
    Unsafe,
}

impl Name {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotAName::Empty);
        }
        if text.chars().count() > 200 {
            return Err(NotAName::TooLong);
        }
        let unsafe_character = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        if text.chars().any(unsafe_character) {
            Err(NotAName::Unsafe)
        } else {
            Ok(Self(text.into()))
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_checked() {
        assert_eq!("  Contoso ".parse::<Name>().map(|n| n.to_string()), Ok("Contoso".to_owned()));
        assert_eq!(" ".parse::<Name>(), Err(NotAName::Empty));
        assert_eq!("a\nb".parse::<Name>(), Err(NotAName::Unsafe));
        assert_eq!("x".repeat(201).parse::<Name>(), Err(NotAName::TooLong));
    }
}
