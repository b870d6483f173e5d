//! What the acceptor lets through, for how long, and after how many wrong tries no more.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sspi::AuthIdentity;
use tokio::time::Instant;

/// How long a code may be typed.
const TYPED_LIFE: Duration = Duration::from_mins(2);
/// Wrong tries after which a code is dead, whatever comes then.
const WRONG_TRIES: u8 = 3;
/// Clients open probing connections first (mstsc does); more than these are somebody guessing.
const ATTEMPTS: u8 = 5;
/// Where wrong tries are counted by themselves: mstsc connects more than once for each.
const ATTEMPTS_TYPED: u8 = 15;

/// The acceptor's side of a one-time credential.
///
/// It is asked when `CredSSP` has found a credential right, not before: of several connections at once
/// one alone gets through, and none after the last wrong try.
pub(crate) struct Gate {
    identity: AuthIdentity,
    /// Held while one try is judged.
    judging: Mutex<()>,
    /// `None` for a credential that a program was handed: its 190 bits cannot be guessed, and the same
    /// client comes back with it after a lost line.
    typed: Option<Mutex<Typed>>,
}

struct Typed {
    until: Instant,
    wrong: u8,
    used: bool,
}

impl Gate {
    /// For as long as the session lives.
    pub(crate) fn handed(identity: AuthIdentity) -> Self {
        Self { identity, judging: Mutex::default(), typed: None }
    }

    /// Once, from now on for 120 seconds, with at most 3 wrong tries.
    pub(crate) fn typed(identity: AuthIdentity) -> Self {
        let typed = Typed { until: Instant::now() + TYPED_LIFE, wrong: 0, used: false };
        Self { identity, judging: Mutex::default(), typed: Some(Mutex::new(typed)) }
    }

    /// What a client must prove to know.
    pub(crate) fn identity(&self) -> &AuthIdentity {
        &self.identity
    }

    /// Judges one try of one connection, and no other meanwhile: what it says with [`Self::wrong`] or
    /// [`Self::pass`] counts before the next one is looked at.
    pub(crate) fn judges<T>(&self, judge: impl FnOnce() -> T) -> T {
        let _one = self.judging.lock().unwrap_or_else(PoisonError::into_inner);
        judge()
    }

    /// How many connections may come to nothing before the session ends.
    pub(crate) fn attempts(&self) -> u8 {
        if self.typed.is_some() { ATTEMPTS_TYPED } else { ATTEMPTS }
    }

    /// A client has proved it: whether it gets in.
    pub(crate) fn pass(&self) -> bool {
        self.with(|typed| !typed.is_dead() && !std::mem::replace(&mut typed.used, true))
            .unwrap_or(true)
    }

    /// A client has shown something else.
    pub(crate) fn wrong(&self) {
        self.with(|typed| typed.wrong = typed.wrong.saturating_add(1));
    }

    /// Whether nobody gets in any more, however right: it was used, is too old, or was guessed at.
    pub(crate) fn is_dead(&self) -> bool {
        self.with(|typed| typed.is_dead()).unwrap_or(false)
    }

    /// Whether it was guessed at too often.
    pub(crate) fn is_guessed_at(&self) -> bool {
        self.with(|typed| typed.wrong >= WRONG_TRIES).unwrap_or(false)
    }

    fn with<T>(&self, look: impl FnOnce(&mut Typed) -> T) -> Option<T> {
        let typed = self.typed.as_ref()?;
        Some(look(&mut typed.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Typed {
    fn is_dead(&self) -> bool {
        self.used || self.wrong >= WRONG_TRIES || Instant::now() >= self.until
    }
}
