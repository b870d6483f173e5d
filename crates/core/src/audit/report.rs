//! The client report: what was done at one organization in some days.

mod fold;

use std::sync::Arc;
use std::time::Duration;

use super::query::each_chunk;
use super::{
    About, AuditEvent, AuditRow, Filter, Outcome, Ticket, Verdict, What, event, gate, record,
    verify,
};
use crate::book::Book;
use crate::entry::Organization;
use crate::error::Error;
use crate::ids::{ConnectionId, PersonId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{LocalStore, Ports};
use crate::time::Moment;
use fold::Fold;

/// From one moment until before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first moment.
    pub from: Moment,
    /// The first moment after.
    pub to: Moment,
}

/// Whom a report is for: two accounts may call different organizations by one id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The IT Glue account.
    pub connection: ConnectionId,
    /// The organization there.
    pub organization: Organization,
}

/// What was done at one organization, and whether the log can be believed.
pub struct ClientReport {
    /// The book, for people's names.
    pub book: Arc<Book>,
    /// Who made it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// Of which organization.
    pub organization: Organization,
    /// Of which days.
    pub period: Period,
    /// One for each launch, and for each password that was shown or copied; oldest first.
    pub rows: Vec<ReportRow>,
    /// What verifying the log just now came to.
    pub verdict: Verdict,
}

/// One launch, or one password shown or copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// When it was asked for.
    pub at: Moment,
    /// By whom.
    pub person: PersonId,
    /// What.
    pub what: Deed,
    /// On which entry, by the name it had.
    pub on: String,
    /// The host.
    pub host: Option<String>,
    /// The user name signed in with.
    pub account: Option<String>,
    /// The ticket it was done for.
    pub ticket: Option<Ticket>,
    /// What came of it.
    pub came: Came,
    /// How long the session was up.
    pub lasted: Option<Duration>,
}

/// What somebody did with a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// A launch.
    Launch,
    /// A launch at which the person typed the password.
    TypedByPerson,
    /// It was shown.
    Shown,
    /// It was copied.
    Copied,
}

impl Deed {
    /// What it stands in the log as.
    #[must_use]
    pub const fn what(self) -> What {
        match self {
            Self::Launch => What::Launch,
            Self::TypedByPerson => What::TypedByPerson,
            Self::Shown => What::PasswordShown,
            Self::Copied => What::PasswordCopied,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// The host accepted the sign-in.
    SignedIn,
    /// The host showed a desktop, and never said whether it accepted the sign-in.
    DesktopShown,
    /// The host refused it.
    Refused,
    /// Policy said no; nothing was released.
    Denied,
    /// It did not come about.
    Failed,
    /// The password was shown or copied.
    Released,
    /// Nothing more is on record.
    Open,
}

impl Came {
    /// The word for it in the protocol and in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::DesktopShown => "desktop_shown",
            Self::Refused => "refused",
            Self::Denied => "denied",
            Self::Failed => "failed",
            Self::Released => "released",
            Self::Open => "open",
        }
    }
}

/// Makes the report, with the log verified for it. Both are on record.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator, on record; [`Error::AuditUnavailable`];
/// [`Error::Store`].
pub async fn client_report<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    client: Client,
    period: Period,
) -> Result<ClientReport, Error> {
    let of = |person| asked(ports, person, &client, period);
    let (event, book) = gate::recorded(ports, unlock, Action::Export, of).await?;
    record(ports, AuditEvent { outcome: Outcome::Intended, ..event.clone() }).await?;
    let made = gather(ports, &client, period).await;
    let recorded = match &made {
        Ok((rows, verdict)) => {
            let event = verify::with(event.clone(), verdict);
            let mut details = event.details;
            details.push(("report_rows", rows.len().to_string()));
            AuditEvent { outcome: Outcome::Done, details, ..event }
        }
        Err(_) => AuditEvent { outcome: Outcome::Failed, ..event.clone() },
    };
    record(ports, recorded).await?;
    let (rows, verdict) = made?;
    let (by, at) = (event.person, event.at);
    Ok(ClientReport { book, by, at, organization: client.organization, period, rows, verdict })
}

fn asked<P: Ports>(ports: &P, person: PersonId, client: &Client, period: Period) -> AuditEvent {
    let millis = |at: Moment| at.unix_millis().to_string();
    let (connection, organization) = (Some(client.connection), Some(client.organization.clone()));
    AuditEvent {
        about: About { connection, organization, ..About::default() },
        details: vec![("from", millis(period.from)), ("to", millis(period.to))],
        ..event(ports, person, What::ReportMade, client.organization.name.as_str())
    }
}

async fn gather<P: Ports>(
    ports: &P,
    client: &Client,
    period: Period,
) -> Result<(Vec<ReportRow>, Verdict), Error> {
    // What came of the last launches may be on record after the last day.
    let organization = Some((client.connection, client.organization.id.clone()));
    let filter = Filter { organization, from: Some(period.from), ..Filter::default() };
    let mut newest_first = Vec::new();
    let mut take = |rows: Vec<AuditRow>| newest_first.extend(rows);
    each_chunk(ports, &filter, &mut take).await?;
    let mut fold = Fold::default();
    newest_first.iter().rev().for_each(|row| fold.take(row));
    let rows = fold.rows().into_iter().filter(|row| row.at < period.to).collect();
    Ok((rows, ports.local().verify().await?))
}
