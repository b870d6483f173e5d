//! The door of the vault: how it stands, who comes in and with what.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Fault, SecretText};

/// The door before anybody has come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Door {
    /// Whether there is a vault, and of which age.
    pub state: DoorState,
    /// Who can come in; known only where the keyring can be read.
    pub people: Vec<DoorPerson>,
    /// How the OS keyring answers.
    pub keyring: KeyringState,
    /// The vault is not as it was left.
    pub damage: Option<Damage>,
    /// A door for tests is open in this build.
    pub test_build: bool,
    /// How many sessions lost their line and wait for somebody to unlock; no names.
    pub waiting: u32,
    /// Where the vault's file lies.
    pub path: String,
}

/// Whether there is a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DoorState {
    /// There is none yet: make one.
    None,
    /// One of a Usher that knew no passphrases: its administrator chooses one now.
    Old,
    /// It is there, and closed.
    Locked,
}

/// A person who can come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DoorPerson {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What their PIN is good for.
    pub pin: PinAtDoor,
    /// They still have to enrol with the code that an administrator gave them.
    pub invited: bool,
    /// How many seconds they have to wait after wrong tries.
    pub wait_seconds: u32,
}

/// What a person's PIN is good for before they have come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PinAtDoor {
    /// They have none on this device.
    None,
    /// It opens the vault now.
    Opens,
    /// It opens the vault again once the passphrase was given: not yet today, not since Usher was
    /// started, or it is another passphrase by now.
    AfterPassphrase,
    /// Its tries are used up; the passphrase gives them back.
    Spent,
}

/// How the OS keyring answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyringState {
    /// As it should.
    Ok,
    /// No keyring service runs.
    Missing,
    /// It is locked.
    Locked,
    /// It does not answer in time.
    Slow,
    /// It refuses.
    Failed,
    /// It holds nothing for this vault: this device is not known to it.
    Empty,
}

/// A vault that is not as it was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Damage {
    /// `vault_rolled_back`, `vault_damaged` or `vault_corrupt`.
    pub fault: Fault,
    /// The table that does not hold, or the part of a corrupt file, where it can be told.
    pub table: Option<String>,
    /// The row that does not hold, where it can be told.
    pub row: Option<String>,
    /// An administrator may open it as it was found, read-only.
    pub read_only_offered: bool,
}

/// A new vault and its founder.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CreateVault {
    /// What the vault is called.
    pub vault: String,
    /// What its first administrator is called.
    pub administrator: String,
    /// Their passphrase.
    pub passphrase: SecretText,
}

/// What a person opens the vault with.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum UnlockWith {
    /// Their passphrase, on a device that the vault knows.
    Passphrase {
        /// Who.
        person: String,
        /// It.
        passphrase: SecretText,
    },
    /// Their PIN; not enough to administer.
    Pin {
        /// Who.
        person: String,
        /// It.
        pin: SecretText,
    },
    /// Their recovery kit, which says itself whose it is.
    RecoveryKit {
        /// The code as printed; spaces, hyphens and case do not matter.
        kit: SecretText,
        /// Their passphrase from now on.
        passphrase: SecretText,
    },
    /// The code that an administrator gave them; it works once.
    EnrolmentCode {
        /// Who.
        person: String,
        /// The code.
        code: SecretText,
        /// Their passphrase from now on.
        passphrase: SecretText,
    },
    /// A vault of a Usher that knew no passphrases.
    Upgrade {
        /// What its one administrator is called from now on.
        administrator: String,
        /// Their passphrase from now on.
        passphrase: SecretText,
    },
}

/// Another passphrase of one's own.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ChangePassphrase {
    /// The one so far.
    pub current: SecretText,
    /// The one from now on.
    pub new: SecretText,
}

/// A passphrase to be weighed.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PassphraseStrength {
    /// What was typed.
    pub passphrase: SecretText,
    /// Names that make it weaker where they stand in it.
    pub hints: Vec<String>,
}

/// The vault is open.
#[derive(Serialize, Deserialize, Type)]
pub struct Unlocked {
    /// Names this person's open vault from now on; the shell keeps it.
    pub handle: String,
    /// Who they are.
    pub person: super::Whom,
    /// A recovery kit that was made on the way: shown once, never again.
    pub recovery_kit: Option<SecretText>,
    /// Opened as it was found: nothing can be changed.
    pub read_only: bool,
    /// What the person should know.
    pub notes: Vec<UnlockNote>,
}

/// What a person should know about the vault that they opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum UnlockNote {
    /// This device had no note of how the vault was left, so an older copy would not show.
    NoAnchor,
    /// It was opened without the OS keyring.
    NoKeyring,
    /// It was brought up from an older version; a copy stands beside it.
    Upgraded,
}

/// How strong a passphrase is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Strength {
    /// zxcvbn's score, 0 to 4.
    pub score: u32,
    /// Strong enough to be taken.
    pub enough: bool,
    /// log10 of the guesses that finding it takes.
    pub guesses_log10: u32,
    /// What makes it weak, as zxcvbn's closed word.
    pub warning: Option<String>,
    /// What would make it stronger, as zxcvbn's closed words.
    pub suggestions: Vec<String>,
}

/// By what a person proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Proved {
    /// By their passphrase, recovery kit or code.
    Passphrase,
    /// By their PIN; `prove` with the passphrase lifts it for administration.
    Pin,
}

/// Why the vault is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LockWhy {
    /// The person asked.
    Asked,
    /// No input in the whole OS session for too long.
    Idle,
    /// The OS session's screen was locked.
    Screen,
    /// The computer goes to sleep.
    Suspend,
    /// It was open for 12 hours.
    Hours,
    /// Another program changed the vault so that this person is out.
    OtherProgram,
    /// An administrator disabled or revoked the person.
    Revoked,
}

/// How the vault's file is, as far as that shows without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct VaultVerdict {
    /// Where it lies.
    pub path: String,
    /// How it is.
    pub state: VaultState,
    /// How many rows it has.
    pub rows: u32,
    /// The number of its newest statement.
    pub number: u32,
    /// What is wrong with it.
    pub damage: Option<Damage>,
    /// Whether it is what this device last saw; `None` where the keyring does not say.
    pub anchored: Option<bool>,
}

/// How the vault's file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// There is none.
    None,
    /// One of a Usher that knew no passphrases.
    Old,
    /// It holds.
    Good,
    /// It does not.
    Bad,
}
