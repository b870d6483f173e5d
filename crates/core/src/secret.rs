//! The characters of a password or an API key, and the one door to them.

use zeroize::Zeroizing;

/// A password's or an API key's characters, wiped from memory on drop.
///
/// It implements nothing that could print, copy, compare or serialise it, so a struct that holds
/// one cannot do so either and the compiler asks. The only way to the characters is
/// [`Secret::expose`]; each use carries an `// EXPOSE: why` line that `cargo xtask tidy` counts.
///
/// ```compile_fail
/// let secret = usher_core::Secret::new(String::new());
/// println!("{secret:?}");
/// ```
/// ```compile_fail
/// let secret = usher_core::Secret::new(String::new());
/// let copy = secret.clone();
/// ```
pub struct Secret(Zeroizing<Box<str>>);

/// The most characters of a password that a host takes (Windows: 127 by hand, 256 at all).
const PASSWORD_AT_MOST: usize = 256;

/// Why no host could be signed in to with a password. A host may read another one in its place, a NUL as
/// its end: that would be one more wrong try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPassword {
    /// There are no characters.
    #[error("empty")]
    Empty,
    /// More than 256 characters.
    #[error("too long")]
    TooLong,
    /// A control character or a line break, which nobody can type into one line.
    #[error("holds a character that no password has")]
    Character,
}

impl Secret {
    /// Takes the characters over; the buffer they came in becomes the secret's own or is wiped.
    #[must_use]
    pub fn new(characters: String) -> Self {
        let source = Zeroizing::new(characters);
        Self(Zeroizing::new(source.as_str().into()))
    }

    /// The characters. Say why in an `// EXPOSE:` line above the call.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there are no characters at all; such a password is never sent anywhere.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a host can be signed in to with it.
    ///
    /// # Errors
    /// [`NotAPassword`]; whoever typed it, or its record's owner, must correct it.
    pub fn check(&self) -> Result<(), NotAPassword> {
        let unsafe_character = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        if self.is_empty() {
            Err(NotAPassword::Empty)
        } else if self.0.chars().nth(PASSWORD_AT_MOST).is_some() {
            Err(NotAPassword::TooLong)
        } else if self.0.chars().any(unsafe_character) {
            Err(NotAPassword::Character)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exposes_exactly_what_it_was_given() {
        let text = ["q", "\"", "\u{a3}", "\u{1f511}"].concat();
        // EXPOSE: the test compares what went in with what comes out
        assert_eq!(Secret::new(text.clone()).expose(), text);
        assert!(Secret::new(String::new()).is_empty());
    }

    #[test]
    fn what_a_host_could_read_as_another_password_is_none() {
        let check = |text: &str| Secret::new(text.to_owned()).check();
        assert_eq!(check(&"\u{a3}".repeat(256)), Ok(()));
        assert_eq!(check(" a b "), Ok(()));
        assert_eq!(check(""), Err(NotAPassword::Empty));
        assert_eq!(check(&"\u{a3}".repeat(257)), Err(NotAPassword::TooLong));
        for end in ["\0", "\n", "\t", "\u{7f}", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert_eq!(check(&["a", end, "b"].concat()), Err(NotAPassword::Character), "{end:?}");
        }
    }
}
