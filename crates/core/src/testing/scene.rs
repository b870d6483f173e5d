//! A small vault to begin with: one account with its key, a client folder, an entry with a list; Ada
//! administers, Bob may see.

use std::sync::Arc;

use super::world::{KeyStanding, World};
use crate::book::{Book, Change};
use crate::entry::{
    AllowedHosts, ApprovalPolicy, Client, Connection, CredentialEntry, CredentialTarget, Folder,
    Inheritance, KeyHistory, KeyId, ListScope, Organization, PasswordRecord, RecordMarks, Region,
    Version,
};
use crate::ids::{
    ConnectionId, CredentialEntryId, FolderId, GrantId, OrganizationId, PasswordId, PersonId,
};
use crate::launch::UnlockId;
use crate::rights::{Grant, Object, Person, Right, RightSet, Standing, Subject};
use crate::time::Moment;

pub(crate) const ACCOUNT: ConnectionId = ConnectionId::from_bytes([3; 16]);
pub(crate) const ADA: PersonId = PersonId::from_bytes([1; 16]);
pub(crate) const BOB: PersonId = PersonId::from_bytes([2; 16]);
/// The organization that folder and entry name.
pub(crate) const CLIENT: &str = "7";
/// Another one of the account.
pub(crate) const OTHER: &str = "8";
pub(crate) const ROOT: FolderId = FolderId::from_bytes([4; 16]);
pub(crate) const LIST: CredentialEntryId = CredentialEntryId::from_bytes([5; 16]);

/// The world with that vault in it, and whoever asks.
pub(crate) struct Scene {
    pub(crate) world: Arc<World>,
    pub(crate) unlock: UnlockId,
}

impl Scene {
    /// Ada asks; the account's key is `old`, and sees both organizations.
    pub(crate) fn new() -> Self {
        let world = Arc::new(World::default());
        let mut book = Book::default();
        for change in furniture() {
            book.apply(change).expect("fits");
        }
        let mut state = world.state();
        state.book = Arc::new(book);
        state.person = Some(ADA);
        state.keys.insert(KeyId::Account(ACCOUNT), "old".to_owned());
        drop(state);
        let scene = Self { world, unlock: UnlockId(1) };
        scene.stands("old", &[CLIENT, OTHER]);
        scene
    }

    /// Whoever asks from now on.
    pub(crate) fn asks(&self, person: PersonId) {
        self.world.state().person = Some(person);
    }

    /// IT Glue takes this key from now on; it sees these organizations and brings passwords.
    pub(crate) fn stands(&self, key: &str, sees: &[&str]) {
        let sees = sees.iter().map(|id| organization(id)).collect();
        let standing = KeyStanding { sees, password_access: true, fails: None };
        self.world.state().standings.insert(key.to_owned(), standing);
    }

    /// Changes what IT Glue makes of a key.
    pub(crate) fn alter(&self, key: &str, alter: impl FnOnce(&mut KeyStanding)) {
        alter(self.world.state().standings.get_mut(key).expect("a key that stands"));
    }

    /// Has this happen while somebody waits for IT Glue's answer, for the keyring (`put`) or for the
    /// vault (`commit`).
    pub(crate) fn meanwhile(
        &self,
        waiting_for: &'static str,
        happening: impl FnOnce(&World) + Send + 'static,
    ) {
        self.world.state().meanwhile.insert(waiting_for, Box::new(happening));
    }

    /// Changes the vault behind everybody's back.
    pub(crate) fn edit(&self, edit: impl FnOnce(&mut Book)) {
        self::edit(&self.world, edit);
    }

    /// The account's card.
    pub(crate) fn account(&self) -> Connection {
        self.world.book().connections[&ACCOUNT].clone()
    }
}

/// Changes the world's vault behind everybody's back.
pub(crate) fn edit(world: &World, edit: impl FnOnce(&mut Book)) {
    let mut state = world.state();
    edit(Arc::make_mut(&mut state.book));
}

pub(crate) fn organization(id: &str) -> Organization {
    Organization { id: OrganizationId::new(id), name: format!("Organization {id}") }
}

fn furniture() -> Vec<Change> {
    let name = |text: &str| text.parse().expect("a name");
    let account = Connection {
        id: ACCOUNT,
        name: name("Account"),
        region: Region::Eu,
        history: KeyHistory::accepted(Moment::from_unix_millis(0)),
        keep_alive: None,
    };
    let root = Folder {
        id: ROOT,
        parent: None,
        name: name("Client"),
        client: Some(Client { connection: ACCOUNT, organization: organization(CLIENT) }),
        credential: None,
        inheritance: Inheritance::Own,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    };
    let list = CredentialEntry {
        id: LIST,
        folder: ROOT,
        name: name("List"),
        connection: ACCOUNT,
        organization: organization(CLIENT),
        target: CredentialTarget::AlwaysPromptWithList(ListScope {
            category: Some("Servers".to_owned()),
            included: Vec::new(),
        }),
        allowed_hosts: AllowedHosts::new(Vec::new()),
        approval: ApprovalPolicy::default(),
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    };
    let person = |id, text, administrator| {
        Change::PutPerson(Person {
            id,
            name: name(text),
            administrator,
            standing: Standing::Active,
        })
    };
    let view = Grant {
        id: GrantId::from_bytes([6; 16]),
        subject: Subject::Person(BOB),
        object: Object::Folder(ROOT),
        rights: RightSet::of(&[Right::View]),
    };
    vec![
        Change::PutConnection(account),
        Change::PutFolder(root),
        Change::PutCredential(list),
        person(ADA, "Ada", true),
        person(BOB, "Bob", false),
        Change::PutGrant(view),
    ]
}

/// A record of the client's.
pub(crate) fn record(id: &str, category: &str, restricted: bool) -> PasswordRecord {
    PasswordRecord {
        id: PasswordId::new(id),
        organization: OrganizationId::new(CLIENT),
        name: id.to_owned(),
        username: None,
        category: Some(category.to_owned()),
        resource: None,
        url: None,
        changed: None,
        web_address: None,
        marks: RecordMarks { restricted, ..RecordMarks::default() },
    }
}
