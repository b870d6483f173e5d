//! API keys of the stand-in account.

use rand::{RngExt, distr::Alphanumeric};

/// An API key of the stand-in account.
pub struct Key {
    /// The key, as it would be pasted.
    pub text: String,
    /// Whether it was made with the *Password Access* box.
    pub password_access: bool,
}

impl Key {
    /// A key in IT Glue's shape that nobody had before.
    pub(crate) fn random(password_access: bool) -> Self {
        let tail: String = rand::rng().sample_iter(Alphanumeric).take(48).map(char::from).collect();
        Self { text: format!("ITG.{tail}"), password_access }
    }
}
