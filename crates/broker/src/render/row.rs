//! A row of the log as files have it: text in columns whose names never change once released.

use serde::Serialize;
use usher_core::audit::AuditRow;
use usher_core::book::Book;

use super::iso;

/// The columns, in order.
pub(super) const HEADINGS: [&str; 21] = [
    "number",
    "at",
    "person",
    "person_id",
    "what",
    "on",
    "outcome",
    "organization",
    "organization_id",
    "host",
    "account",
    "record",
    "record_name",
    "ticket",
    "ticket_reason",
    "lasted_s",
    "about_person",
    "session_id",
    "credential_id",
    "run",
    "details",
];

/// A row. In JSON what is empty is left out, and details stay apart.
#[derive(Serialize)]
pub(super) struct Row {
    number: u64,
    #[serde(flatten)]
    texts: Texts,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<(String, String)>,
}

macro_rules! texts {
    ($($name:ident),+) => {
        #[derive(Serialize)]
        struct Texts { $(#[serde(skip_serializing_if = "String::is_empty")] $name: String,)+ }

        impl Texts {
            fn in_order(&self) -> Vec<String> {
                vec![$(self.$name.clone()),+]
            }
        }
    };
}

texts!(
    at,
    person,
    person_id,
    what,
    on,
    outcome,
    organization,
    organization_id,
    host,
    account,
    record,
    record_name,
    ticket,
    ticket_reason,
    lasted_s,
    about_person,
    session_id,
    credential_id,
    run
);

fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

impl Row {
    pub(super) fn of(book: &Book, row: &AuditRow) -> Self {
        let name = |id| text(book.people.get(id).map(|person| &person.name));
        let about = &row.about;
        let (organization, ticket) = (about.organization.as_ref(), about.ticket.as_ref());
        let texts = Texts {
            at: iso(row.at),
            person: name(&row.person),
            person_id: row.person.to_string(),
            what: row.what.clone(),
            on: row.on.clone(),
            outcome: row.outcome.clone(),
            organization: text(organization.map(|o| &o.name)),
            organization_id: text(organization.map(|o| &o.id)),
            host: text(about.host.as_ref()),
            account: text(about.account.as_ref()),
            record: text(about.record.as_ref()),
            record_name: text(about.record_name.as_ref()),
            ticket: text(ticket.map(|t| &t.number)),
            ticket_reason: text(ticket.map(|t| &t.reason)),
            lasted_s: text(about.lasted.map(|lasted| lasted.as_secs()).as_ref()),
            about_person: about.person.as_ref().map(name).unwrap_or_default(),
            session_id: text(about.session.as_ref()),
            credential_id: text(about.credential.as_ref()),
            run: text(row.run.as_ref()),
        };
        Self { number: row.number, texts, details: row.details.clone() }
    }

    /// One text for each of [`HEADINGS`].
    pub(super) fn cells(&self) -> Vec<String> {
        let detail = |(word, value): &(String, String)| format!("{word}: {value}");
        let details: Vec<_> = self.details.iter().map(detail).collect();
        let mut cells = vec![self.number.to_string()];
        cells.extend(self.texts.in_order());
        cells.push(details.join("; "));
        cells
    }
}
