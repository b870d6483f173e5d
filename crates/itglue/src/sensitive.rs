//! Texts that may hold secrets without being passwords: notes, documents, traits.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A text that people write PINs and recovery codes into. It is wiped when dropped, and its
/// `Debug` shows nothing of it. (What it was parsed from is wiped too; JSON escapes are undone in a
/// buffer that is not.)
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sensitive(Zeroizing<String>);

impl Sensitive {
    /// The text, as the API gives it; often HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Sensitive {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<Zeroizing<String>> for Sensitive {
    fn from(text: Zeroizing<String>) -> Self {
        Self(text)
    }
}

impl<'de> Deserialize<'de> for Sensitive {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input).map(Self::from)
    }
}

impl Serialize for Sensitive {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&self.0)
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sensitive")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_and_writes_and_does_not_print() {
        let text: Sensitive = serde_json::from_str(r#""PIN 12""#).unwrap();
        assert_eq!(text.as_str(), "PIN 12");
        assert_eq!(serde_json::to_string(&text).unwrap(), r#""PIN 12""#);
        assert_eq!(format!("{text:?}"), "Sensitive");
    }
}
