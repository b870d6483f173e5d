//! What the broker tells unasked. Numbered: who misses one asks for a snapshot.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{At, Failure, LockWhy, PickerProgress};

/// An event and its number, which counts up by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Numbered {
    /// Counts from 1 since the broker started.
    pub number: u32,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Entries, folders, people or accounts changed: ask for a snapshot.
    VaultChanged,
    /// Events were lost, since the listener lagged: ask for a snapshot.
    Missed {
        /// How many sessions wait for somebody to unlock, for the locked door.
        waiting: u32,
    },
    /// Somebody came in.
    Unlocked,
    /// The vault is locked: what was open of it is gone. Running sessions go on.
    Locked {
        /// Why.
        why: LockWhy,
    },
    /// So many sessions lost their line and wait for somebody to unlock; no names, since this is for
    /// the locked door too.
    Waiting {
        /// How many.
        sessions: u32,
    },
    /// A launch went on.
    Run {
        /// It, as it is now.
        run: RunRow,
    },
    /// A list filled further: ask for its page again.
    Picker {
        /// The list.
        picker: String,
        /// How far.
        progress: PickerProgress,
    },
}

/// One launch on the Running list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RunRow {
    /// The launch.
    pub run: String,
    /// The session entry.
    pub session: String,
    /// Its name.
    pub name: String,
    /// The client folder's name.
    pub client: String,
    /// The host.
    pub host: String,
    /// As whom, once it is known.
    pub account: Option<String>,
    /// The credential entry's name; none where the person typed user and password.
    pub credential_name: Option<String>,
    /// Since when.
    pub since: At,
    /// How far it is.
    pub state: RunState,
    /// Everything about it stands in the audit log; `false` where something could not be written.
    pub audited: bool,
    /// The person starts the client by hand.
    pub by_hand: bool,
    /// `SignInAgain` would do something: it is up, there is a password to fetch, and a client that can come
    /// back.
    pub can_sign_in_again: bool,
}

/// How far a launch is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RunState {
    /// The injector listens for the client.
    WaitingForClient,
    /// The client came; the host is being asked.
    SigningIn,
    /// The host accepted.
    Active,
    /// The host shows a desktop. It does not say whether it signed in: it may be its sign-in page.
    DesktopOnly,
    /// The line was lost; the client is expected back.
    Dropped,
    /// The client is back, and waits for the vault to be unlocked.
    NeedsUnlock,
    /// It is over.
    Ended {
        /// Why.
        end: RunEnd,
    },
}

/// Why a launch is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum RunEnd {
    /// It was up and was closed.
    Closed {
        /// How long it was up, in seconds.
        seconds: u32,
    },
    /// The client never came.
    ClientNeverCame,
    /// The client was closed before it had signed in.
    ClientLeftEarly,
    /// No RDP client is installed.
    ClientMissing,
    /// Something else tried the listener 5 times.
    TooManyAttempts,
    /// The host refused the credential.
    HostRefused {
        /// `logon_failure`, `password_expired`, `account_unusable`, `not_permitted`, `unexplained`.
        reason: String,
        /// The record's name in IT Glue.
        record: String,
        /// When its password was last changed there.
        changed: Option<At>,
        /// The credential entry asks for a choice: another record can be chosen.
        choose_again: bool,
        /// Other credential entries of the client folder that may be sent to this host.
        others: Vec<String>,
        /// How often this record (or what was typed for this user) was refused at this host within
        /// 10 minutes, this time counted. From 2 on the account may soon be locked out.
        refusals: u32,
        /// The person typed user and password themselves; there is no record then.
        typed: bool,
    },
    /// The certificate changed between preflight and sign-in; nothing was sent.
    CertificateChanged,
    /// Nothing was released, or the host could not be reached.
    Failed {
        /// Why.
        failure: Failure,
    },
    /// A person ended it.
    EndedByPerson,
}
