//! A row's text before it is sealed: JSON, so that a newer Usher can add facts. The names are short,
//! since there are many rows.

use serde::{Deserialize, Serialize};
use usher_core::audit::{AuditEvent, AuditRow};
use usher_core::error::StoreError;
use usher_core::ids::{PersonId, RunId};
use usher_core::time::Moment;
use zeroize::Zeroizing;

use super::CORRUPT;
use super::facts::Facts;
use super::older::Older;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    at: u64,
    who: String,
    what: String,
    went: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<String>,
    #[serde(skip_serializing_if = "Facts::is_empty")]
    about: Facts,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more: Vec<(String, String)>,
}

/// The text of a row.
type Text = Zeroizing<Vec<u8>>;

/// An event, to be sealed.
pub(super) fn of(event: &AuditEvent) -> Result<Text, StoreError> {
    let more = event.details.iter();
    write(&Stored {
        at: event.at.unix_millis(),
        who: event.person.to_string(),
        what: event.what.word().to_owned(),
        went: event.outcome.word().to_owned(),
        on: event.on.clone(),
        run: event.run.as_ref().map(ToString::to_string),
        about: Facts::of(&event.about),
        more: more.map(|(word, value)| ((*word).to_owned(), value.clone())).collect(),
    })
}

/// A row of the older schema, to be sealed. What has a field of its own by now goes there.
pub(super) fn older(row: Older) -> Result<Text, StoreError> {
    let mut about = Facts::default();
    let mut more = row.details;
    more.retain(|(word, value)| !about.take_older(word, value));
    write(&Stored {
        at: row.at,
        who: PersonId::from_bytes(row.person).to_string(),
        what: row.what,
        went: row.outcome,
        on: row.on,
        run: row.run.map(|run| RunId::from_bytes(run).to_string()),
        about,
        more,
    })
}

fn write(stored: &Stored) -> Result<Text, StoreError> {
    serde_json::to_vec(stored).map(Zeroizing::new).map_err(|_| StoreError::Failed)
}

/// The row of this number.
pub(super) fn read(number: u64, text: &[u8]) -> Result<AuditRow, StoreError> {
    let stored: Stored = serde_json::from_slice(text).map_err(|_| CORRUPT)?;
    Ok(AuditRow {
        number,
        at: Moment::from_unix_millis(stored.at),
        person: stored.who.parse().map_err(|_| CORRUPT)?,
        what: stored.what,
        on: stored.on,
        outcome: stored.went,
        about: stored.about.into_core(),
        details: stored.more,
        run: stored.run.and_then(|run| run.parse().ok()),
    })
}

/// Whether it is the text of a row. Reading it all for that would take longer than opening it.
pub(super) fn is_row(text: &[u8]) -> bool {
    text.first() == Some(&b'{')
}
