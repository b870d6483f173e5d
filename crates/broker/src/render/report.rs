//! The client report as CSV.

use usher_core::audit::{Came, ClientReport, Deed, ReportRow};

use super::csv_file::Csv;
use super::iso;

/// The columns of the report.
const HEADINGS: [&str; 10] = [
    "when", "person", "what", "entry", "host", "account", "ticket", "reason", "outcome", "seconds",
];

/// One line for each launch, and for each password that was shown or copied.
pub(crate) fn report_csv(report: &ClientReport) -> String {
    let mut file = Csv::with_headings(&HEADINGS);
    report.rows.iter().for_each(|row| file.add(&cells(report, row)));
    file.text()
}

/// A row's texts, in the order of the headings.
pub(super) fn cells(report: &ClientReport, row: &ReportRow) -> [String; 10] {
    let person = report.book.people.get(&row.person).map(|person| person.name.to_string());
    let ticket = row.ticket.as_ref();
    [
        iso(row.at),
        person.unwrap_or_default(),
        what(row.what).to_owned(),
        row.on.clone(),
        row.host.clone().unwrap_or_default(),
        row.account.clone().unwrap_or_default(),
        ticket.map(|ticket| ticket.number.clone()).unwrap_or_default(),
        ticket.map(|ticket| ticket.reason.clone()).unwrap_or_default(),
        came(row.came).to_owned(),
        row.lasted.map(|lasted| lasted.as_secs().to_string()).unwrap_or_default(),
    ]
}

fn what(what: Deed) -> &'static str {
    match what {
        Deed::Launch => "launch",
        Deed::TypedByPerson => "launch, password typed by person",
        Deed::Shown => "password shown",
        Deed::Copied => "password copied",
    }
}

fn came(came: Came) -> &'static str {
    match came {
        Came::SignedIn => "signed in",
        Came::DesktopShown => "desktop shown, sign-in not confirmed",
        Came::Refused => "refused by the host",
        Came::Denied => "denied",
        Came::Failed => "failed",
        Came::Released => "done",
        Came::Open => "not known",
    }
}
