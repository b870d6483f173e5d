//! Identifiers as IT Glue gives them: whole numbers, written as text or as a JSON integer.
//!
//! Accounts in Europe have identifiers above 2^53, which a float would damage; they are kept as
//! the digits that came.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de};
use thiserror::Error;

/// The text is not an IT Glue identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an IT Glue id is a whole number of at most 20 digits without a leading zero")]
pub struct InvalidId;

const MAX_DIGITS: usize = 20;

fn digits(text: &str) -> Result<Box<str>, InvalidId> {
    let plain = !text.is_empty()
        && text.len() <= MAX_DIGITS
        && text.bytes().all(|b| b.is_ascii_digit())
        // One number, one spelling: comparing ids must be comparing text.
        && !text.starts_with('0');
    if plain { Ok(text.into()) } else { Err(InvalidId) }
}

struct Digits;

impl de::Visitor<'_> for Digits {
    type Value = Box<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id as digits or as an integer")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Box<str>, E> {
        digits(text).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Box<str>, E> {
        digits(&number.to_string()).map_err(E::custom)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                digits(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                input.deserialize_any(Digits).map(Self)
            }
        }
    };
}

id! {
    /// Identifies an organization within an account.
    OrganizationId
}
id! {
    /// Identifies a password record within an account.
    PasswordId
}
id! {
    /// Identifies a password category.
    CategoryId
}
id! {
    /// Identifies a password folder.
    FolderId
}
id! {
    /// Identifies the configuration, asset, contact ... that a password is embedded in.
    ResourceId
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Option<String> {
        serde_json::from_str::<OrganizationId>(json).ok().map(|id| id.to_string())
    }

    #[test]
    fn text_and_integers_give_the_same_id() {
        assert_eq!(parse("\"9954700004404663\"").as_deref(), Some("9954700004404663"));
        assert_eq!(parse("9954700004404663").as_deref(), Some("9954700004404663"));
        assert_eq!(parse("18446744073709551615").as_deref(), Some("18446744073709551615"));
    }

    #[test]
    fn floats_signs_and_other_text_are_refused() {
        for json in ["1.0", "1e3", "-1", "0", "\"007\"", "\"\"", "\"12a\"", "\"1/2\"", "null"] {
            assert_eq!(parse(json), None, "{json}");
        }
        assert_eq!(parse("99999999999999999999999"), None, "would be a float");
    }

    #[test]
    fn path_characters_never_get_into_an_id() {
        assert_eq!("1/../2".parse::<PasswordId>(), Err(InvalidId));
        assert_eq!("٣".parse::<PasswordId>(), Err(InvalidId));
    }
}
