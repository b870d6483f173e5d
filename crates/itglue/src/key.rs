//! The API key: it goes in, and comes out in one header only.

use reqwest::header::HeaderValue;
use thiserror::Error;
use zeroize::Zeroizing;

/// An IT Glue API key.
///
/// It cannot be printed, cloned, compared or serialised, and is wiped when dropped. The one way
/// out is the header of a request made by this crate. (While a request is under way the HTTP
/// stack holds a copy which it does not wipe.)
///
/// ```compile_fail,E0277
/// fn print(key: itglue::ApiKey) -> String {
///     format!("{key:?}")
/// }
/// ```
pub struct ApiKey(Zeroizing<String>);

/// The text is not shaped like an IT Glue key; the text itself is not repeated here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidApiKey {
    /// Nothing was given.
    #[error("the API key is empty")]
    Empty,
    /// Keys start with `ITG.`.
    #[error("an API key starts with ITG.")]
    Prefix,
    /// Only letters, digits, `.`, `_` and `-` may follow; often a space or line break was pasted.
    #[error("an API key holds only letters, digits, dots, underscores and hyphens")]
    Character,
    /// More than [`ApiKey::MAX_LEN`] bytes.
    #[error("an API key is shorter than this")]
    TooLong,
}

impl ApiKey {
    /// Longest key accepted, in bytes; keys seen in public are about 100 long.
    pub const MAX_LEN: usize = 512;
    const PREFIX: &'static str = "ITG.";

    /// Takes a key as the person pasted it. Its shape is checked, not whether it works.
    ///
    /// # Errors
    /// Says which part of the shape `ITG.` + letters, digits, `.`, `_`, `-` is violated.
    pub fn new(text: Zeroizing<String>) -> Result<Self, InvalidApiKey> {
        if text.is_empty() {
            return Err(InvalidApiKey::Empty);
        }
        if text.len() > Self::MAX_LEN {
            return Err(InvalidApiKey::TooLong);
        }
        let rest = text.strip_prefix(Self::PREFIX).ok_or(InvalidApiKey::Prefix)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if rest.is_empty() || !rest.chars().all(allowed) {
            return Err(InvalidApiKey::Character);
        }
        Ok(Self(text))
    }

    /// The value of `x-api-key`, marked so that no log of headers shows it.
    pub(crate) fn header(&self) -> Result<HeaderValue, InvalidApiKey> {
        let mut value =
            HeaderValue::from_str(self.0.as_str()).map_err(|_| InvalidApiKey::Character)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Result<(), InvalidApiKey> {
        ApiKey::new(Zeroizing::new(text.to_owned())).map(drop)
    }

    #[test]
    fn keys_shaped_like_it_glues_are_accepted() {
        assert_eq!(shape("ITG.aB3._-x"), Ok(()));
    }

    #[test]
    fn anything_else_is_refused_with_its_reason() {
        assert_eq!(shape(""), Err(InvalidApiKey::Empty));
        assert_eq!(shape("abc"), Err(InvalidApiKey::Prefix));
        assert_eq!(shape(" ITG.abc"), Err(InvalidApiKey::Prefix));
        assert_eq!(shape("ITG."), Err(InvalidApiKey::Character));
        assert_eq!(shape("ITG.a\r\nHost: x"), Err(InvalidApiKey::Character));
        assert_eq!(shape("ITG.ü"), Err(InvalidApiKey::Character));
        assert_eq!(shape(&format!("ITG.{}", "a".repeat(600))), Err(InvalidApiKey::TooLong));
    }

    #[test]
    fn the_header_is_marked_sensitive() {
        let key = ApiKey::new(Zeroizing::new("ITG.a".to_owned())).unwrap();
        let header = key.header().unwrap();
        assert!(header.is_sensitive());
        assert_eq!(format!("{header:?}"), "Sensitive");
    }
}
