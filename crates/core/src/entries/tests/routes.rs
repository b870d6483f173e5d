//! P4: whoever may only launch, or edit a folder, finds no way to a password or to a host of theirs.

use super::{credential_draft, folder_draft, moves, relinks, session_draft, undoes, version_of};
use crate::certificates;
use crate::entries::{self, CredentialDraft, FolderDraft};
use crate::entry::{Credentials, Vouched};
use crate::error::Error;
use crate::ids::{OrganizationId, PersonId};
use crate::lockdown;
use crate::rights::{Object, Right};
use crate::testing::{
    ACCOUNT, ADA, AT_SRV1, BOB, BY_HAND, DESK, DOMAIN_ADMIN, EVE, KEYS, OTHER, ROOT, Scene, WORK,
    at_once, named, office, rdp,
};

const LINKED: Credentials = Credentials::Linked(DOMAIN_ADMIN);

/// A way somebody tries, and whether they came through.
type Route = (&'static str, fn(&Scene) -> bool);

fn change_credential(scene: &Scene, draft: CredentialDraft) -> bool {
    let edited = (DOMAIN_ADMIN, version_of(scene, Object::Credential(DOMAIN_ADMIN)));
    let ports = scene.world.as_ref();
    at_once(entries::change_credential(ports, scene.unlock, edited, draft)).expect("ready").is_ok()
}

fn change_work(scene: &Scene, draft: FolderDraft) -> bool {
    let edited = (WORK, version_of(scene, Object::Folder(WORK)));
    let ports = scene.world.as_ref();
    at_once(entries::change_folder(ports, scene.unlock, edited, draft)).expect("ready").is_ok()
}

fn duplicates(scene: &Scene, object: Object, to: crate::ids::FolderId) -> bool {
    let ports = scene.world.as_ref();
    at_once(entries::duplicate(ports, scene.unlock, object, Some(to))).expect("ready").is_ok()
}

fn creates_credential(scene: &Scene, record: &str) -> bool {
    let (ports, draft) = (scene.world.as_ref(), credential_draft(record, &["mine"]));
    at_once(entries::create_credential(ports, scene.unlock, WORK, draft)).expect("ready").is_ok()
}

fn creates_session(scene: &Scene, host: &str) -> bool {
    let (ports, draft) = (scene.world.as_ref(), session_draft(host, LINKED));
    at_once(entries::create_session(ports, scene.unlock, WORK, draft)).expect("ready").is_ok()
}

/// Ada did something; its undo is played by somebody else.
fn undoes_adas(scene: &Scene) -> bool {
    let asks = scene.world.state().person.expect("somebody");
    scene.asks(ADA);
    for (number, folder) in [(0x65, KEYS), (0x66, ROOT)] {
        scene.grants(number, ADA, Object::Folder(folder), &Right::ALL);
    }
    let edit = moves(scene, Object::Credential(DOMAIN_ADMIN), ROOT).expect("she may");
    scene.asks(asks);
    undoes(scene, &edit).is_ok()
}

fn trusts(scene: &Scene) -> bool {
    let ports = scene.world.as_ref();
    let trusted = certificates::trust(ports, scene.unlock, AT_SRV1, [1; 32]);
    at_once(trusted).expect("ready").is_ok()
}

fn routes() -> Vec<Route> {
    vec![
        ("repoint", |scene| change_credential(scene, credential_draft("2", &["srv1"]))),
        ("widen the allowed hosts", |scene| {
            change_credential(scene, credential_draft("1", &["srv1", "mine"]))
        }),
        ("create on another record", |scene| creates_credential(scene, "2")),
        ("create on the same record", |scene| creates_credential(scene, "1")),
        ("create a session to a host of one's own", |scene| creates_session(scene, "mine")),
        ("change the host", |scene| relinks(scene, AT_SRV1, ("mine", LINKED)).is_ok()),
        ("link what has no credential", |scene| relinks(scene, BY_HAND, ("mine", LINKED)).is_ok()),
        ("move the entry where one may edit", |scene| {
            moves(scene, Object::Credential(DOMAIN_ADMIN), WORK).is_ok()
        }),
        ("move a session where others gain", |scene| {
            moves(scene, Object::Session(AT_SRV1), DESK).is_ok()
        }),
        ("move the folder of the keys", |scene| moves(scene, Object::Folder(KEYS), WORK).is_ok()),
        ("duplicate the entry", |scene| duplicates(scene, Object::Credential(DOMAIN_ADMIN), WORK)),
        ("undo what an administrator did", undoes_adas),
        ("map the folder to another organization", |scene| {
            let client = Some((ACCOUNT, OrganizationId::new(OTHER)));
            change_work(scene, FolderDraft { client, ..folder_draft("Work") })
        }),
        ("hand the credential down to a host of one's own", |scene| {
            scene.edit(|book| {
                let row = book.sessions.get_mut(&BY_HAND).expect("a session");
                row.credentials = Credentials::Inherited;
                row.kind = rdp("mine");
            });
            change_work(
                scene,
                FolderDraft { credential: Some(DOMAIN_ADMIN), ..folder_draft("Work") },
            )
        }),
        ("trust a certificate for a host that is not allowed", |scene| {
            scene.edit(|book| {
                let row = book.sessions.get_mut(&AT_SRV1).expect("a session");
                row.kind = rdp("srv2");
                let host = "srv2".parse().expect("a host");
                row.vouched = Some(Vouched { credential: DOMAIN_ADMIN, host, by: ADA });
            });
            scene.world.shows(1);
            trusts(scene)
        }),
        ("lock for others", |scene| {
            let (ports, scope) = (scene.world.as_ref(), lockdown::Scope::Everything);
            at_once(lockdown::apply(ports, scene.unlock, scope)).expect("ready").is_ok()
        }),
    ]
}

fn came_through(person: PersonId, prepare: impl Fn(&Scene)) -> Vec<&'static str> {
    let mut through = Vec::new();
    for (what, tries) in routes() {
        let scene = office();
        prepare(&scene);
        scene.asks(person);
        if tries(&scene) {
            through.push(what);
        }
    }
    through
}

#[test]
fn none_of_the_routes_is_open_to_a_technician() {
    assert_eq!(came_through(BOB, |_| ()), [""; 0], "View only");
    assert_eq!(came_through(EVE, |_| ()), [""; 0], "Edit on a folder");
}

/// The same routes, for somebody who may: or the test above would hold for any law at all.
#[test]
fn the_routes_are_open_to_whoever_has_the_rights_for_them() {
    let everything = |scene: &Scene| {
        scene.eve_has_source();
        for (number, folder) in [(0x61, ROOT), (0x62, WORK), (0x63, KEYS), (0x64, DESK)] {
            scene.grants(number, EVE, Object::Folder(folder), &Right::ALL);
        }
    };
    let shut = [
        "move a session where others gain",
        "map the folder to another organization",
        "lock for others",
    ];
    let open = came_through(EVE, everything);
    let all: Vec<_> = routes().into_iter().map(|(what, _)| what).collect();
    let expected: Vec<_> = all.into_iter().filter(|what| !shut.contains(what)).collect();
    assert_eq!(open, expected);
}

#[test]
fn whoever_may_not_change_it_does_not_learn_that_somebody_else_has() {
    let scene = office();
    scene.asks(BOB);
    let stale = (AT_SRV1, crate::entry::Version(7));
    let draft = session_draft("srv1", LINKED);
    let ports = scene.world.as_ref();
    let changed = at_once(entries::change_session(ports, scene.unlock, stale, draft));
    assert!(matches!(changed, Some(Err(Error::Denied(_)))));
    let draft = credential_draft("2", &["srv1"]);
    let stale = (DOMAIN_ADMIN, crate::entry::Version(7));
    let changed = at_once(entries::change_credential(ports, scene.unlock, stale, draft));
    assert!(matches!(changed, Some(Err(Error::Denied(_)))));
    let stale = (WORK, crate::entry::Version(7));
    let draft = FolderDraft { name: named("Work"), client: None, credential: None };
    let changed = at_once(entries::change_folder(ports, scene.unlock, stale, draft));
    assert!(matches!(changed, Some(Err(Error::Denied(_)))));
}
