//! The audit log: who, what, on which entry, when, outcome. And the rule that nothing is released
//! before its intent is on record.

mod about;
mod event;
mod export;
mod filter;
mod gate;
mod query;
mod record;
mod report;
mod sign;
#[cfg(test)]
mod tests;
mod used;
mod verdict;
mod verify;
mod words;

pub use crate::entry::Ticket;
pub use about::About;
pub use event::{AuditEvent, AuditRow, NOBODY, event};
pub use export::{Format, export};
pub use filter::Filter;
pub use query::{Page, query};
pub use record::{Audited, intend, record};
pub(crate) use record::{carry_out, not_done};
pub use report::{Came, Client, ClientReport, Deed, Period, ReportRow, client_report};
pub use sign::{SIGN_AFTER, keep_signed};
pub use used::{Had, Use, Used, had_by};
pub use verdict::{LogFault, Verdict};
pub use verify::verify;
pub use words::{Outcome, What};
