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
}
