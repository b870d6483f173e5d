//! The door, as the protocol shows it.

use usher_core::error::{Error, KeyringError, StoreError};
use usher_core::opening::WhyLocked;
use usher_core::ports::{self, AccessError, AtTheDoor, Remark};

use super::failure::{self, damage};
use crate::protocol::{
    Door, DoorPerson, DoorState, Failure, KeyringState, LockWhy, PinAtDoor, Proved, Strength,
    UnlockNote,
};

/// How the door stands. A vault that is not as it was left is a door too.
pub(crate) fn door(
    door: Result<ports::Door, AccessError>,
    (path, test_build): (String, bool),
    waiting: u32,
) -> Result<Door, Failure> {
    let shut = Door {
        state: DoorState::Locked,
        people: Vec::new(),
        keyring: KeyringState::Ok,
        damage: None,
        test_build,
        waiting,
        path,
    };
    match door {
        Ok(ports::Door::NoVault) => Ok(Door { state: DoorState::None, ..shut }),
        Ok(ports::Door::Older) => Ok(Door { state: DoorState::Old, ..shut }),
        Ok(ports::Door::Vault { people, keyring }) => {
            let people = people.iter().map(person).collect();
            Ok(Door { people, keyring: keyring.map_or(KeyringState::Ok, keyring_state), ..shut })
        }
        Err(AccessError::Keyring(error)) => Ok(Door { keyring: keyring_state(error), ..shut }),
        Err(AccessError::Store(error)) if is_damage(&error) => {
            Ok(Door { damage: damage(&error), ..shut })
        }
        Err(error) => Err(failure::plain(&Error::Access(error))),
    }
}

fn is_damage(error: &StoreError) -> bool {
    damage(error).is_some()
}

fn person(at: &AtTheDoor) -> DoorPerson {
    DoorPerson {
        id: at.person.to_string(),
        name: at.name.to_string(),
        pin: pin(at.pin),
        invited: at.invited,
        wait_seconds: at.wait_seconds,
    }
}

fn pin(pin: ports::PinAtDoor) -> PinAtDoor {
    match pin {
        ports::PinAtDoor::None => PinAtDoor::None,
        ports::PinAtDoor::Opens => PinAtDoor::Opens,
        ports::PinAtDoor::AfterPassphrase => PinAtDoor::AfterPassphrase,
        ports::PinAtDoor::Spent => PinAtDoor::Spent,
    }
}

fn keyring_state(error: KeyringError) -> KeyringState {
    match error {
        KeyringError::NoService => KeyringState::Missing,
        KeyringError::Locked => KeyringState::Locked,
        KeyringError::TimedOut => KeyringState::Slow,
        KeyringError::NoKey => KeyringState::Empty,
        KeyringError::Failed => KeyringState::Failed,
    }
}

/// What a person should know about the vault that they opened.
pub(crate) fn note(remark: Remark) -> UnlockNote {
    match remark {
        Remark::NoAnchor => UnlockNote::NoAnchor,
        Remark::NoKeyring(_) => UnlockNote::NoKeyring,
        Remark::Upgraded => UnlockNote::Upgraded,
    }
}

/// How strong a passphrase is.
pub(crate) fn strength(strength: ports::Strength) -> Strength {
    Strength {
        score: u32::from(strength.score),
        enough: strength.enough,
        guesses_log10: strength.guesses_log10,
        warning: strength.warning.map(str::to_owned),
        suggestions: strength.suggestions.into_iter().map(str::to_owned).collect(),
    }
}

/// By what somebody proved who they are.
pub(crate) fn proved(proved: ports::Proved) -> Proved {
    match proved {
        ports::Proved::Passphrase => Proved::Passphrase,
        ports::Proved::Pin => Proved::Pin,
    }
}

/// Why it was locked, as core has it.
pub(crate) fn why(why: LockWhy) -> WhyLocked {
    match why {
        LockWhy::Asked => WhyLocked::Asked,
        LockWhy::Idle => WhyLocked::Idle,
        LockWhy::Screen => WhyLocked::Screen,
        LockWhy::Suspend => WhyLocked::Suspend,
        LockWhy::Hours => WhyLocked::Hours,
        LockWhy::OtherProgram => WhyLocked::OtherProgram,
        LockWhy::Revoked => WhyLocked::Revoked,
    }
}

/// Why it was locked, as the protocol has it.
pub(crate) fn why_locked(why: WhyLocked) -> LockWhy {
    match why {
        WhyLocked::Asked => LockWhy::Asked,
        WhyLocked::Idle => LockWhy::Idle,
        WhyLocked::Screen => LockWhy::Screen,
        WhyLocked::Suspend => LockWhy::Suspend,
        WhyLocked::Hours => LockWhy::Hours,
        WhyLocked::OtherProgram => LockWhy::OtherProgram,
        WhyLocked::Revoked => LockWhy::Revoked,
    }
}
