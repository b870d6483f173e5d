//! The world's door: passphrases, PINs, kits and codes in memory, as the vault would keep them.

use std::collections::{BTreeMap, BTreeSet};

use super::{World, characters};
use crate::Secret;
use crate::error::StoreError;
use crate::ids::{DeviceId, PersonId};
use crate::policy::{Edit, Permit};
use crate::ports::{
    Access, AccessError, AtTheDoor, Device, Door, FirstVault, Invitation, Keeps, OpenWith, Opened,
    PinAtDoor, Proved, Store, Strength,
};
use crate::time::Moment;

/// How long a code to enrol with is good, in milliseconds.
const CODE_LASTS: u64 = 7 * 86_400_000;

/// What people come in with, and who is in.
#[derive(Default)]
pub(crate) struct DoorState {
    pub(crate) passphrases: BTreeMap<PersonId, String>,
    pub(crate) pins: BTreeMap<PersonId, String>,
    pub(crate) kits: BTreeMap<String, PersonId>,
    pub(crate) codes: BTreeMap<PersonId, (String, Moment)>,
    pub(crate) devices: Vec<Device>,
    /// For whom it is open.
    pub(crate) inside: BTreeSet<PersonId>,
    /// What is wrong with the file, if anything is.
    pub(crate) fault: Option<StoreError>,
    /// It was opened although that is wrong with it.
    pub(crate) as_found: bool,
    /// How often everything was sealed anew.
    pub(crate) epochs: u32,
    made: u32,
}

impl DoorState {
    fn code(&mut self, word: &str) -> String {
        self.made += 1;
        format!("{word}-{}", self.made)
    }
}

const NOT_ACCEPTED: AccessError = AccessError::NotAccepted { wait_seconds: 0 };

impl World {
    fn is_passphrase(&self, person: PersonId, given: &Secret) -> bool {
        self.state().door.passphrases.get(&person) == Some(&characters(given))
    }

    fn is_pin(&self, person: PersonId, given: &Secret) -> bool {
        self.state().door.pins.get(&person) == Some(&characters(given))
    }

    fn take_passphrase(&self, person: PersonId, new: &Secret) -> Result<(), AccessError> {
        if !self.weigh(new, &[]).enough {
            return Err(AccessError::TooWeak);
        }
        self.state().door.passphrases.insert(person, characters(new));
        Ok(())
    }

    fn who(&self, with: OpenWith) -> Result<(PersonId, Proved), AccessError> {
        let door = |found: bool, who| if found { Ok(who) } else { Err(NOT_ACCEPTED) };
        match with {
            OpenWith::Passphrase { person, passphrase } => {
                door(self.is_passphrase(person, &passphrase), (person, Proved::Passphrase))
            }
            OpenWith::Pin { person, pin } => door(self.is_pin(person, &pin), (person, Proved::Pin)),
            OpenWith::RecoveryKit { kit, passphrase } => {
                let whose = self.state().door.kits.get(&characters(&kit)).copied();
                let person = whose.ok_or(NOT_ACCEPTED)?;
                self.take_passphrase(person, &passphrase)?;
                Ok((person, Proved::Passphrase))
            }
            OpenWith::EnrolmentCode { person, code, passphrase } => {
                let known = self.state().door.codes.get(&person).cloned();
                let (right, until) = known.ok_or(NOT_ACCEPTED)?;
                if right != characters(&code) {
                    return Err(NOT_ACCEPTED);
                }
                if until.unix_millis() < self.state().now {
                    return Err(AccessError::CodeExpired);
                }
                self.take_passphrase(person, &passphrase)?;
                self.state().door.codes.remove(&person);
                Ok((person, Proved::Passphrase))
            }
            OpenWith::Upgrade { passphrase, .. } => {
                let first = self.book().people.keys().next().copied().ok_or(NOT_ACCEPTED)?;
                self.take_passphrase(first, &passphrase)?;
                Ok((first, Proved::Passphrase))
            }
        }
    }

    fn kit_of(&self, person: PersonId) -> Secret {
        let mut state = self.state();
        let kit = state.door.code("kit");
        state.door.kits.retain(|_, whose| *whose != person);
        state.door.kits.insert(kit.clone(), person);
        Secret::new(kit)
    }
}

impl Access for World {
    async fn door(&self) -> Result<Door, AccessError> {
        let book = self.book();
        if book.people.is_empty() {
            return Ok(Door::NoVault);
        }
        let state = self.state();
        let at = |person: &crate::rights::Person| AtTheDoor {
            person: person.id,
            name: person.name.clone(),
            pin: if state.door.pins.contains_key(&person.id) {
                PinAtDoor::Opens
            } else {
                PinAtDoor::None
            },
            invited: state.door.codes.contains_key(&person.id),
            wait_seconds: 0,
        };
        Ok(Door::Vault { people: book.people.values().map(at).collect(), keyring: None })
    }

    async fn found(&self, permit: Permit<Edit>, first: FirstVault) -> Result<Opened, AccessError> {
        self.take_passphrase(first.founder, &first.passphrase)?;
        self.commit(permit, first.changes).await.map_err(AccessError::Store)?;
        self.state().door.inside.insert(first.founder);
        Ok(Opened {
            person: first.founder,
            proved: Proved::Passphrase,
            recovery_kit: Some(self.kit_of(first.founder)),
            as_found: None,
            remarks: Vec::new(),
        })
    }

    async fn open(&self, with: OpenWith, as_found: bool) -> Result<Opened, AccessError> {
        self.now_happens("open");
        let fault = self.state().door.fault.clone();
        if let Some(fault) = fault.clone().filter(|_| !as_found) {
            return Err(AccessError::Store(fault));
        }
        let kit = matches!(with, OpenWith::Upgrade { .. });
        let (person, proved) = self.who(with)?;
        if fault.is_some() && !self.book().is_administrator(person) {
            return Err(AccessError::AdministratorsOnly);
        }
        let recovery_kit = kit.then(|| self.kit_of(person));
        let mut state = self.state();
        state.door.inside.insert(person);
        state.door.as_found = fault.is_some();
        Ok(Opened { person, proved, recovery_kit, as_found: fault, remarks: Vec::new() })
    }

    async fn prove(&self, person: PersonId, proof: Secret) -> Result<Proved, AccessError> {
        self.now_happens("prove");
        if self.is_passphrase(person, &proof) {
            return Ok(Proved::Passphrase);
        }
        if self.is_pin(person, &proof) { Ok(Proved::Pin) } else { Err(NOT_ACCEPTED) }
    }

    async fn lock(&self, person: PersonId) {
        self.state().door.inside.remove(&person);
    }

    async fn set_passphrase(&self, person: PersonId, new: Secret) -> Result<(), AccessError> {
        self.take_passphrase(person, &new)
    }

    async fn set_pin(&self, person: PersonId, pin: Option<Secret>) -> Result<(), AccessError> {
        let pin = pin.map(|pin| characters(&pin));
        if pin.as_ref().is_some_and(|pin| pin.len() < 6) {
            return Err(AccessError::TooWeak);
        }
        let mut state = self.state();
        match pin {
            Some(pin) => drop(state.door.pins.insert(person, pin)),
            None => drop(state.door.pins.remove(&person)),
        }
        Ok(())
    }

    async fn new_recovery_kit(&self, person: PersonId) -> Result<Secret, AccessError> {
        Ok(self.kit_of(person))
    }

    async fn invite(&self, _: Permit<Edit>, person: PersonId) -> Result<Invitation, AccessError> {
        let mut state = self.state();
        let until = Moment::from_unix_millis(state.now + CODE_LASTS);
        let code = state.door.code("code");
        state.door.passphrases.remove(&person);
        state.door.pins.remove(&person);
        state.door.kits.retain(|_, whose| *whose != person);
        state.door.codes.insert(person, (code.clone(), until));
        Ok(Invitation { code: Secret::new(code), until })
    }

    async fn keeps(&self) -> Result<Vec<Keeps>, AccessError> {
        let (book, state) = (self.book(), self.state());
        let of = |person: &PersonId| Keeps {
            person: *person,
            passphrase: state.door.passphrases.contains_key(person),
            pin: state.door.pins.contains_key(person),
            recovery_kit: state.door.kits.values().any(|whose| whose == person),
            invited_until: state.door.codes.get(person).map(|(_, until)| *until),
        };
        Ok(book.people.keys().map(of).collect())
    }

    async fn devices(&self) -> Result<Vec<Device>, AccessError> {
        Ok(self.state().door.devices.clone())
    }

    async fn remove_device(&self, _: Permit<Edit>, device: DeviceId) -> Result<(), AccessError> {
        let mut state = self.state();
        state.door.devices.retain(|known| known.id != device);
        state.door.epochs += 1;
        Ok(())
    }

    async fn rekey(&self, _: Permit<Edit>) -> Result<(), AccessError> {
        self.state().door.epochs += 1;
        Ok(())
    }

    async fn accept_as_found(&self, _: Permit<Edit>) -> Result<(), AccessError> {
        let mut state = self.state();
        state.door.as_found = false;
        state.door.fault = None;
        Ok(())
    }

    fn weigh(&self, passphrase: &Secret, _: &[String]) -> Strength {
        let enough = characters(passphrase).len() >= 8;
        let score = if enough { 4 } else { 0 };
        Strength { score, enough, guesses_log10: 0, warning: None, suggestions: Vec::new() }
    }
}
