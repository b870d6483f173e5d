//! Samples of what is said at the door.

use usher_broker::protocol::{
    Damage, Door, DoorPerson, DoorState, Fault, KeyringState, LockWhy, PinAtDoor, Proved, Strength,
    UnlockNote, Unlocked, VaultState, VaultVerdict,
};

use super::{rows, words};
use crate::fixture::forms;

fn text(text: &str) -> String {
    text.to_owned()
}

words::words!(states: DoorState { None, Old, Locked });
words::words!(keyrings: KeyringState { Ok, Missing, Locked, Slow, Failed, Empty });
words::words!(notes: UnlockNote { NoAnchor, NoKeyring, Upgraded });
words::words!(pins: PinAtDoor { None, Opens, AfterPassphrase, Spent });
words::words!(proofs: Proved { Passphrase, Pin });
words::words!(whys: LockWhy { Asked, Idle, Screen, Suspend, Hours, OtherProgram, Revoked });
words::words!(files: VaultState { None, Old, Good, Bad });

pub(super) fn damage() -> Damage {
    Damage {
        fault: Fault::VaultDamaged,
        table: Some(text("session")),
        row: Some(text("s")),
        read_only_offered: true,
    }
}

pub(super) fn door(state: DoorState) -> Door {
    let person = DoorPerson {
        id: text("p"),
        name: text("Ada"),
        pin: PinAtDoor::AfterPassphrase,
        invited: true,
        wait_seconds: 60,
    };
    Door {
        state,
        people: vec![person],
        keyring: KeyringState::Slow,
        damage: Some(damage()),
        test_build: false,
        waiting: 2,
        path: text("/vault.sqlite"),
    }
}

pub(super) fn unlocked() -> Unlocked {
    Unlocked {
        handle: text("h"),
        person: rows::whom(),
        recovery_kit: Some(forms::secret("k")),
        read_only: true,
        notes: notes(),
    }
}

pub(super) fn strength() -> Strength {
    Strength {
        score: 4,
        enough: true,
        guesses_log10: 14,
        warning: Some(text("top_10")),
        suggestions: vec![text("add_another_word")],
    }
}

pub(super) fn verdict() -> VaultVerdict {
    VaultVerdict {
        path: text("/vault.sqlite"),
        state: VaultState::Bad,
        rows: 7,
        number: 3,
        damage: Some(damage()),
        anchored: Some(false),
    }
}
