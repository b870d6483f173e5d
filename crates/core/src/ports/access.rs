//! The door of the vault: who opens it and with what, and who keeps or loses what opens it.

use crate::Secret;
use crate::book::Change;
use crate::entry::Name;
use crate::error::{KeyringError, StoreError};
use crate::ids::{DeviceId, PersonId};
use crate::policy::{Edit, Permit};
use crate::time::Moment;

/// What a person opens the vault with.
pub enum OpenWith {
    /// Their passphrase, on a device that is known to the vault.
    Passphrase {
        /// Who.
        person: PersonId,
        /// It.
        passphrase: Secret,
    },
    /// Their PIN: on the same day as the passphrase, in the process it was given to, and never for
    /// administration.
    Pin {
        /// Who.
        person: PersonId,
        /// It.
        pin: Secret,
    },
    /// Their recovery kit, which says itself whose it is. They choose a new passphrase.
    RecoveryKit {
        /// The code as it was printed; spaces, hyphens and case do not matter.
        kit: Secret,
        /// The passphrase from now on.
        passphrase: Secret,
    },
    /// The code that an administrator gave them. It works once.
    EnrolmentCode {
        /// Who.
        person: PersonId,
        /// The code, as forgiving as the recovery kit.
        code: Secret,
        /// The passphrase from now on.
        passphrase: Secret,
    },
    /// A vault of a Usher that knew no passphrases: its one administrator gets one now.
    Upgrade {
        /// What the administrator is called from now on.
        administrator: Name,
        /// Their passphrase from now on.
        passphrase: Secret,
    },
}

/// By what a person proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proved {
    /// By their PIN; not enough to administer.
    Pin,
    /// By their passphrase, recovery kit or enrolment code.
    Passphrase,
}

/// The vault is open for this person.
pub struct Opened {
    /// Who they are.
    pub person: PersonId,
    /// What they proved it by.
    pub proved: Proved,
    /// A recovery kit that was made on the way, to be shown once.
    pub recovery_kit: Option<Secret>,
    /// Opened although it is not as it was left: nothing can be changed.
    pub as_found: Option<StoreError>,
    /// What the person should know.
    pub remarks: Vec<Remark>,
}

/// What a person should know about the vault that they opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// This device had no note of how the vault was left, so an older copy would not show.
    NoAnchor,
    /// The vault was opened without the OS keyring.
    NoKeyring(KeyringError),
    /// It was brought up from an older version; a copy of it stands beside it.
    Upgraded,
}

/// The door before anybody has come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// There is no vault yet.
    NoVault,
    /// A vault of a Usher that knew no passphrases.
    Older,
    /// A vault. The people are known only where the OS keyring can be read.
    Vault {
        /// Who can come in, by name.
        people: Vec<AtTheDoor>,
        /// Why the keyring cannot be read, if it cannot.
        keyring: Option<KeyringError>,
    },
}

/// A person who can come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtTheDoor {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: Name,
    /// What their PIN is good for.
    pub pin: PinAtDoor,
    /// They still have to enrol with the administrator's code.
    pub invited: bool,
    /// How many seconds they have to wait after wrong passphrases.
    pub wait_seconds: u32,
}

/// What a person's PIN is good for before they have come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PinAtDoor {
    /// They have none on this device.
    None,
    /// It opens the vault now: it has tries left, and the passphrase was given today and to this
    /// process.
    Opens,
    /// It opens the vault again once the passphrase was given: that was not today, or the program was
    /// started anew since, or it is another passphrase by now.
    AfterPassphrase,
    /// Its tries are used up; the passphrase gives them back.
    Spent,
}

/// What a new vault starts with.
pub struct FirstVault {
    /// Its founder; one of the people that the changes put.
    pub founder: PersonId,
    /// The founder's passphrase.
    pub passphrase: Secret,
    /// The founder, the root folder, their grant.
    pub changes: Vec<Change>,
}

/// The code with which a person comes in for the first time.
pub struct Invitation {
    /// The code, at least 100 bits, in groups for reading aloud. Shown once.
    pub code: Secret,
    /// It works until then.
    pub until: Moment,
}

/// A device from which the vault can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Names it.
    pub id: DeviceId,
    /// What the device called itself.
    pub name: String,
    /// Since when.
    pub added: Moment,
    /// It is the one we are on.
    pub this_one: bool,
}

/// What somebody has to come in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeps {
    /// Who.
    pub person: PersonId,
    /// They have a passphrase: they are enrolled.
    pub passphrase: bool,
    /// They have a PIN.
    pub pin: bool,
    /// They have a recovery kit.
    pub recovery_kit: bool,
    /// They have a code to enrol with, good until then.
    pub invited_until: Option<Moment>,
}

/// How strong a passphrase is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// zxcvbn's score, 0 to 4.
    pub score: u8,
    /// Strong enough to be taken (score 3 and up).
    pub enough: bool,
    /// log10 of the guesses it takes.
    pub guesses_log10: u32,
    /// What makes it weak, as zxcvbn's closed word.
    pub warning: Option<&'static str>,
    /// What would make it stronger, as zxcvbn's closed words.
    pub suggestions: Vec<&'static str>,
}

/// Why the door stayed shut, or what opens it stayed as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// Wrong passphrase, PIN, kit or code, or nobody of that id: which of them is not said.
    #[error("not accepted")]
    NotAccepted {
        /// How many seconds until the next try.
        wait_seconds: u32,
    },
    /// The last wrong try was too short a time ago; this one was not looked at.
    #[error("too soon")]
    TooSoon {
        /// How many seconds until the next try.
        wait_seconds: u32,
    },
    /// The PIN's tries are used up, or the passphrase was not given to this process today.
    #[error("passphrase needed")]
    PassphraseNeeded,
    /// The passphrase is too weak to be taken, or the PIN too short (6 digits) or too plain.
    #[error("too weak")]
    TooWeak,
    /// The enrolment code has expired; an administrator makes another.
    #[error("code expired")]
    CodeExpired,
    /// This device is not known to the vault (any more): only a recovery kit or a code opens it.
    #[error("unknown device")]
    UnknownDevice,
    /// Only administrators open a vault that is not as it was left.
    #[error("administrators only")]
    AdministratorsOnly,
    /// The keyring.
    #[error("keyring")]
    Keyring(#[source] KeyringError),
    /// The vault's file.
    #[error("store")]
    Store(#[from] StoreError),
}

/// Opens and locks the vault, and keeps what people open it with.
///
/// Nothing here asks policy but where a permit is wanted: a person's own passphrase, PIN and kit
/// are theirs. Passphrases, PINs and codes come as [`Secret`]s and are wiped.
pub trait Access: Send + Sync + 'static {
    /// How the vault stands before anybody has come in.
    fn door(&self) -> impl Future<Output = Result<Door, AccessError>> + Send;

    /// Makes the vault and opens it for its founder, with a recovery kit.
    fn found(
        &self,
        permit: Permit<Edit>,
        first: FirstVault,
    ) -> impl Future<Output = Result<Opened, AccessError>> + Send;

    /// Opens the vault. `as_found`: although it is not as it was left, read-only, for administrators.
    fn open(
        &self,
        with: OpenWith,
        as_found: bool,
    ) -> impl Future<Output = Result<Opened, AccessError>> + Send;

    /// That it is still this person: their passphrase or PIN. Counts wrong ones as the door does.
    fn prove(
        &self,
        person: PersonId,
        proof: Secret,
    ) -> impl Future<Output = Result<Proved, AccessError>> + Send;

    /// Locks it for this person; with the last one, all keys are wiped. What stays is what their PIN
    /// opens, wrapped.
    fn lock(&self, person: PersonId) -> impl Future<Output = ()> + Send;

    /// Another passphrase; the one before stops working, and the PIN until the new one was given.
    fn set_passphrase(
        &self,
        person: PersonId,
        new: Secret,
    ) -> impl Future<Output = Result<(), AccessError>> + Send;

    /// Another PIN, or none. Called once the passphrase was given: the PIN opens from here on.
    fn set_pin(
        &self,
        person: PersonId,
        pin: Option<Secret>,
    ) -> impl Future<Output = Result<(), AccessError>> + Send;

    /// Another recovery kit; the one before stops working.
    fn new_recovery_kit(
        &self,
        person: PersonId,
    ) -> impl Future<Output = Result<Secret, AccessError>> + Send;

    /// Another enrolment code; what the person had to come in with stops working.
    fn invite(
        &self,
        permit: Permit<Edit>,
        person: PersonId,
    ) -> impl Future<Output = Result<Invitation, AccessError>> + Send;

    /// What everybody has to come in with. Needs the vault open.
    fn keeps(&self) -> impl Future<Output = Result<Vec<Keeps>, AccessError>> + Send;

    /// The devices from which the vault can be opened. Needs the vault open.
    fn devices(&self) -> impl Future<Output = Result<Vec<Device>, AccessError>> + Send;

    /// Takes a device off: what was made on it opens nothing any more, and all is sealed anew.
    fn remove_device(
        &self,
        permit: Permit<Edit>,
        device: DeviceId,
    ) -> impl Future<Output = Result<(), AccessError>> + Send;

    /// Seals everything with new keys.
    fn rekey(&self, permit: Permit<Edit>) -> impl Future<Output = Result<(), AccessError>> + Send;

    /// Takes the vault as it was found for the true one from now on.
    fn accept_as_found(
        &self,
        permit: Permit<Edit>,
    ) -> impl Future<Output = Result<(), AccessError>> + Send;

    /// How strong this passphrase would be for somebody of these names.
    fn weigh(&self, passphrase: &Secret, hints: &[String]) -> Strength;
}
