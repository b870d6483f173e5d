//! Samples of the audit log.

use usher_broker::protocol::{
    At, AuditDetail, AuditRow, AuditVerdict, ClientReport, ExportFormat, ReportRow,
};

fn text(text: &str) -> String {
    text.to_owned()
}

super::words::words!(formats: ExportFormat { JsonLines, Csv });

pub(super) fn row() -> AuditRow {
    let details = vec![AuditDetail { name: text("host"), value: text("dc01") }];
    AuditRow {
        number: 1,
        at: At(5),
        person: text("Ada"),
        what: text("sign_in"),
        on: text("DC01"),
        outcome: text("intended"),
        details,
        run: None,
    }
}

pub(super) fn verdict() -> AuditVerdict {
    AuditVerdict {
        rows: 7,
        good: false,
        first_bad: Some(3),
        fault: Some(text("chain")),
        signed_to: 6,
        unsigned: 1,
        anchored: Some(true),
    }
}

pub(super) fn report() -> ClientReport {
    let row = ReportRow {
        person: text("Ada"),
        at: At(1),
        what: text("launch"),
        on: text("DC01"),
        host: text("dc01"),
        account: text("CORP\\adm"),
        ticket: text("T-1"),
        reason: text("\""),
        outcome: text("done"),
        seconds: Some(60),
    };
    ClientReport { csv: text("a\r\n"), html: text("<p>"), rows: vec![row], verdict: verdict() }
}
