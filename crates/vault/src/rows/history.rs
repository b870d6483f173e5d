//! What was learnt of the keys by using them: one row with all of it.
//!
//! It is written whenever IT Glue answered, by whoever asked, and decides nothing: so it is sealed,
//! but no statement counts it. As one row, none of it can be missing while the rest is there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use usher_core::book::Book;
use usher_core::entry::{KeyHistory, KeySerial};
use usher_core::error::StoreError;
use usher_core::time::Moment;

use super::words::AccessWord;
use super::{blob, table};

/// The histories of all keys, by the id of account or own key.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Histories(BTreeMap<String, HistoryPart>);

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HistoryPart {
    /// Of which key in that place: what was learnt of one is not true of the next.
    serial: u64,
    password_access: AccessWord,
    /// Milliseconds since 1970.
    last_accepted: Option<u64>,
    /// Milliseconds since 1970.
    refused_since: Option<u64>,
}

impl Histories {
    /// The table's name, and the key of its one row.
    pub(crate) const TABLE: &'static str = "key_history";
    pub(crate) const KEY: super::Key = [0; 16];

    /// As the book has them.
    pub(crate) fn of(book: &Book) -> Self {
        let accounts = book.connections.values().map(|row| (row.id.to_string(), row.history));
        let own = book.person_keys.values().map(|row| (row.id.to_string(), row.history));
        Self(accounts.chain(own).map(|(id, history)| (id, (&history).into())).collect())
    }

    /// The row's plain form.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, StoreError> {
        blob::encode(self)
    }

    /// From the row's plain form.
    pub(crate) fn decode(plain: &[u8]) -> Result<Self, StoreError> {
        blob::decode(plain).ok_or_else(Self::damaged)
    }

    /// The error where the row does not hold or is not there.
    pub(crate) fn damaged() -> StoreError {
        table::damaged(Self::TABLE, &Self::KEY)
    }

    /// Puts each where it belongs, if the key it was learnt of is still in its place.
    pub(crate) fn read_into(&self, book: &mut Book) {
        for row in book.connections.values_mut() {
            self.tell(&row.id.to_string(), &mut row.history);
        }
        for row in book.person_keys.values_mut() {
            self.tell(&row.id.to_string(), &mut row.history);
        }
    }

    fn tell(&self, id: &str, history: &mut KeyHistory) {
        if let Some(part) = self.0.get(id).filter(|part| part.serial == history.serial.0) {
            *history = part.into();
        }
    }
}

impl From<&KeyHistory> for HistoryPart {
    fn from(core: &KeyHistory) -> Self {
        Self {
            serial: core.serial.0,
            password_access: core.password_access.into(),
            last_accepted: core.last_accepted.map(Moment::unix_millis),
            refused_since: core.refused_since.map(Moment::unix_millis),
        }
    }
}

impl From<&HistoryPart> for KeyHistory {
    fn from(part: &HistoryPart) -> Self {
        Self {
            serial: KeySerial(part.serial),
            password_access: part.password_access.into(),
            last_accepted: part.last_accepted.map(Moment::from_unix_millis),
            refused_since: part.refused_since.map(Moment::from_unix_millis),
        }
    }
}
