//! The client report as a page to print: one file without scripts that loads nothing.

use std::fmt::Write;

use usher_core::audit::{ClientReport, Verdict};

use super::fault::log_fault;
use super::iso;
use super::report::cells;

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body { font: 10pt/1.4 system-ui, sans-serif; margin: 2em; color: #111; }
h1 { font-size: 16pt; margin: 0 0 .3em; }
table { border-collapse: collapse; width: 100%; margin-top: 1em; }
th, td { text-align: left; vertical-align: top; padding: .25em .5em; border-bottom: 1px solid #ccc; }
td { overflow-wrap: anywhere; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.bad { font-weight: bold; color: #a00; }
@page { size: A4 landscape; margin: 15mm; }
@media print { body { margin: 0; } }
</style>
"#;

const COLUMNS: [&str; 10] = [
    "When (UTC)",
    "Person",
    "What",
    "Entry",
    "Host",
    "Signed in as",
    "Ticket",
    "Reason",
    "Outcome",
    "Seconds",
];

/// The report as a page.
pub(crate) fn report_html(report: &ClientReport) -> String {
    let client = escaped(&report.organization.name);
    let mut page = String::from(HEAD);
    page.extend(["<title>Client report: ", &client, "</title>\n</head>\n<body>\n"]);
    page.extend(["<h1>Client report: ", &client, "</h1>\n"]);
    page.push_str(&about(report));
    page.push_str(&verdict(&report.verdict));
    page.push_str(&table(report));
    page.push_str("</body>\n</html>\n");
    page
}

fn about(report: &ClientReport) -> String {
    let by = report.book.people.get(&report.by).map(|person| person.name.to_string());
    let by = escaped(&by.unwrap_or_default());
    let (from, to, at) = (iso(report.period.from), iso(report.period.to), iso(report.at));
    let count = report.rows.len();
    format!(
        "<p>{count} launches and passwords shown or copied, from {from} to before {to}.<br>\n\
         Made by {by} at {at}.</p>\n"
    )
}

fn verdict(verdict: &Verdict) -> String {
    let Verdict { rows, first_bad, fault, unsigned, .. } = verdict;
    let Some(first_bad) = first_bad else {
        return format!(
            "<p>The audit log was verified for this report: all its {rows} rows are as they were \
             written. {unsigned} of them are not signed yet.</p>\n"
        );
    };
    let fault = fault.map(log_fault).unwrap_or_default();
    format!(
        "<p class=\"bad\">The audit log is not as it was written, from row {first_bad} on: {fault}. \
         What stands below may be incomplete.</p>\n"
    )
}

fn table(report: &ClientReport) -> String {
    let heading = |text: &&str| format!("<th>{text}</th>");
    let headings: String = COLUMNS.iter().map(heading).collect();
    let mut table = format!("<table>\n<thead><tr>{headings}</tr></thead>\n<tbody>\n");
    for row in &report.rows {
        let cell = |text: &String| format!("<td><bdi>{}</bdi></td>", escaped(text));
        let cells: String = cells(report, row).iter().map(cell).collect();
        // Writing into a string does not fail.
        writeln!(table, "<tr>{cells}</tr>").ok();
    }
    table.push_str("</tbody>\n</table>\n");
    table
}

/// The text where HTML expects text or a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}
