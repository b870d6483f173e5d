//! Files of the log, with texts that mean no good.

use std::sync::Arc;
use std::time::Duration;

use usher_core::audit::{
    About, AuditRow, Came, ClientReport, Deed, Format, LogFault, Period, ReportRow, Ticket, Verdict,
};
use usher_core::book::Book;
use usher_core::entry::Organization;
use usher_core::ids::{OrganizationId, PersonId};
use usher_core::time::Moment;

use super::{File, report_csv, report_html, rotation_csv, row};
use crate::protocol::{At, RotationRow, RotationWhy};

/// Texts that a spreadsheet or a browser might run.
const HOSTILE: [&str; 12] = [
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u{ff1d}1",
    "\u{feff}=1",
    "a\",\"=1",
    "</td><script>alert(1)</script>",
    "' onload='x",
];

fn logged(on: &str) -> AuditRow {
    AuditRow {
        number: 7,
        at: Moment::from_unix_millis(1_700_000_000_123),
        person: PersonId::from_bytes([1; 16]),
        what: "session_ended".to_owned(),
        on: on.to_owned(),
        outcome: "done".to_owned(),
        about: About {
            organization: Some(organization()),
            host: Some("dc01".to_owned()),
            ticket: Ticket::new("T-1", "why; not").ok(),
            lasted: Some(Duration::from_secs(90)),
            ..About::default()
        },
        details: vec![("reason".to_owned(), "x".to_owned())],
        run: None,
    }
}

fn organization() -> Organization {
    Organization { id: OrganizationId::new("7"), name: "Client & <Co>".to_owned() }
}

fn file(format: Format, rows: &[AuditRow]) -> String {
    let mut file = File::new(format);
    for row in rows {
        file.add(&Book::default(), std::slice::from_ref(row));
    }
    file.text()
}

fn read_back(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let record = |record: Result<csv::StringRecord, csv::Error>| {
        record.expect("a line").iter().map(ToOwned::to_owned).collect()
    };
    reader.records().map(record).collect()
}

#[test]
fn json_lines_hold_every_fact_and_one_row_each() {
    let text = file(Format::JsonLines, &[logged("a\nb\u{2028}c"), logged("two")]);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    let first = &lines[0];
    assert_eq!(first["number"], 7);
    assert_eq!(first["at"], "2023-11-14T22:13:20.123Z");
    assert_eq!(first["on"], "a\nb\u{2028}c");
    assert_eq!(first["organization"], "Client & <Co>");
    assert_eq!(first["ticket_reason"], "why; not");
    assert_eq!(first["lasted_s"], "90");
    assert_eq!(first["details"][0][1], "x");
    assert!(first.get("account").is_none(), "what is empty is left out");
}

#[test]
fn csv_has_one_cell_for_each_heading_and_comes_back_as_it_was() {
    let lines = read_back(&file(Format::Csv, &[logged("a \"b\", c\nd")]));
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], row::HEADINGS);
    assert_eq!(lines[1].len(), row::HEADINGS.len());
    assert_eq!(lines[1][5], "a \"b\", c\nd");
    assert_eq!(
        (&*lines[1][7], &*lines[1][13], &*lines[1][20]),
        ("Client & <Co>", "T-1", "reason: x")
    );
}

#[test]
fn no_cell_begins_like_a_formula() {
    for text in HOSTILE {
        let csv = file(Format::Csv, &[logged(text)]);
        let lines = read_back(&csv);
        let cell = &lines[1][5];
        let first = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let begins = ['=', '+', '-', '@', '\u{ff1d}'];
        assert!(!first.starts_with(begins), "{text:?} became {cell:?}");
        assert!(cell.ends_with(text), "{text:?} became {cell:?}");
        assert!(csv.lines().all(|line| line.starts_with('"') || line.starts_with('=')), "{csv}");
    }
    assert_eq!(read_back(&file(Format::Csv, &[logged("plain")]))[1][5], "plain");
}

fn report(verdict: Verdict) -> ClientReport {
    let rows = HOSTILE.iter().map(|text| ReportRow {
        at: Moment::from_unix_millis(0),
        person: PersonId::from_bytes([1; 16]),
        what: Deed::Launch,
        on: (*text).to_owned(),
        host: Some((*text).to_owned()),
        account: Some((*text).to_owned()),
        ticket: Ticket::new(text.trim_matches(char::is_control), "").ok(),
        came: Came::SignedIn,
        lasted: Some(Duration::from_secs(61)),
    });
    ClientReport {
        book: Arc::new(Book::default()),
        by: PersonId::from_bytes([1; 16]),
        at: Moment::from_unix_millis(0),
        organization: organization(),
        period: Period { from: Moment::from_unix_millis(0), to: Moment::from_unix_millis(1) },
        rows: rows.collect(),
        verdict,
    }
}

#[test]
fn the_page_runs_and_loads_nothing_whatever_things_are_called() {
    let page = report_html(&report(Verdict { rows: 5, ..Verdict::default() }));
    assert!(!page.contains("<script") && !page.contains("' onload"), "{page}");
    assert!(page.contains("Client &amp; &lt;Co&gt;") && page.contains("default-src 'none'"));
    assert_eq!(page.matches("<tr>").count(), 1 + HOSTILE.len());
    assert!(page.contains("all its 5 rows are as they were written"));
    let lines = read_back(&report_csv(&report(Verdict::default())));
    assert_eq!(lines.len(), 1 + HOSTILE.len());
    assert_eq!((&*lines[1][8], &*lines[1][9]), ("signed in", "61"));
}

#[test]
fn a_broken_log_stands_on_the_page_with_its_first_bad_row() {
    let (first_bad, fault) = (Some(17), Some(LogFault::Changed));
    let page = report_html(&report(Verdict { first_bad, fault, ..Verdict::default() }));
    assert!(page.contains("from row 17 on: a row was changed or moved"), "{page}");
    assert!(!page.contains("as they were written"));
}

fn to_change(password: &str, list: bool) -> RotationRow {
    RotationRow {
        organization: "Contoso, Inc.".to_owned(),
        password: password.to_owned(),
        list,
        entry: "The \"one\"".to_owned(),
        why: RotationWhy::Seen,
        last: Some(At(1_700_000_000_123)),
    }
}

#[test]
fn the_list_of_passwords_to_change_runs_in_no_spreadsheet() {
    for text in HOSTILE.into_iter().take(9) {
        let csv = rotation_csv(&[to_change(text, false)]);
        let rows = read_back(&csv);
        assert_eq!(rows[1][1], format!("'{text}"), "{text:?}");
    }
    let csv = rotation_csv(&[to_change("Domain Admin", false)]);
    let rows = read_back(&csv);
    let one = ["Contoso, Inc.", "Domain Admin", "The \"one\"", "saw or copied it"];
    assert_eq!(rows[0], ["organization", "password", "entry", "why", "last"]);
    assert_eq!(
        (&rows[1][..4], &*rows[1][4]),
        (&one.map(str::to_owned)[..], "2023-11-14T22:13:20.123Z")
    );
}

#[test]
fn no_cell_of_the_list_of_passwords_to_change_is_blank() {
    let nothing =
        RotationRow { organization: String::new(), entry: String::new(), ..to_change("", false) };
    let csv = rotation_csv(&[nothing, to_change("", true), to_change("Servers", true)]);
    let rows = read_back(&csv);
    assert!(rows.iter().flatten().all(|cell| !cell.is_empty()), "{rows:?}");
    assert_eq!(rows[2][1], "any password of the list");
    assert_eq!(rows[3][1], "any password of the list in the category Servers");
}
