//! Time and chance, who is there, and who wants to know: given and never fetched.

use std::time::Duration;

use crate::entry::{PasswordRecord, UserName};
use crate::ids::{PersonId, RunId};
use crate::launch::UnlockId;
use crate::ports::{Outcome, Proved};
use crate::time::{Moment, Uptime};

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Wall time, for people and the audit.
    fn now(&self) -> Moment;
    /// Monotonic time, for deadlines.
    fn uptime(&self) -> Uptime;
    /// Waits that long, for what is done now and then.
    fn wait(&self, time: Duration) -> impl Future<Output = ()> + Send;
}

/// Gives unpredictable bytes.
pub trait Random: Send + Sync + 'static {
    /// Fills the buffer from the OS's generator.
    fn fill(&self, buffer: &mut [u8]);
}

/// Knows which unlock is still open, and whose it is.
pub trait Unlocks: Send + Sync + 'static {
    /// The person behind the unlock; `None` once it was locked.
    fn person(&self, unlock: UnlockId) -> Option<PersonId>;

    /// By what they proved who they are; `None` once it was locked.
    fn proved(&self, unlock: UnlockId) -> Option<Proved>;

    /// An unlock of this person that sessions may go on with by themselves; `None` while they have the
    /// vault locked, or open only as it was found.
    fn open_for(&self, person: PersonId) -> Option<UnlockId>;

    /// Waits for what [`Self::open_for`] gives; at once where there is one. Safe to cancel.
    fn opened(&self, person: PersonId) -> impl Future<Output = UnlockId> + Send;
}

/// What the window should know. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The book changed.
    BookChanged,
    /// The sign-in of a launch is about to use this record, or what the person typed, as this user.
    SigningInAs {
        /// The launch.
        run: RunId,
        /// As whom.
        user: UserName,
        /// With which record; none where the person typed it.
        record: Option<PasswordRecord>,
    },
    /// A launch went on.
    Run {
        /// The launch.
        run: RunId,
        /// What happened.
        outcome: Outcome,
        /// When.
        at: Uptime,
    },
    /// What became of a launch could not be written to the audit log.
    AuditUnwritten {
        /// The launch.
        run: RunId,
    },
}

/// Passes notices on, without waiting.
pub trait Notices: Send + Sync + 'static {
    /// Tells it.
    fn tell(&self, notice: Notice);
}
