//! A larger vault: folders with their own rights, entries in them, and technicians.
//!
//! ```text
//! Client (mapped, root)      Bob: View
//! ├ Work                     Eve: View, Edit      Bob: View
//! │ ├ "At srv1"              linked to Keys/"Domain admin"
//! │ └ "By hand"              no credential
//! ├ Keys                     Eve: View            Bob: View
//! │ └ "Domain admin"         one password, may be sent to srv1
//! └ Desk                     Eve: View, Edit      Night (Bob): View, View password
//! ```

use super::scene::{ACCOUNT, BOB, CLIENT, ROOT, Scene, edit, organization, record};
use super::world::World;
use crate::book::Book;
use crate::entry::{
    AllowedHosts, ApprovalPolicy, ChosenPassword, CredentialEntry, CredentialTarget, Credentials,
    Folder, Inheritance, Name, Port, RdpSettings, SessionEntry, SessionKind, Version,
};
use crate::ids::{
    CredentialEntryId, FolderId, GrantId, GroupId, PasswordId, PersonId, SessionEntryId,
};
use crate::rights::{
    Grant, Group, Object, Person, Right, RightSet, SourceRight, Standing, Subject,
};

pub(crate) const EVE: PersonId = PersonId::from_bytes([0x11; 16]);
pub(crate) const NIGHT: GroupId = GroupId::from_bytes([0x12; 16]);
pub(crate) const WORK: FolderId = FolderId::from_bytes([0x21; 16]);
pub(crate) const KEYS: FolderId = FolderId::from_bytes([0x22; 16]);
pub(crate) const DESK: FolderId = FolderId::from_bytes([0x23; 16]);
pub(crate) const DOMAIN_ADMIN: CredentialEntryId = CredentialEntryId::from_bytes([0x31; 16]);
pub(crate) const AT_SRV1: SessionEntryId = SessionEntryId::from_bytes([0x41; 16]);
pub(crate) const BY_HAND: SessionEntryId = SessionEntryId::from_bytes([0x42; 16]);

pub(crate) fn named(text: &str) -> Name {
    text.parse().expect("a name")
}

pub(crate) fn rdp(host: &str) -> SessionKind {
    SessionKind::Rdp {
        host: host.parse().expect("a host"),
        port: Port::RDP,
        settings: RdpSettings::default(),
    }
}

/// The session leads through this gateway.
pub(crate) fn through_gateway(book: &mut Book, session: SessionEntryId, gateway: &str) {
    let row = book.sessions.get_mut(&session).expect("a session");
    let SessionKind::Rdp { settings, .. } = &mut row.kind;
    settings.gateway = Some(gateway.parse().expect("a host"));
}

pub(crate) fn hosts(patterns: &[&str]) -> AllowedHosts {
    AllowedHosts::new(patterns.iter().map(|text| text.parse().expect("a pattern")).collect())
}

/// The scene with that vault in it; Ada still asks.
pub(crate) fn office() -> Scene {
    let scene = Scene::new();
    scene.edit(furnish);
    scene.world.state().records = ["1", "2"].map(|id| record(id, "Servers", false)).into();
    scene
}

impl Scene {
    /// Eve may create and repoint entries of the client.
    pub(crate) fn eve_has_source(&self) {
        let id = GrantId::from_bytes([0x5f; 16]);
        let organization = Some(organization(CLIENT).id);
        let subject = Subject::Person(EVE);
        let source = SourceRight { id, subject, connection: ACCOUNT, organization };
        self.edit(|book| drop(book.sources.insert(id, source)));
    }

    /// One more grant, behind everybody's back.
    pub(crate) fn grants(&self, number: u8, person: PersonId, object: Object, rights: &[Right]) {
        edit(&self.world, |book| grant(book, number, Subject::Person(person), object, rights));
    }

    pub(crate) fn rights(&self, person: PersonId, object: Object) -> RightSet {
        World::book(&self.world).rights(person, object)
    }
}

fn grant(book: &mut Book, number: u8, subject: Subject, object: Object, rights: &[Right]) {
    let id = GrantId::from_bytes([number; 16]);
    let rights = RightSet::of(rights);
    book.grants.insert(id, Grant { id, subject, object, rights });
}

fn furnish(book: &mut Book) {
    let standing = Standing::Active;
    let eve = Person { id: EVE, name: named("Eve"), administrator: false, standing };
    book.people.insert(EVE, eve);
    book.groups.insert(NIGHT, Group { id: NIGHT, name: named("Night"), members: [BOB].into() });
    for (id, name) in [(WORK, "Work"), (KEYS, "Keys"), (DESK, "Desk")] {
        book.folders.insert(id, folder(id, name));
    }
    book.credentials.insert(DOMAIN_ADMIN, domain_admin());
    let linked = Credentials::Linked(DOMAIN_ADMIN);
    for (id, name, credentials) in
        [(AT_SRV1, "At srv1", linked), (BY_HAND, "By hand", Credentials::None)]
    {
        book.sessions.insert(id, session(id, name, credentials));
    }
    let (eve, bob) = (Subject::Person(EVE), Subject::Person(BOB));
    let on = Object::Folder;
    grant(book, 0x51, eve, on(WORK), &[Right::View, Right::Edit]);
    grant(book, 0x52, bob, on(WORK), &[Right::View]);
    grant(book, 0x53, eve, on(KEYS), &[Right::View]);
    grant(book, 0x54, bob, on(KEYS), &[Right::View]);
    grant(book, 0x55, eve, on(DESK), &[Right::View, Right::Edit]);
    grant(book, 0x56, Subject::Group(NIGHT), on(DESK), &[Right::View, Right::ViewPassword]);
}

fn folder(id: FolderId, name: &str) -> Folder {
    Folder {
        id,
        parent: Some(ROOT),
        name: named(name),
        client: None,
        credential: None,
        inheritance: Inheritance::Own,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    }
}

fn domain_admin() -> CredentialEntry {
    let id = PasswordId::new("1");
    CredentialEntry {
        id: DOMAIN_ADMIN,
        folder: KEYS,
        name: named("Domain admin"),
        connection: ACCOUNT,
        organization: organization(CLIENT),
        target: CredentialTarget::Specific(ChosenPassword {
            id,
            name: "1".to_owned(),
            username: None,
        }),
        allowed_hosts: hosts(&["srv1"]),
        approval: ApprovalPolicy::default(),
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    }
}

fn session(id: SessionEntryId, name: &str, credentials: Credentials) -> SessionEntry {
    SessionEntry {
        id,
        folder: WORK,
        name: named(name),
        kind: rdp("srv1"),
        credentials,
        vouched: None,
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    }
}
