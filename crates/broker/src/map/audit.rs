//! The audit log for the window.

use std::time::Duration;

use usher_core::audit;
use usher_core::book::Book;

use super::people::whom;
use crate::protocol::{At, AuditDetail, AuditRow, AuditVerdict, ClientReport, ReportRow};
use crate::render;

/// One row, with the person's name as it is now.
pub(crate) fn row(book: &Book, row: &audit::AuditRow) -> AuditRow {
    let detail = |(name, value): (&str, String)| AuditDetail { name: name.to_owned(), value };
    AuditRow {
        number: count(row.number),
        at: At(row.at.unix_millis()),
        person: whom(book, row.person).name,
        what: row.what.clone(),
        on: row.on.clone(),
        outcome: row.outcome.clone(),
        details: row.facts().into_iter().map(detail).collect(),
        run: row.run.map(|run| run.to_string()),
    }
}

/// Whether the log is whole.
pub(crate) fn verdict(verdict: &audit::Verdict) -> AuditVerdict {
    AuditVerdict {
        rows: count(verdict.rows),
        good: verdict.is_good(),
        first_bad: verdict.first_bad.map(count),
        fault: verdict.fault.map(|fault| fault.word().to_owned()),
        signed_to: count(verdict.signed_to),
        unsigned: count(verdict.unsigned),
        anchored: verdict.anchored,
    }
}

/// A client report, with its two printed forms.
pub(crate) fn report(made: &audit::ClientReport) -> ClientReport {
    ClientReport {
        csv: render::report_csv(made),
        html: render::report_html(made),
        rows: made.rows.iter().map(|row| report_row(&made.book, row)).collect(),
        verdict: verdict(&made.verdict),
    }
}

fn report_row(book: &Book, row: &audit::ReportRow) -> ReportRow {
    let ticket = row.ticket.as_ref();
    let seconds = |lasted: Duration| count(lasted.as_secs());
    ReportRow {
        person: whom(book, row.person).name,
        at: At(row.at.unix_millis()),
        what: row.what.what().word().to_owned(),
        on: row.on.clone(),
        host: row.host.clone().unwrap_or_default(),
        account: row.account.clone().unwrap_or_default(),
        ticket: ticket.map(|ticket| ticket.number.clone()).unwrap_or_default(),
        reason: ticket.map(|ticket| ticket.reason.clone()).unwrap_or_default(),
        outcome: row.came.word().to_owned(),
        seconds: row.lasted.map(seconds),
    }
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
