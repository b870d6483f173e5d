//! The audit log: rows, filters, verdicts, exports and the client report.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{At, ObjectRef};

/// A row of the audit log. Its sentence is made by the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AuditRow {
    /// Counts from 1.
    pub number: u32,
    /// When.
    pub at: At,
    /// Who.
    pub person: String,
    /// What: `host_accepted`, `password_shown` ... (core's audit words).
    pub what: String,
    /// On which entry, account or host, by name.
    pub on: String,
    /// How it went: `done`, `intended`, `denied`, `refused`, `failed`.
    pub outcome: String,
    /// More about it, in the same closed words: a refusal's reason, a record's name.
    pub details: Vec<AuditDetail>,
    /// The launch it belongs to.
    pub run: Option<String>,
}

/// One more fact of an audit row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AuditDetail {
    /// Its name: `host`, `record`, `reason`, `lasted_ms` ...
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Which rows of the log are wanted; what is `None` does not count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AuditFilter {
    /// Rows of this person, by id.
    pub person: Option<String>,
    /// Rows on this entry or folder.
    pub entry: Option<ObjectRef>,
    /// Rows on what has this in its name, as the log has it; what is gone is found too.
    pub on: Option<String>,
    /// Rows of this organization.
    pub organization: Option<OrganizationRef>,
    /// Rows of this host.
    pub host: Option<String>,
    /// Rows of this audit word.
    pub what: Option<String>,
    /// From then on.
    pub from: Option<At>,
    /// Before then.
    pub to: Option<At>,
}

/// An organization, of an account: two accounts may call different ones by one id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct OrganizationRef {
    /// The account.
    pub connection: String,
    /// The organization there.
    pub organization: String,
}

/// Whether the log is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AuditVerdict {
    /// How many rows there are.
    pub rows: u32,
    /// All of them hold.
    pub good: bool,
    /// The first that does not.
    pub first_bad: Option<u32>,
    /// What is wrong with it, as core's closed word.
    pub fault: Option<String>,
    /// The last row below a signature.
    pub signed_to: u32,
    /// How many rows come after it.
    pub unsigned: u32,
    /// Whether this device knows where the log ended; `None` where the keyring does not say. Without
    /// that rows may be missing at the end.
    pub anchored: Option<bool>,
}

/// How the log is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values, with a line of names.
    Csv,
}

/// Which client and days a report is about.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ClientReportForm {
    /// The account.
    pub connection: String,
    /// The organization.
    pub organization: String,
    /// From then on.
    pub from: At,
    /// Before then.
    pub to: At,
}

/// Who worked for a client, when and how it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClientReport {
    /// As comma-separated values.
    pub csv: String,
    /// As a page to print: nothing in it runs, nothing is loaded.
    pub html: String,
    /// The same rows.
    pub rows: Vec<ReportRow>,
    /// Whether the log they come from is whole.
    pub verdict: AuditVerdict,
}

/// One session, show or copy of a client report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReportRow {
    /// Who.
    pub person: String,
    /// When.
    pub at: At,
    /// What, as the audit word: `launch`, `password_shown`, `password_copied`.
    pub what: String,
    /// On which entry, by name.
    pub on: String,
    /// The host; empty for show and copy.
    pub host: String,
    /// The account name signed in with.
    pub account: String,
    /// The ticket's number.
    pub ticket: String,
    /// The reason given with it.
    pub reason: String,
    /// How it went, in audit words.
    pub outcome: String,
    /// How long the session was up, in seconds.
    pub seconds: Option<u32>,
}
