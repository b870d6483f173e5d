//! People, as others see them.

use std::collections::BTreeMap;

use usher_core::book::Book;
use usher_core::ids::PersonId;
use usher_core::people::{People, Rotated, Rotation, WhyRotate};
use usher_core::ports::{Device, Keeps};
use usher_core::rights::{self, Group, Person};
use usher_core::time::Moment;

use crate::protocol::{
    At, DeviceCard, GroupCard, PersonCard, PersonRow, Reply, RotationRow, RotationWhy, Standing,
    Whom,
};

/// The person, by name.
pub(crate) fn whom(book: &Book, person: PersonId) -> Whom {
    let known = book.people.get(&person);
    Whom {
        id: person.to_string(),
        name: known.map(|p| p.name.to_string()).unwrap_or_default(),
        administrator: book.is_administrator(person),
    }
}

/// The people: all of them for administrators, who ask the log about those who left as well; anybody
/// else reads themselves alone.
pub(crate) fn known_to(book: &Book, person: PersonId) -> Vec<PersonRow> {
    let all = book.is_administrator(person);
    let shown = book.people.values().filter(|p| all || p.id == person);
    let row = |p: &Person| PersonRow {
        id: p.id.to_string(),
        name: p.name.to_string(),
        active: p.is_active(),
    };
    shown.map(row).collect()
}

/// The administrators, by name: whom to ask for a right.
pub(crate) fn administrators(book: &Book) -> Vec<String> {
    let active = book.people.values().filter(|p| p.is_active() && p.administrator);
    active.map(|p| p.name.to_string()).collect()
}

/// Everybody, for one administrator.
pub(crate) struct Cards<'a> {
    pub(crate) people: &'a People,
    /// When they last unlocked.
    pub(crate) last: &'a BTreeMap<PersonId, Moment>,
    /// Who asks.
    pub(crate) me: PersonId,
}

impl Cards<'_> {
    /// Cards of all people, groups and devices.
    pub(crate) fn reply(&self) -> Reply {
        let book = &self.people.book;
        Reply::People {
            people: book.people.values().map(|person| self.person(person)).collect(),
            groups: book.groups.values().map(group).collect(),
            devices: self.people.devices.iter().map(device).collect(),
        }
    }

    fn person(&self, person: &Person) -> PersonCard {
        let keeps = self.people.keeps.iter().find(|keeps| keeps.person == person.id);
        let has = |what: fn(&Keeps) -> bool| keeps.is_some_and(what);
        let groups = self.people.book.groups.values();
        let theirs = groups.filter(|group| group.members.contains(&person.id));
        PersonCard {
            id: person.id.to_string(),
            name: person.name.to_string(),
            administrator: person.administrator,
            standing: standing(person.standing),
            invited_until: keeps.and_then(|keeps| keeps.invited_until).map(at),
            enrolled: has(|keeps| keeps.passphrase),
            has_pin: has(|keeps| keeps.pin),
            has_recovery_kit: has(|keeps| keeps.recovery_kit),
            groups: theirs.map(|group| group.id.to_string()).collect(),
            last_unlocked: self.last.get(&person.id).copied().map(at),
            you: person.id == self.me,
        }
    }
}

fn at(moment: Moment) -> At {
    At(moment.unix_millis())
}

fn group(group: &Group) -> GroupCard {
    GroupCard {
        id: group.id.to_string(),
        name: group.name.to_string(),
        members: group.members.iter().map(ToString::to_string).collect(),
    }
}

fn device(device: &Device) -> DeviceCard {
    DeviceCard {
        id: device.id.to_string(),
        name: device.name.clone(),
        added: at(device.added),
        this_one: device.this_one,
    }
}

fn standing(standing: rights::Standing) -> Standing {
    match standing {
        rights::Standing::Active => Standing::Active,
        rights::Standing::Disabled => Standing::Disabled,
        rights::Standing::Revoked => Standing::Revoked,
    }
}

/// A standing from a message.
pub(crate) fn standing_of(standing: Standing) -> rights::Standing {
    match standing {
        Standing::Active => rights::Standing::Active,
        Standing::Disabled => rights::Standing::Disabled,
        Standing::Revoked => rights::Standing::Revoked,
    }
}

/// A password to be changed.
pub(crate) fn rotation(row: Rotation) -> RotationRow {
    RotationRow {
        list: matches!(row.password, Rotated::List { .. }),
        organization: row.organization.map(|o| o.name).unwrap_or_default(),
        password: match row.password {
            Rotated::One { name, .. } => name,
            Rotated::List { scope } => scope.category.unwrap_or_default(),
        },
        entry: row.entry,
        why: match row.why {
            WhyRotate::Launched => RotationWhy::Launched,
            WhyRotate::Seen => RotationWhy::Seen,
            WhyRotate::CouldPick => RotationWhy::CouldPick,
        },
        last: row.last.map(at),
    }
}
