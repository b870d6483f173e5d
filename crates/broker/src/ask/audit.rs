//! The audit log, for administrators.

use usher_core::audit::{self, Client, Filter, Format, Page, Period, What};
use usher_core::book::Book;
use usher_core::entry::Organization;
use usher_core::ids::{ConnectionId, OrganizationId};
use usher_core::ports::{Ports, Store};
use usher_core::time::Moment;

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::map::audit::{report, row, verdict};
use crate::map::failure::field_breaks;
use crate::protocol::{
    At, AuditFilter, ClientReportForm, ExportFormat, Failure, OrganizationRef, Reply,
};
use crate::render;
use usher_core::error::Rule;

/// The longest text that the log is asked for, in bytes: a host's name (RFC 1035, 2.3.4).
const LONGEST: usize = 253;

/// How many rows a page has at most.
const PAGE: u32 = 500;

pub(super) async fn rows<P: Ports>(
    desk: &Desktop<P>,
    asked: &AuditFilter,
    before: Option<u32>,
    limit: u32,
) -> Answer {
    let limit = usize::try_from(limit.min(PAGE)).unwrap_or_default();
    let page = (before.map(u64::from), limit);
    match audit::query(desk.ports.as_ref(), desk.unlock, &filter(asked)?, page).await {
        Ok(Page { book, rows, signed_to }) => {
            let unsigned = rows.iter().any(|row| row.number > signed_to);
            let unsigned_from = u32::try_from(signed_to.saturating_add(1)).ok();
            let unsigned_from = unsigned_from.filter(|_| unsigned);
            let rows = rows.into_iter().map(|r| row(&book, &r)).collect();
            Ok(Reply::Audit { rows, unsigned_from })
        }
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

fn filter(asked: &AuditFilter) -> Result<Filter, Failure> {
    let moment = |at: At| Moment::from_unix_millis(at.0);
    let word =
        |word: &str| What::of_word(word).ok_or_else(|| field_breaks("what", Rule::NotApplicable));
    // They go on record with a question that is refused, and with an export.
    for (field, text) in [("host", &asked.host), ("on", &asked.on)] {
        if text.as_ref().is_some_and(|text| text.len() > LONGEST) {
            return Err(field_breaks(field, Rule::TooLong));
        }
    }
    Ok(Filter {
        person: asked.person.as_deref().map(|id| forms::id("person", id)).transpose()?,
        entry: asked.entry.as_ref().map(forms::object).transpose()?,
        organization: asked.organization.as_ref().map(of_account).transpose()?,
        on: asked.on.clone(),
        host: asked.host.clone(),
        what: asked.what.as_deref().map(word).transpose()?,
        from: asked.from.map(moment),
        to: asked.to.map(moment),
    })
}

fn of_account(of: &OrganizationRef) -> Result<(ConnectionId, OrganizationId), Failure> {
    Ok((forms::id("connection", &of.connection)?, forms::organization(&of.organization)?))
}

pub(super) async fn verify<P: Ports>(desk: &Desktop<P>) -> Answer {
    match audit::verify(desk.ports.as_ref(), desk.unlock).await {
        Ok(found) => Ok(Reply::AuditVerdict { verdict: verdict(&found) }),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn export<P: Ports>(
    desk: &Desktop<P>,
    asked: &AuditFilter,
    format: ExportFormat,
) -> Answer {
    let format = match format {
        ExportFormat::JsonLines => Format::JsonLines,
        ExportFormat::Csv => Format::Csv,
    };
    let mut file = render::File::new(format);
    let mut take = |book: &Book, rows: Vec<audit::AuditRow>| file.add(book, &rows);
    let filter = filter(asked)?;
    match audit::export(desk.ports.as_ref(), desk.unlock, &filter, format, &mut take).await {
        Ok(_) => Ok(Reply::Exported { text: file.text() }),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn client_report<P: Ports>(desk: &Desktop<P>, form: &ClientReportForm) -> Answer {
    let connection: ConnectionId = forms::id("connection", &form.connection)?;
    let id = forms::organization(&form.organization)?;
    let moment = |at: At| Moment::from_unix_millis(at.0);
    let period = Period { from: moment(form.from), to: moment(form.to) };
    let client = Client { connection, organization: known(desk, connection, id).await };
    let made = audit::client_report(desk.ports.as_ref(), desk.unlock, client, period).await;
    match made {
        Ok(made) => Ok(Reply::Report { report: report(&made) }),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

/// The organization by the name that the vault knows it under.
async fn known<P: Ports>(
    desk: &Desktop<P>,
    connection: ConnectionId,
    id: OrganizationId,
) -> Organization {
    let book = desk.ports.store().book().await.ok();
    let name = book.and_then(|book| crate::map::rights::organization_name(&book, connection, &id));
    let name = name.unwrap_or_else(|| id.to_string());
    Organization { id, name }
}
