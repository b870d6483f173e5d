//! The same forgeries at any row: a hundred random rows of each kind, covered up in a random way. Each
//! is refused, and named.

use serde_json::{Value, json};
use usher_core::book::Change;
use usher_core::entry::{
    Connection, CredentialEntry, Credentials, Host, Inheritance, Port, SessionEntry, SessionKind,
    TrustedCertificate,
};
use usher_core::ids::{
    ConnectionId, CredentialEntryId, GrantId, GroupId, PersonId, SessionEntryId,
};
use usher_core::policy::Changed;
use usher_core::rights::{
    Grant, Group, Object, Person, Right, RightSet, SourceRight, Standing, Subject,
};

use super::super::tables;
use super::damage::{Dice, cases};
use super::forged::refused;
use super::forger::{Cover, Forger};
use super::world::{ADMIN, SESSION, TECH, World, commit};
use crate::rows::{self, Place, Stored, Table, specimen};

/// How many there are of everything that is forged.
const MANY: u8 = 12;

fn bytes(kind: u8, number: u8) -> [u8; 16] {
    let mut bytes = [0x20 + kind; 16];
    bytes[15] = number;
    bytes
}

fn person_id(number: u8) -> PersonId {
    PersonId::from_bytes(bytes(1, number))
}

fn group_id(number: u8) -> GroupId {
    GroupId::from_bytes(bytes(2, number))
}

fn credential_id(number: u8) -> CredentialEntryId {
    CredentialEntryId::from_bytes(bytes(3, number))
}

fn connection_id(number: u8) -> ConnectionId {
    ConnectionId::from_bytes(bytes(4, number))
}

fn person(number: u8, standing: Standing) -> Change {
    let name = format!("person {number}").parse().expect("a name");
    Change::PutPerson(Person { id: person_id(number), name, administrator: false, standing })
}

fn grant(kind: u8, number: u8) -> Grant {
    let of_group = number.is_multiple_of(2);
    let subject = if of_group {
        Subject::Group(group_id(number))
    } else {
        Subject::Person(person_id(number))
    };
    let object = if number.is_multiple_of(3) {
        Object::Folder(specimen::ROOT)
    } else {
        Object::Credential(credential_id(number))
    };
    let rights = RightSet::of(&[Right::View]);
    Grant { id: GrantId::from_bytes(bytes(kind, number)), subject, object, rights }
}

/// One of each kind of thing. The second half of the people is disabled afterwards.
fn things(number: u8) -> Vec<Change> {
    let (mut account, mut entry, ..) = of_specimen();
    account.id = connection_id(number);
    account.keep_alive = None;
    (entry.id, entry.inheritance) = (credential_id(number), Inheritance::Inherits);
    let members = [person_id(number), person_id((number + 1) % MANY)].into();
    let name = format!("group {number}").parse().expect("a name");
    let source = SourceRight {
        id: GrantId::from_bytes(bytes(6, number)),
        subject: Subject::Person(person_id(number)),
        connection: connection_id(number),
        organization: None,
    };
    vec![
        Change::PutConnection(account),
        Change::PutCredential(entry),
        Change::PutGroup(Group { id: group_id(number), name, members }),
        Change::PutGrant(grant(5, number)),
        Change::PutGrant(grant(7, number)),
        Change::PutSource(source),
    ]
}

/// A session with the entry of this number.
fn session(number: u8) -> Change {
    Change::PutSession(SessionEntry {
        id: SessionEntryId::from_bytes(bytes(8, number)),
        kind: SessionKind::Rdp {
            host: host(number),
            port: Port::RDP,
            settings: usher_core::entry::RdpSettings::default(),
        },
        credentials: Credentials::Linked(credential_id(number)),
        ..of_specimen().2
    })
}

fn host(number: u8) -> Host {
    format!("host{number}.corp.example").parse().expect("a host")
}

/// The certificate that the host of this number shows.
fn trusted(number: u8) -> Change {
    Change::PutCertificate(TrustedCertificate { host: host(number), ..of_specimen().3 })
}

/// An account, an entry for one record, a session, and a certificate.
fn of_specimen() -> (Connection, CredentialEntry, SessionEntry, TrustedCertificate) {
    let mut book = usher_core::book::Book::default();
    for change in specimen::everything() {
        book.apply(change).expect("applies");
    }
    let account = book.connections.into_values().last();
    let entry = book.credentials.into_values().last();
    let session = book.sessions.into_values().last();
    let trusted = book.certificates.into_values().last();
    let all = "the specimen has one";
    (account.expect(all), entry.expect(all), session.expect(all), trusted.expect(all))
}

/// A vault with many rows, some of whose people are disabled and some of whose grants are gone.
struct Plenty {
    world: World,
    good: Vec<u8>,
    /// The grants that are gone, as they were stored.
    gone: Vec<(Place, Stored)>,
}

impl Plenty {
    fn new() -> Self {
        let world = World::new();
        let mut shelf = world.open(ADMIN).expect("opens");
        let people = (0..MANY).map(|number| person(number, Standing::Active));
        let all = people.chain((0..MANY).flat_map(things)).collect();
        commit(&mut shelf, ADMIN, all).expect("commits");
        // A session is with an entry that is there; a certificate is of a host that one leads to.
        commit(&mut shelf, ADMIN, (0..MANY).map(session).collect()).expect("makes");
        commit(&mut shelf, ADMIN, (0..MANY).map(trusted).collect()).expect("trusts");
        let connection = rusqlite::Connection::open(&world.path).expect("opens");
        let stored = |number| {
            let place = Place { table: Table::Grant, key: bytes(7, number) };
            (place, tables::row_of(&connection, place).expect("reads").expect("there"))
        };
        let gone = (0..MANY).map(stored).collect();
        connection.close().expect("closes");
        let removed = (0..MANY).map(|number| Change::RemoveGrant(grant(7, number).id));
        commit(&mut shelf, ADMIN, removed.collect()).expect("takes away");
        let disabled = (MANY / 2..MANY).map(|number| person(number, Standing::Disabled));
        commit(&mut shelf, ADMIN, disabled.collect()).expect("disables");
        drop(shelf);
        let good = world.bytes();
        Self { world, good, gone }
    }
}

/// One of the values that is not the one that is there.
fn other(dice: &mut Dice, now: &Value, of: &[Value]) -> Value {
    let others: Vec<&Value> = of.iter().filter(|value| *value != now).collect();
    others[dice.below(others.len())].clone()
}

fn subjects() -> Vec<Value> {
    let people = (0..MANY).map(|number| json!({ "person": person_id(number).to_string() }));
    let groups = (0..MANY).map(|number| json!({ "group": group_id(number).to_string() }));
    people.chain(groups).chain([json!({ "person": TECH.to_string() })]).collect()
}

fn objects() -> Vec<Value> {
    let entries =
        (0..MANY).map(|number| json!({ "credential": credential_id(number).to_string() }));
    let folder = json!({ "folder": specimen::ROOT.to_string() });
    entries.chain([folder, json!({ "session": SESSION.to_string() })]).collect()
}

fn change(forger: &mut Forger, dice: &mut Dice, place: Place, at: &str, of: &[Value]) {
    forger.edit(place, |json| {
        let field = json.pointer_mut(at).expect("has that field");
        *field = other(dice, field, of);
    });
}

/// What is done to which row; the number says which of its kind.
type Forgery = (&'static str, fn(&mut Forger, &mut Dice, &Plenty, u8) -> Place);

fn at(table: Table, kind: u8, number: u8) -> Place {
    Place { table, key: bytes(kind, number) }
}

const FORGERIES: [Forgery; 14] = [
    ("rights", |forger, dice, _, number| {
        let place = at(Table::Grant, 5, number);
        let sets = [
            json!(["view", "view_password"]),
            json!(["view", "view_password", "edit"]),
            json!(["view", "edit"]),
            json!([]),
        ];
        change(forger, dice, place, "/rights", &sets);
        place
    }),
    ("a grant's subject", |forger, dice, _, number| {
        let place = at(Table::Grant, 5, number);
        change(forger, dice, place, "/subject", &subjects());
        place
    }),
    ("a grant's object", |forger, dice, _, number| {
        let place = at(Table::Grant, 5, number);
        change(forger, dice, place, "/object", &objects());
        place
    }),
    ("a grant taken out", |forger, _, _, number| {
        let place = at(Table::Grant, 5, number);
        forger.put_as_it_is(place, None);
        place
    }),
    ("a grant that was gone", |forger, _, plenty, number| {
        let (place, row) = &plenty.gone[usize::from(number)];
        forger.put_as_it_is(*place, Some(row.clone()));
        *place
    }),
    ("an administrator more", |forger, _, _, number| {
        let place = at(Table::Person, 1, number);
        forger.edit(place, |json| json["administrator"] = Value::Bool(true));
        place
    }),
    ("somebody disabled comes back", |forger, _, _, number| {
        let place = at(Table::Person, 1, MANY / 2 + number % (MANY / 2));
        forger.edit(place, |json| json["standing"] = Value::from("active"));
        place
    }),
    ("a member more", |forger, _, _, number| {
        let place = at(Table::Group, 2, number);
        let me = Value::from(TECH.to_string());
        forger.edit(place, |json| json["members"].as_array_mut().expect("members").push(me));
        place
    }),
    ("a member less", |forger, dice, _, number| {
        let place = at(Table::Group, 2, number);
        let which = dice.below(2);
        forger.edit(place, |json| {
            json["members"].as_array_mut().expect("members").remove(which);
        });
        place
    }),
    ("Source for another", |forger, dice, _, number| {
        let place = at(Table::Source, 6, number);
        change(forger, dice, place, "/subject", &subjects());
        place
    }),
    ("an entry pointed elsewhere", |forger, dice, _, number| {
        let place = at(Table::Credential, 3, number);
        let others: Vec<Value> = (0..9).map(|id| Value::from(id.to_string())).collect();
        change(forger, dice, place, "/target/specific/id", &others);
        place
    }),
    ("an account's region", |forger, dice, _, number| {
        let place = at(Table::Connection, 4, number);
        change(forger, dice, place, "/region", &["us", "eu", "au"].map(Value::from));
        place
    }),
    ("a certificate that nobody trusted", |forger, dice, _, number| {
        let place = rows::place_of(&Changed::Certificate(host(number), Port::RDP));
        let byte = dice.below(32);
        forger.edit(place, |json| {
            let byte = &mut json["spki"][byte];
            *byte = Value::from(byte.as_u64().expect("a byte") ^ 1);
        });
        place
    }),
    ("another's public keys", |forger, _, _, number| {
        let place = Place { table: Table::Identity, key: person_id(number).to_bytes() };
        let mine = forger.plain(Place { table: Table::Identity, key: TECH.to_bytes() });
        let row = forger.plain(place);
        forger.put(place, Stored { blob: mine.blob, version: row.version + 1, ..row });
        place
    }),
];

#[test]
fn whatever_row_is_forged_it_is_refused_and_named() {
    let plenty = Plenty::new();
    let mut dice = Dice::new(6);
    for (what, forge) in FORGERIES {
        for _ in 0..cases(4, 100) {
            plenty.world.leave_only(&plenty.good);
            let mut forger = Forger::at(&plenty.world);
            let number = u8::try_from(dice.below(usize::from(MANY))).expect("few");
            let place = forge(&mut forger, &mut dice, &plenty, number);
            let cover = Cover::ALL[dice.below(Cover::ALL.len())];
            forger.cover(&plenty.world, cover);
            forger.close();
            refused(&plenty.world, (what, cover), place);
        }
    }
}

/// The control: among as many rows, with the same tools, what is theirs to change is taken.
#[test]
fn among_many_rows_what_is_theirs_is_taken() {
    let plenty = Plenty::new();
    let mut forger = Forger::at(&plenty.world);
    let session = Place { table: Table::Session, key: SESSION.to_bytes() };
    forger.edit(session, |json| json["name"] = Value::from("by hand"));
    forger.cover(&plenty.world, Cover::Delta);
    forger.close();
    let book = plenty.world.book().expect("a delta like any other");
    assert_eq!(book.sessions[&SESSION].name.as_str(), "by hand");
    assert_eq!(book.groups.len(), usize::from(MANY) + 1);
}
