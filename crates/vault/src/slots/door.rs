//! How the door stands for one person on one device: tries left, and how long to wait. Kept in the
//! keyring, and written before each try, so that a program that is killed has used the try up.

use serde::{Deserialize, Serialize};
use usher_core::time::Moment;

use super::same_day;

/// How many wrong PINs are taken before only the passphrase is.
pub(crate) const PIN_TRIES: u8 = 5;

/// The longest wait after a wrong passphrase, in seconds.
const LONGEST: u32 = 60;

/// The door for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DoorState {
    /// What the person is called, for the list at the door.
    pub(crate) name: String,
    pin_left: u8,
    /// Wrong passphrases in a row.
    wrong: u32,
    /// When the last of them was given; milliseconds since 1970.
    wrong_at: u64,
    /// When the passphrase was given last; milliseconds since 1970.
    passphrase_at: Option<u64>,
}

impl DoorState {
    /// The door of somebody who never came in.
    pub(crate) fn closed(name: &str) -> Self {
        let name = name.to_owned();
        Self { name, pin_left: PIN_TRIES, wrong: 0, wrong_at: 0, passphrase_at: None }
    }

    /// The same door with this name on it.
    pub(crate) fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// How many seconds to wait for the next passphrase. A clock that was set back makes the wait
    /// no longer than it was at first.
    pub(crate) fn wait(&self, now: Moment) -> u32 {
        let whole = delay(self.wrong);
        let since = now.unix_millis().saturating_sub(self.wrong_at).div_euclid(1_000);
        whole.saturating_sub(u32::try_from(since).unwrap_or(u32::MAX))
    }

    /// A passphrase is about to be tried: counted as wrong until it has opened.
    pub(crate) fn try_passphrase(&mut self, now: Moment) {
        self.wrong = self.wrong.saturating_add(1);
        self.wrong_at = now.unix_millis();
    }

    /// The passphrase opened: nothing wrong any more, the PIN has its tries back.
    pub(crate) fn passphrase_opened(&mut self, now: Moment) {
        self.wrong = 0;
        self.pin_left = PIN_TRIES;
        self.passphrase_at = Some(now.unix_millis());
    }

    /// Whether a PIN is looked at now: it has tries left, and the passphrase was given today.
    pub(crate) fn takes_pin(&self, now: Moment) -> bool {
        self.pin_left > 0 && self.passphrase_today(now)
    }

    /// The PIN's tries are used up.
    pub(crate) fn pin_spent(&self) -> bool {
        self.pin_left == 0
    }

    /// A PIN is about to be tried: one try less until it has opened.
    pub(crate) fn try_pin(&mut self) {
        self.pin_left = self.pin_left.saturating_sub(1);
    }

    /// The PIN opened: it has all its tries back.
    pub(crate) fn pin_opened(&mut self) {
        self.pin_left = PIN_TRIES;
    }

    /// If the clock was set back, the wait begins anew from here instead of never ending.
    pub(crate) fn settle(&mut self, now: Moment) {
        self.wrong_at = self.wrong_at.min(now.unix_millis());
    }

    fn passphrase_today(&self, now: Moment) -> bool {
        self.passphrase_at.is_some_and(|at| same_day(Moment::from_unix_millis(at), now))
    }
}

/// The wait after so many wrong ones: 0, 0, 1, 2, 4 ... 60 seconds.
fn delay(wrong: u32) -> u32 {
    match wrong {
        0..=2 => 0,
        more => 1_u32.checked_shl(more - 3).unwrap_or(LONGEST).min(LONGEST),
    }
}
