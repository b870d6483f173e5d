//! An IT Glue account's card: its keys, how long they were not used, and what is left of requests.

use usher_core::book::Book;
use usher_core::entry::{self, Connection, KeyHistory, PersonKey};
use usher_core::ids::PersonId;
use usher_core::policy::{Act, Action, Denied, may_act};
use usher_core::ports;
use usher_core::time::Moment;

use super::failure::{region, seconds};
use super::may::may;
use super::people::whom;
use crate::itglue_source::label;
use crate::protocol::{AccountRow, At, KeyWatch, PasswordAccess, PersonKeyRow, RequestsLeft};

/// Cards for one person, over one book, at one moment.
pub(crate) struct Cards<'a> {
    pub(crate) book: &'a Book,
    pub(crate) person: PersonId,
    /// The person gave their passphrase.
    pub(crate) by_passphrase: bool,
    pub(crate) now: Moment,
    pub(crate) requests: ports::RequestsLeft,
}

fn at(moment: Moment) -> At {
    At(moment.unix_millis())
}

impl Cards<'_> {
    /// The account's card.
    pub(crate) fn account(&self, row: &Connection) -> AccountRow {
        AccountRow {
            id: row.id.to_string(),
            name: row.name.to_string(),
            region: region(row.region),
            region_label: label(row.region).to_owned(),
            password_access: access(row.history.password_access),
            last_accepted: row.history.last_accepted.map(at),
            refused_since: row.history.refused_since.map(at),
            watch: self.watch(&row.history),
            keep_alive: self.book.kept_alive_by(row).is_some(),
            requests: requests(self.requests),
            person_keys: self.person_keys(row),
            administer: may(&self.administer()),
        }
    }

    /// An unlock by PIN is not enough.
    fn administer(&self) -> Result<(), Denied> {
        let act = Act { by_passphrase: self.by_passphrase, ..Act::default() };
        may_act(self.book, self.person, Action::Administer, &act).map(drop)
    }

    /// Everybody's for administrators, else one's own.
    fn person_keys(&self, row: &Connection) -> Vec<PersonKeyRow> {
        let all = self.book.is_administrator(self.person);
        let mine = |key: &&PersonKey| all || key.person == self.person;
        let keys = self.book.person_keys.values().filter(|key| key.connection == row.id);
        let mut rows: Vec<_> = keys.filter(mine).map(|key| self.person_key(key)).collect();
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        rows
    }

    fn person_key(&self, key: &PersonKey) -> PersonKeyRow {
        PersonKeyRow {
            person: key.person.to_string(),
            name: whom(self.book, key.person).name,
            watch: self.watch(&key.history),
            refused: key.history.refused_since.map(at),
        }
    }

    fn watch(&self, history: &KeyHistory) -> KeyWatch {
        let watch = history.watch(self.now);
        KeyWatch {
            last_used: history.last_accepted.map(at),
            unused_days: watch.map(|watch| watch.unused_days),
            flagged: watch.is_some_and(|watch| watch.flagged),
            revoked_in_days: watch.map(|watch| watch.revoked_in_days),
        }
    }
}

fn access(access: entry::PasswordAccess) -> PasswordAccess {
    match access {
        entry::PasswordAccess::Unknown => PasswordAccess::Unknown,
        entry::PasswordAccess::Granted => PasswordAccess::Granted,
        entry::PasswordAccess::Missing => PasswordAccess::Missing,
    }
}

fn requests(left: ports::RequestsLeft) -> RequestsLeft {
    let ports::RequestsLeft { left, of, paused } = left;
    RequestsLeft { left, of, paused_seconds: paused.map(seconds) }
}
