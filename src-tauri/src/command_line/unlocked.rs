//! A vault that one command has open, for as long as it takes.

use usher_broker::protocol::{
    Door, DoorPerson, DoorState, KeyringState, Reply, Request, UnlockWith,
};
use usher_broker::{Broker, RealWorld};

use super::{passphrase, print};

/// Why it is not open.
pub(super) enum NotUnlocked {
    /// The broker said so.
    Failed(Box<Reply>),
    /// The command line or the terminal is the reason.
    Said(&'static str),
}

/// An open vault.
pub(super) struct Unlocked<'a> {
    broker: &'a Broker<RealWorld>,
    handle: String,
}

/// Opens it for the named person, or for the only one there is.
pub(super) async fn unlock<'a>(
    broker: &'a Broker<RealWorld>,
    name: Option<&str>,
) -> Result<Unlocked<'a>, NotUnlocked> {
    let door = broker
        .look()
        .await
        .map_err(|failure| NotUnlocked::Failed(Box::new(Reply::Failed { failure })))?;
    let person = who(&door, name).map_err(NotUnlocked::Said)?;
    let passphrase = passphrase::ask(&person.name)
        .map_err(|_| NotUnlocked::Said("there is no terminal to ask for the passphrase"))?;
    let with = UnlockWith::Passphrase { person: person.id.clone(), passphrase };
    let reply = broker.handle(None, Request::Unlock { with, as_found: false }).await;
    let Reply::Unlocked(unlocked) = reply else { return Err(NotUnlocked::Failed(Box::new(reply))) };
    Ok(Unlocked { broker, handle: unlocked.handle })
}

fn who<'a>(door: &'a Door, name: Option<&str>) -> Result<&'a DoorPerson, &'static str> {
    match (name, door.people.as_slice()) {
        (_, []) => Err(nobody(door)),
        (Some(name), people) => {
            people.iter().find(|person| person.name == name).ok_or("nobody here has that name")
        }
        (None, [only]) => Ok(only),
        (None, _) => Err("more than one person opens this vault: say who with --as NAME"),
    }
}

/// Why nobody stands at this door.
fn nobody(door: &Door) -> &'static str {
    match (door.state, door.keyring) {
        (DoorState::None, _) => "there is no vault here",
        (DoorState::Old, _) => "this vault is an earlier version's: open it once in the window",
        _ if door.damage.is_some() => "the vault is damaged; see `usher vault verify`",
        (_, KeyringState::Ok | KeyringState::Empty) => {
            "nobody opens this vault on this computer yet: come in once in the window"
        }
        (_, KeyringState::Missing) => {
            "no keyring runs, and a part of each key lies in it; see `usher doctor`"
        }
        (_, KeyringState::Locked) => "the keyring is locked: unlock it, then try again",
        (_, KeyringState::Slow | KeyringState::Failed) => {
            "the keyring does not answer, and a part of each key lies in it; see `usher doctor`"
        }
    }
}

impl Unlocked<'_> {
    /// Asks as the person who opened it.
    pub(super) async fn ask(&self, request: Request) -> Reply {
        self.broker.handle(Some(&self.handle), request).await
    }

    /// Locks it again.
    pub(super) async fn lock(self) {
        if let Reply::Failed { .. } = self.ask(Request::Lock).await {
            print::note("usher: the vault was locked already");
        }
    }
}

#[cfg(test)]
mod tests {
    use usher_broker::protocol::{Damage, Fault, PinAtDoor};

    use super::*;

    fn door(names: &[&str]) -> Door {
        let person = |name: &&str| DoorPerson {
            id: format!("id of {name}"),
            name: (*name).to_owned(),
            pin: PinAtDoor::None,
            invited: false,
            wait_seconds: 0,
        };
        Door {
            state: DoorState::Locked,
            people: names.iter().map(person).collect(),
            keyring: KeyringState::Ok,
            damage: None,
            test_build: false,
            waiting: 0,
            path: "/v".to_owned(),
        }
    }

    #[test]
    fn one_person_needs_no_name_and_two_do() {
        let id = |names: &[&str], name| who(&door(names), name).map(|person| person.id.clone());
        assert_eq!(id(&["Ada"], None), Ok("id of Ada".to_owned()));
        assert_eq!(id(&["Ada", "Bo"], Some("Bo")), Ok("id of Bo".to_owned()));
        assert!(id(&["Ada", "Bo"], None).is_err());
        assert!(id(&["Ada"], Some("Bo")).is_err());
        assert!(id(&[], Some("Ada")).is_err());
    }

    #[test]
    fn why_nobody_stands_at_the_door_is_named() {
        let with = |change: &dyn Fn(&mut Door)| {
            let mut door = door(&[]);
            change(&mut door);
            who(&door, None).err().unwrap_or_default()
        };
        assert!(with(&|door| door.keyring = KeyringState::Missing).contains("no keyring runs"));
        assert!(with(&|door| door.keyring = KeyringState::Locked).contains("keyring is locked"));
        assert!(with(&|door| door.keyring = KeyringState::Empty).contains("on this computer"));
        assert!(with(&|door| door.state = DoorState::None).contains("no vault here"));
        assert!(with(&|door| door.state = DoorState::Old).contains("earlier version"));
        let (table, row, fault) = (None, None, Fault::VaultDamaged);
        let damage = Damage { fault, table, row, read_only_offered: true };
        assert!(with(&|door| door.damage = Some(damage.clone())).contains("damaged"));
    }
}
