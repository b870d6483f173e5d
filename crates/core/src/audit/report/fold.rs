//! From the log's rows to one row for each launch and each password shown or copied.

use std::collections::BTreeMap;

use super::{Came, Deed, ReportRow};
use crate::audit::{AuditRow, Outcome, What};
use crate::ids::{CredentialEntryId, PersonId, RunId};
use crate::time::Moment;

/// Takes the log's rows, oldest first.
#[derive(Default)]
pub(super) struct Fold {
    rows: Vec<ReportRow>,
    /// Where the row of a launch stands.
    runs: BTreeMap<RunId, usize>,
    /// When the host let a launch in, as far as it told.
    accepted: BTreeMap<RunId, Moment>,
    /// Where the row of a password stands that is about to be shown or copied.
    intended: BTreeMap<(PersonId, Option<CredentialEntryId>, Deed), usize>,
}

impl Fold {
    pub(super) fn rows(self) -> Vec<ReportRow> {
        self.rows
    }

    pub(super) fn take(&mut self, row: &AuditRow) {
        let Some(what) = What::of_word(&row.what) else {
            return;
        };
        match (what, row.run) {
            (What::Launch | What::SignIn | What::TypedByPerson, Some(run)) => self.begin(run, row),
            (
                What::HostAccepted | What::DesktopShown | What::HostRefused | What::SessionEnded,
                Some(run),
            ) => self.go_on(run, row),
            // Somebody had to look at the host's certificate first: nothing was done at the client.
            (What::Launch, None) if row.went(Outcome::Stopped) => {}
            // A launch that came to nothing before it had an id of its own.
            (What::Launch, None) => self.add(row, Deed::Launch, came(row)),
            (What::PasswordShown, None) => self.reveal(Deed::Shown, row),
            (What::PasswordCopied, None) => self.reveal(Deed::Copied, row),
            _ => {}
        }
    }

    fn add(&mut self, row: &AuditRow, what: Deed, came: Came) {
        self.rows.push(ReportRow {
            at: row.at,
            person: row.person,
            what,
            on: row.on.clone(),
            host: row.about.host.clone(),
            account: row.about.account.clone(),
            ticket: row.about.ticket.clone(),
            came,
            lasted: row.about.lasted,
        });
    }

    /// A launch, or that its password is due or was not given.
    fn begin(&mut self, run: RunId, row: &AuditRow) {
        if !self.runs.contains_key(&run) {
            self.runs.insert(run, self.rows.len());
            self.add(row, Deed::Launch, Came::Open);
        }
        self.go_on(run, row);
    }

    fn go_on(&mut self, run: RunId, row: &AuditRow) {
        let at = self.runs.get(&run).copied();
        // A session that began before the report's first day is none of its business.
        let Some(launch) = at.and_then(|at| self.rows.get_mut(at)) else {
            return;
        };
        if row.is(What::TypedByPerson) {
            launch.what = Deed::TypedByPerson;
        }
        let about = &row.about;
        launch.account = launch.account.take().or_else(|| about.account.clone());
        launch.host = launch.host.take().or_else(|| about.host.clone());
        launch.ticket = launch.ticket.take().or_else(|| about.ticket.clone());
        if row.is(What::HostAccepted) || row.is(What::DesktopShown) {
            self.accepted.entry(run).or_insert(row.at);
        }
        let up = || Some(row.at.since(*self.accepted.get(&run)?));
        // Rows of the first releases say how long it was up only where the client closed it by itself.
        let lasted = about.lasted.or_else(|| up().filter(|_| row.is(What::SessionEnded)));
        launch.lasted = launch.lasted.or(lasted);
        let said_later = launch.came == Came::DesktopShown && row.is(What::HostAccepted);
        if launch.came == Came::Open || said_later {
            launch.came = came(row);
        }
    }

    fn reveal(&mut self, what: Deed, row: &AuditRow) {
        let key = (row.person, row.about.credential, what);
        if row.went(Outcome::Intended) {
            self.intended.insert(key, self.rows.len());
            return self.add(row, what, Came::Open);
        }
        let intended = self.intended.remove(&key);
        match intended.and_then(|at| self.rows.get_mut(at)) {
            Some(begun) => {
                begun.came = came(row);
                begun.account = begun.account.take().or_else(|| row.about.account.clone());
            }
            None => self.add(row, what, came(row)),
        }
    }
}

/// What a single row says that came of it.
fn came(row: &AuditRow) -> Came {
    match (What::of_word(&row.what), Outcome::of_word(&row.outcome)) {
        (Some(What::HostAccepted), _) => Came::SignedIn,
        (Some(What::DesktopShown), _) => Came::DesktopShown,
        (Some(What::HostRefused), _) => Came::Refused,
        (Some(What::PasswordShown | What::PasswordCopied), Some(Outcome::Done)) => Came::Released,
        (_, Some(Outcome::Denied)) => Came::Denied,
        (_, Some(Outcome::Failed | Outcome::Refused)) => Came::Failed,
        _ => Came::Open,
    }
}
