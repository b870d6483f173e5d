//! Exporting rows of the log. Core brings them; what they look like in a file is the edge's business
//! (`usher-broker`), since core knows no formats.

use super::query::each_chunk;
use super::{About, AuditEvent, AuditRow, Filter, Outcome, What, event, gate, record};
use crate::book::Book;
use crate::error::Error;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;

/// What an export looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object per line.
    JsonLines,
    /// Comma-separated values, fit for a spreadsheet.
    Csv,
}

impl Format {
    /// The word for it in the log and the protocol.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::JsonLines => "json_lines",
            Self::Csv => "csv",
        }
    }
}

/// Hands out all the rows asked for, newest first, a chunk at a time; the number of rows. The intent
/// is on record before the first of them, and how many they were after the last.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator, on record; [`Error::AuditUnavailable`], and
/// nothing was handed out; [`Error::Store`].
pub async fn export<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    filter: &Filter,
    format: Format,
    take: &mut (dyn FnMut(&Book, Vec<AuditRow>) + Send),
) -> Result<u64, Error> {
    let asked = |person| AuditEvent {
        about: about(filter),
        details: details(filter),
        ..event(ports, person, What::Exported, format.word())
    };
    let (event, book) = gate::recorded(ports, unlock, Action::Export, asked).await?;
    record(ports, AuditEvent { outcome: Outcome::Intended, ..event.clone() }).await?;
    let handed = each_chunk(ports, filter, &mut |rows| take(&book, rows)).await;
    let mut details = event.details;
    let outcome = if handed.is_ok() { Outcome::Done } else { Outcome::Failed };
    if let Ok(rows) = &handed {
        details.push(("rows", rows.to_string()));
    }
    record(ports, AuditEvent { outcome, details, ..event }).await?;
    handed
}

/// What was asked for, so that the record of an export says what left.
fn about(filter: &Filter) -> About {
    let connection = filter.organization.as_ref().map(|(connection, _)| *connection);
    About { person: filter.person, host: filter.host.clone(), connection, ..About::default() }
}

pub(super) fn details(filter: &Filter) -> Vec<(&'static str, String)> {
    let millis = |at: crate::time::Moment| at.unix_millis().to_string();
    let organization = filter.organization.as_ref().map(|(_, id)| id.to_string());
    [
        ("of_name", filter.on.clone()),
        ("of_organization", organization),
        ("of_what", filter.what.map(|what| what.word().to_owned())),
        ("from", filter.from.map(millis)),
        ("to", filter.to.map(millis)),
    ]
    .into_iter()
    .filter_map(|(word, value)| Some((word, value?)))
    .collect()
}
