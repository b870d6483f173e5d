//! Names of things: our ids are UUIDv7 newtypes, IT Glue's are opaque text.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::ports::{Clock, Random};

/// Text that is not an id of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! our_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id: time-ordered (UUIDv7) from the clock and randomness given.
            pub fn fresh(clock: &impl Clock, random: &impl Random) -> Self {
                Self(time_ordered(clock, random))
            }

            /// An id that was made before, from its 16 bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The id's 16 bytes, big endian.
            #[must_use]
            pub const fn to_bytes(self) -> [u8; 16] {
                *self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

our_id!(/** An IT Glue account that was added. */ ConnectionId);
our_id!(/** A client folder. */ FolderId);
our_id!(/** A credential entry. */ CredentialEntryId);
our_id!(/** A session entry. */ SessionEntryId);
our_id!(/** A person who unlocks the vault. */ PersonId);
our_id!(/** A group of people. */ GroupId);
our_id!(/** A key of a person's own. */ PersonKeyId);
our_id!(/** A device from which the vault can be opened. */ DeviceId);
our_id!(/** One stored assignment of rights. */ GrantId);
our_id!(/** One launch of a session entry, from Handoff to its end. */ RunId);

impl PersonId {
    /// Nobody: stands in the log where nobody has said who they are.
    pub const NOBODY: Self = Self::from_bytes([0; 16]);
}

fn time_ordered(clock: &impl Clock, random: &impl Random) -> Uuid {
    let mut tail = [0_u8; 10];
    random.fill(&mut tail);
    uuid::Builder::from_unix_timestamp_millis(clock.now().unix_millis(), &tail).into_uuid()
}

macro_rules! foreign_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        /// Opaque here: never parsed, never a number (EU ids exceed 2^53).
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes the id as IT Glue wrote it.
            pub fn new(text: impl Into<Box<str>>) -> Self {
                Self(text.into())
            }

            /// The id as IT Glue wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

foreign_id!(/** An organization in IT Glue. */ OrganizationId);
foreign_id!(/** A password record in IT Glue. */ PasswordId);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counting, FixedClock};

    #[test]
    fn fresh_ids_sort_by_time_and_round_trip_as_text() {
        let random = Counting::default();
        let early = FolderId::fresh(&FixedClock::at(1_000), &random);
        let late = FolderId::fresh(&FixedClock::at(2_000), &random);
        assert!(early < late);
        assert_eq!(early.to_string().parse(), Ok(early));
        assert_eq!("not an id".parse::<FolderId>(), Err(NotAnId));
    }
}
