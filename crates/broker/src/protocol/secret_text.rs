//! The characters of a secret on their way through the protocol.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use usher_core::Secret;
use zeroize::Zeroizing;

/// A password, key, passphrase or code inside a message: wiped on drop, neither printable nor clonable.
///
/// Inward: keys, passphrases, PINs, kits and codes, and what a person types to sign in with. Outward: `Revealed`, `Handoff`, and once each a
/// recovery kit and an enrolment code.
#[derive(specta::Type)]
#[specta(transparent)]
pub struct SecretText(#[specta(type = String)] Zeroizing<String>);

impl SecretText {
    /// What a person typed into a terminal.
    #[must_use]
    pub fn new(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// Takes the characters for an answer.
    pub(crate) fn of(secret: &Secret) -> Self {
        // EXPOSE: the answer to reveal, copy or launch, a kit or a code is what carries it out
        Self(Zeroizing::new(secret.expose().to_owned()))
    }

    /// The characters for the clipboard, still wiped on drop.
    #[must_use]
    pub fn into_text(mut self) -> Zeroizing<String> {
        Zeroizing::new(std::mem::take(&mut *self.0))
    }

    /// Turns what came in into a secret.
    #[must_use]
    pub fn into_secret(mut self) -> Secret {
        Secret::new(std::mem::take(&mut *self.0))
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}
