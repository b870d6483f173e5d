use super::{
    WhyLocked, accept_as_found, change_passphrase, lock, new_recovery_kit, open, prove, rekey,
    remove_device, set_pin,
};
use crate::Secret;
use crate::audit::{Outcome, What};
use crate::book::Book;
use crate::error::{Error, Missing, StoreError};
use crate::founding::{Founding, found, upgrade};
use crate::ids::{DeviceId, PersonId};
use crate::launch::UnlockId;
use crate::policy::Lacking;
use crate::ports::{AccessError, Device, OpenWith, Opened, Proved};
use crate::rights::{RightSet, Standing};
use crate::testing::{ADA, BOB, Scene, World, at_once, named, office};
use crate::time::Moment;

const RIGHT: &str = "a long passphrase";
const NOT_ACCEPTED: Error = Error::Access(AccessError::NotAccepted { wait_seconds: 0 });

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// Ada and Bob have passphrases.
fn at_the_door() -> Scene {
    let scene = office();
    for person in [ADA, BOB] {
        scene.world.state().door.passphrases.insert(person, RIGHT.to_owned());
    }
    scene
}

fn opens(scene: &Scene, person: PersonId, text: &str) -> Result<Opened, Error> {
    let with = OpenWith::Passphrase { person, passphrase: secret(text) };
    at_once(open(scene.world.as_ref(), with, false)).expect("ready")
}

fn log(scene: &Scene) -> Vec<(What, PersonId, Outcome)> {
    let state = scene.world.state();
    state.log.iter().map(|event| (event.what, event.person, event.outcome)).collect()
}

#[test]
fn who_comes_in_and_who_does_not_is_on_record() {
    let scene = at_the_door();
    let opened = opens(&scene, BOB, RIGHT).expect("his");
    assert_eq!((opened.person, opened.proved), (BOB, Proved::Passphrase));
    assert_eq!(opens(&scene, BOB, "wrong").err(), Some(NOT_ACCEPTED));
    let nobody = PersonId::from_bytes([0x7f; 16]);
    assert_eq!(opens(&scene, nobody, RIGHT).err(), Some(NOT_ACCEPTED), "no oracle");
    let kit = OpenWith::RecoveryKit { kit: secret("kit-9"), passphrase: secret(RIGHT) };
    let opened = at_once(open(scene.world.as_ref(), kit, false)).expect("ready");
    assert_eq!(opened.err(), Some(NOT_ACCEPTED));
    let refused = |person| (What::UnlockRefused, person, Outcome::Refused);
    let expected = [
        (What::Unlocked, BOB, Outcome::Done),
        refused(BOB),
        refused(nobody),
        refused(PersonId::NOBODY),
    ];
    assert_eq!(log(&scene), expected);
}

#[test]
fn a_disabled_person_stays_outside() {
    let scene = at_the_door();
    scene.edit(|book| book.people.get_mut(&BOB).expect("Bob").standing = Standing::Disabled);
    assert_eq!(opens(&scene, BOB, RIGHT).err(), Some(NOT_ACCEPTED));
    assert!(scene.world.state().door.inside.is_empty());
}

#[test]
fn nobody_comes_in_past_the_log() {
    let scene = at_the_door();
    scene.world.state().log_broken = true;
    assert_eq!(opens(&scene, ADA, RIGHT).err(), Some(Error::AuditUnavailable));
    assert!(scene.world.state().door.inside.is_empty(), "locked again");
}

#[test]
fn a_vault_that_is_not_as_it_was_left_opens_for_administrators_who_ask_for_it() {
    let scene = at_the_door();
    let fault = StoreError::Damaged { table: "grant_", row: "7".to_owned() };
    scene.world.state().door.fault = Some(fault.clone());
    assert_eq!(opens(&scene, ADA, RIGHT).err(), Some(Error::Store(fault.clone())));
    let refused = scene.world.state().log.last().cloned().expect("on record");
    assert_eq!((refused.what, refused.outcome), (What::UnlockRefused, Outcome::Refused));
    assert!(refused.details.contains(&("row", "7".to_owned())), "{refused:?}");
    scene.world.state().log_broken = true;
    assert_eq!(opens(&scene, ADA, RIGHT).err(), Some(Error::Store(fault.clone())), "all the same");
    scene.world.state().log_broken = false;
    let as_found = |person| {
        let with = OpenWith::Passphrase { person, passphrase: secret(RIGHT) };
        at_once(open(scene.world.as_ref(), with, true)).expect("ready")
    };
    assert_eq!(as_found(BOB).err(), Some(Error::Access(AccessError::AdministratorsOnly)));
    assert_eq!(as_found(ADA).expect("hers").as_found, Some(fault));
    let event = scene.world.state().log.last().cloned().expect("on record");
    assert_eq!(event.what, What::OpenedAsFound);
    assert!(event.details.contains(&("table", "grant_".to_owned())));
    let accepted = at_once(accept_as_found(scene.world.as_ref(), scene.unlock)).expect("ready");
    assert_eq!(accepted, Ok(()));
    assert_eq!(scene.world.state().door.fault, None);
    let done = [Outcome::Intended, Outcome::Done];
    assert_eq!(scene.world.outcomes(What::AcceptedAsFound), done);
}

#[test]
fn locking_locks_whatever_becomes_of_the_log() {
    for broken in [false, true] {
        let scene = at_the_door();
        opens(&scene, ADA, RIGHT).expect("hers");
        scene.world.state().log_broken = broken;
        let locked = at_once(lock(scene.world.as_ref(), scene.unlock, WhyLocked::Idle));
        assert_eq!(locked.expect("ready").is_err(), broken);
        assert!(scene.world.state().door.inside.is_empty());
        let why = scene.world.state().log.last().expect("on record").details.clone();
        assert_eq!(why == [("why", "idle".to_owned())], !broken);
    }
}

#[test]
fn proof_is_by_passphrase_or_pin_and_a_wrong_one_is_on_record() {
    let scene = at_the_door();
    let proves = |text: &str| {
        at_once(prove(scene.world.as_ref(), scene.unlock, secret(text))).expect("ready")
    };
    assert_eq!(proves(RIGHT), Ok(Proved::Passphrase));
    let pin = |passphrase: &str, pin: Option<&str>| {
        let pin = pin.map(secret);
        at_once(set_pin(scene.world.as_ref(), scene.unlock, secret(passphrase), pin))
            .expect("ready")
    };
    assert_eq!(pin("wrong", Some("135790")), Err(NOT_ACCEPTED));
    assert_eq!(pin(RIGHT, Some("1")), Err(Error::Access(AccessError::TooWeak)));
    assert_eq!(pin(RIGHT, Some("135790")), Ok(()));
    assert_eq!(proves("135790"), Ok(Proved::Pin));
    let by_pin = Err(Error::Access(AccessError::PassphraseNeeded));
    assert_eq!(pin("135790", None), by_pin, "a PIN changes no PIN");
    assert_eq!(pin(RIGHT, None), Ok(()));
    assert_eq!(proves("135790"), Err(NOT_ACCEPTED));
    assert_eq!(scene.world.outcomes(What::VerifyFailed), [Outcome::Refused; 3]);
    let (i, d, f) = (Outcome::Intended, Outcome::Done, Outcome::Failed);
    assert_eq!(scene.world.outcomes(What::PinSet), [i, f, i, d]);
    assert_eq!(scene.world.outcomes(What::PinRemoved), [i, d]);
}

#[test]
fn passphrase_and_kit_take_the_passphrase_that_stands() {
    let scene = at_the_door();
    let ports = scene.world.as_ref();
    let changes = |current: &str, new: &str| {
        let (current, new) = (secret(current), secret(new));
        at_once(change_passphrase(ports, scene.unlock, current, new)).expect("ready")
    };
    assert_eq!(changes("wrong", "another long one"), Err(NOT_ACCEPTED));
    assert_eq!(changes(RIGHT, "short"), Err(Error::Access(AccessError::TooWeak)));
    assert_eq!(changes(RIGHT, "another long one"), Ok(()));
    assert_eq!(opens(&scene, ADA, RIGHT).err(), Some(NOT_ACCEPTED));
    let kit =
        |text: &str| at_once(new_recovery_kit(ports, scene.unlock, secret(text))).expect("ready");
    assert_eq!(kit(RIGHT).err(), Some(NOT_ACCEPTED));
    let kit = kit("another long one").expect("hers");
    let with = OpenWith::RecoveryKit { kit, passphrase: secret("a third long one") };
    assert_eq!(at_once(open(ports, with, false)).expect("ready").expect("hers").person, ADA);
    let what = scene.world.state().log.last().expect("on record").what;
    assert_eq!(what, What::PassphraseChanged);
}

#[test]
fn devices_and_keys_are_an_administrators_and_not_by_pin() {
    let scene = at_the_door();
    let ports = scene.world.as_ref();
    let id = DeviceId::from_bytes([7; 16]);
    let added = Moment::from_unix_millis(0);
    let device = Device { id, name: "Desk".to_owned(), added, this_one: false };
    scene.world.state().door.devices.push(device);
    let lacking = |refused: Result<(), Error>| match refused {
        Err(Error::Denied(denied)) => denied.lacking,
        other => panic!("not denied: {other:?}"),
    };
    let all = || {
        [
            at_once(remove_device(ports, scene.unlock, id)).expect("ready"),
            at_once(rekey(ports, scene.unlock)).expect("ready"),
            at_once(accept_as_found(ports, scene.unlock)).expect("ready"),
        ]
    };
    scene.world.state().by_pin = true;
    assert_eq!(all().map(lacking), [Lacking::Passphrase; 3]);
    scene.world.state().by_pin = false;
    scene.asks(BOB);
    assert_eq!(all().map(lacking), [Lacking::Administrator; 3]);
    scene.asks(ADA);
    assert_eq!(all(), [Ok(()), Ok(()), Ok(())]);
    assert_eq!(all()[0], Err(Error::NotFound(Missing::Device)), "once");
    assert_eq!(scene.world.state().door.epochs, 3);
}

fn founding(passphrase: &str) -> Founding {
    let (vault, administrator) = (named("Northwind"), named("Ada"));
    Founding { vault, administrator, passphrase: secret(passphrase) }
}

#[test]
fn a_vault_is_founded_once_with_an_administrator_and_a_recovery_kit() {
    let world = World::default();
    let founds = |text: &str| at_once(found(&world, founding(text))).expect("ready");
    assert_eq!(founds("short").err(), Some(Error::Access(AccessError::TooWeak)));
    assert_eq!(*world.book(), Book::default());
    let opened = founds(RIGHT).expect("founded");
    assert!(opened.recovery_kit.is_some() && opened.proved == Proved::Passphrase);
    let book = world.book();
    assert!(book.is_administrator(opened.person));
    let root = book.root().expect("it has one");
    assert_eq!(root.name.as_str(), "Northwind");
    let rights = book.rights(opened.person, crate::rights::Object::Folder(root.id));
    assert_eq!(rights, RightSet::all(), "by a grant");
    let whats: Vec<What> = world.state().log.iter().map(|event| event.what).collect();
    let expected = [What::VaultCreated, What::Granted, What::Unlocked, What::RecoveryKitMade];
    assert_eq!(whats, expected);
    assert!(matches!(founds(RIGHT), Err(Error::Denied(_))), "there is one");
}

#[test]
fn an_older_vault_gets_a_passphrase_and_says_so() {
    let scene = office();
    let upgraded = upgrade(scene.world.as_ref(), named("Ada"), secret(RIGHT));
    let opened = at_once(upgraded).expect("ready").expect("brought up");
    assert!(opened.recovery_kit.is_some());
    let whats: Vec<What> = scene.world.state().log.iter().map(|event| event.what).collect();
    assert_eq!(whats, [What::Unlocked, What::VaultUpgraded, What::RecoveryKitMade]);
}

#[test]
fn nothing_is_locked_by_an_unlock_that_is_none() {
    let scene = at_the_door();
    scene.world.state().person = None;
    let locked = at_once(lock(scene.world.as_ref(), UnlockId(9), WhyLocked::Asked));
    assert_eq!(locked, Some(Err(Error::Locked)));
}
