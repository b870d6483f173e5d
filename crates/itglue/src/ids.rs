//! Identifiers as IT Glue gives them: whole numbers, written as text or as a JSON integer.
//!
//! Accounts in Europe have identifiers above 2^53, which a float would damage.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// The text is not an IT Glue identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an IT Glue id is a whole number of at most 64 bits without a leading zero")]
pub struct InvalidId;

/// One number, one spelling: an id that was written is the id that is read.
fn number(text: &str) -> Result<u64, InvalidId> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().map_err(|_| InvalidId) } else { Err(InvalidId) }
}

struct Number;

impl de::Visitor<'_> for Number {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id as digits or as an integer")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        number(text).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The id of this number.
            #[must_use]
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl From<$name> for u64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                number(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                input.deserialize_any(Number).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                output.serialize_u64(self.0)
            }
        }
    )* };
}

ids! {
    /// Identifies an organization within an account.
    OrganizationId
    /// Identifies an organization type, such as *Customer*.
    OrganizationTypeId
    /// Identifies an organization status, such as *Active*.
    OrganizationStatusId
    /// Identifies a password record.
    PasswordId
    /// Identifies a password category.
    PasswordCategoryId
    /// Identifies a password folder.
    PasswordFolderId
    /// Identifies the vault that a password is encrypted in.
    VaultId
    /// Identifies the configuration, asset, contact ... that a password is embedded in.
    ResourceId
    /// Identifies a configuration.
    ConfigurationId
    /// Identifies a configuration type, such as *Server*.
    ConfigurationTypeId
    /// Identifies a configuration status, such as *Active*.
    ConfigurationStatusId
    /// Identifies a contact.
    ContactId
    /// Identifies a contact type.
    ContactTypeId
    /// Identifies a location.
    LocationId
    /// Identifies a region or state of a country.
    RegionId
    /// Identifies a country.
    CountryId
    /// Identifies a domain.
    DomainId
    /// Identifies a document.
    DocumentId
    /// Identifies a document folder.
    DocumentFolderId
    /// Identifies a section of a document.
    SectionId
    /// Identifies a flexible asset type.
    FlexibleAssetTypeId
    /// Identifies a flexible asset.
    FlexibleAssetId
    /// Identifies a group of users.
    GroupId
    /// Identifies a user.
    UserId
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Option<u64> {
        serde_json::from_str::<OrganizationId>(json).ok().map(OrganizationId::get)
    }

    #[test]
    fn text_and_integers_give_the_same_id() {
        assert_eq!(parse("\"9954700004404663\""), Some(9_954_700_004_404_663));
        assert_eq!(parse("9954700004404663"), Some(9_954_700_004_404_663));
        assert_eq!(parse("18446744073709551615"), Some(u64::MAX));
        assert_eq!(parse("\"18446744073709551615\""), Some(u64::MAX));
    }

    #[test]
    fn floats_signs_and_other_text_are_refused() {
        for json in ["1.0", "1e3", "-1", "\"007\"", "\"\"", "\"+1\"", "\"12a\"", "\"1/2\"", "null"]
        {
            assert_eq!(parse(json), None, "{json}");
        }
        assert_eq!(parse("99999999999999999999999"), None, "would be a float");
        assert_eq!(parse("\"99999999999999999999\""), None, "more than 64 bits");
    }

    #[test]
    fn path_characters_never_get_into_an_id() {
        assert_eq!("1/../2".parse::<PasswordId>(), Err(InvalidId));
        assert_eq!("٣".parse::<PasswordId>(), Err(InvalidId));
    }

    #[test]
    fn an_id_is_written_as_it_was_read() {
        let id: OrganizationId = "9954700004404663".parse().unwrap();
        assert_eq!(id.to_string(), "9954700004404663");
        assert_eq!(serde_json::to_string(&id).unwrap(), "9954700004404663");
    }
}
