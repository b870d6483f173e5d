//! Move, duplicate and undo.

use super::{moves, relinks, undoes};
use crate::audit::{Outcome, What};
use crate::entries;
use crate::entry::{Approval, ApprovalPolicy, Credentials, Inheritance, TicketPolicy};
use crate::error::{Error, Rule, StoreError};
use crate::policy::Lacking;
use crate::rights::{Object, Right, RightSet};
use crate::testing::{
    ADA, AT_SRV1, BOB, BY_HAND, DESK, DOMAIN_ADMIN, EVE, KEYS, NIGHT, ROOT, Scene, WORK, at_once,
    office,
};

fn lacks<T: std::fmt::Debug>(refused: Result<T, Error>) -> Lacking {
    match refused {
        Err(Error::Denied(denied)) => denied.lacking,
        other => panic!("not denied: {other:?}"),
    }
}

const SESSION: Object = Object::Session(BY_HAND);

#[test]
fn a_move_by_which_somebody_gains_takes_an_administrator() {
    let scene = office();
    scene.asks(EVE);
    assert_eq!(lacks(moves(&scene, SESSION, DESK)), Lacking::WouldWiden, "Bob would see passwords");
    scene.edit(|book| book.groups.get_mut(&NIGHT).expect("it").members.clear());
    assert!(moves(&scene, SESSION, DESK).is_ok(), "nobody is in the group");
    assert_eq!(scene.world.outcomes(What::Moved), [Outcome::Intended, Outcome::Done]);
    let scene = office();
    for (number, folder) in [(0x61, WORK), (0x62, DESK)] {
        scene.grants(number, ADA, Object::Folder(folder), &[Right::View, Right::Edit]);
    }
    scene.world.state().by_pin = true;
    assert_eq!(lacks(moves(&scene, SESSION, DESK)), Lacking::WouldWiden, "by PIN");
    scene.world.state().by_pin = false;
    assert!(moves(&scene, SESSION, DESK).is_ok());
    assert_eq!(scene.rights(BOB, SESSION), RightSet::of(&[Right::View, Right::ViewPassword]));
}

#[test]
fn what_was_disabled_counts_for_a_move_and_so_does_what_is_asked_for() {
    let disabled = office();
    disabled.edit(|book| {
        book.people.get_mut(&BOB).expect("Bob").standing = crate::rights::Standing::Disabled;
    });
    disabled.asks(EVE);
    assert_eq!(lacks(moves(&disabled, SESSION, DESK)), Lacking::WouldWiden);
    let strict: [fn(&mut crate::entry::Folder); 2] = [
        |row| {
            let reveal = Approval::Verify;
            row.approval = ApprovalPolicy { reveal, ..ApprovalPolicy::NOTHING_MORE };
        },
        |row| row.tickets = Some(TicketPolicy::Required { pattern: None }),
    ];
    for strict in strict {
        let scene = office();
        scene.edit(|book| {
            book.groups.clear();
            strict(book.folders.get_mut(&WORK).expect("it"));
        });
        scene.asks(EVE);
        assert_eq!(lacks(moves(&scene, SESSION, DESK)), Lacking::WouldWiden);
    }
}

#[test]
fn a_move_goes_where_it_can_be() {
    let scene = office();
    let field = |refused: Result<entries::Undoable, Error>| match refused {
        Err(Error::Invalid { field, rule }) => (field, rule),
        other => panic!("not invalid: {other:?}"),
    };
    for (number, folder) in [(0x61, WORK), (0x62, KEYS), (0x63, ROOT)] {
        scene.grants(number, ADA, Object::Folder(folder), &Right::ALL);
    }
    let work = Object::Folder(WORK);
    assert_eq!(field(moves(&scene, work, WORK)), ("to", Rule::Circle));
    assert_eq!(field(moves(&scene, work, ROOT)), ("to", Rule::NotApplicable), "it is there");
    assert_eq!(field(moves(&scene, Object::Folder(ROOT), WORK)), ("entry", Rule::NotApplicable));
    scene.edit(|book| {
        let client = book.folders[&ROOT].client.clone();
        let work = book.folders.get_mut(&WORK).expect("it");
        work.client = client;
        work.client.as_mut().expect("mapped").organization.id =
            crate::ids::OrganizationId::new(crate::testing::OTHER);
    });
    let entry = Object::Credential(DOMAIN_ADMIN);
    assert_eq!(field(moves(&scene, entry, WORK)), ("to", Rule::OtherOrganization));
    assert!(moves(&scene, Object::Folder(KEYS), WORK).is_err(), "the entries in it likewise");
}

fn duplicate(scene: &Scene, object: Object) -> Result<(Object, entries::Undoable), Error> {
    at_once(entries::duplicate(scene.world.as_ref(), scene.unlock, object, None)).expect("ready")
}

#[test]
fn a_duplicate_is_made_anew_and_asks_for_no_less() {
    let scene = office();
    scene.asks(EVE);
    let (first, _) = duplicate(&scene, Object::Session(AT_SRV1)).expect("she may link it there");
    let (second, undo) = duplicate(&scene, Object::Session(AT_SRV1)).expect("and again");
    let name = |object| scene.world.book().name_of(object).expect("it").to_string();
    assert_eq!((name(first), name(second)), ("At srv1 (2)".into(), "At srv1 (3)".into()));
    assert_eq!(undoes(&scene, &undo), Ok(()));
    assert!(!scene.world.book().holds(second));
    let entry = Object::Credential(DOMAIN_ADMIN);
    assert!(duplicate(&scene, entry).is_err(), "no Source, no Edit on the folder");
    scene.eve_has_source();
    scene.grants(0x60, EVE, Object::Folder(KEYS), &[Right::Edit]);
    scene.edit(|book| {
        let row = book.credentials.get_mut(&DOMAIN_ADMIN).expect("it");
        row.approval = ApprovalPolicy { launch: Approval::Verify, reveal: Approval::Approval };
        row.inheritance = Inheritance::Own;
    });
    scene.grants(0x61, EVE, entry, &[Right::View]);
    let (Object::Credential(id), _) = duplicate(&scene, entry).expect("now she may") else {
        panic!("another kind of thing");
    };
    let (copy, of) =
        (&scene.world.book().credentials[&id], &scene.world.book().credentials[&DOMAIN_ADMIN]);
    assert_eq!((copy.approval, &copy.allowed_hosts), (of.approval, &of.allowed_hosts));
    assert_eq!(copy.inheritance, Inheritance::Inherits);
}

#[test]
fn an_undo_puts_back_what_nobody_has_changed_since() {
    let scene = office();
    scene.asks(EVE);
    let linked = Credentials::Linked(DOMAIN_ADMIN);
    let before = scene.world.book().sessions[&AT_SRV1].clone();
    let edit = relinks(&scene, AT_SRV1, ("srv1", Credentials::None)).expect("she edits");
    assert_eq!(undoes(&scene, &edit), Ok(()));
    let after = scene.world.book().sessions[&AT_SRV1].clone();
    assert_eq!((after.credentials, after.version.0), (linked, before.version.0 + 2));
    assert_eq!(after.name, before.name);
    let conflict = Err(Error::Store(StoreError::Conflict));
    assert_eq!(undoes(&scene, &edit), conflict, "once");
    let edit = relinks(&scene, AT_SRV1, ("srv1", Credentials::None)).expect("she edits");
    relinks(&scene, AT_SRV1, ("srv3", Credentials::None)).expect("and again");
    assert_eq!(undoes(&scene, &edit), conflict);
    assert_eq!(scene.world.outcomes(What::Undone), [Outcome::Intended, Outcome::Done]);
}

#[test]
fn what_was_deleted_comes_back_and_its_version_goes_on() {
    let scene = office();
    scene.asks(EVE);
    let deleted = entries::delete_session(scene.world.as_ref(), scene.unlock, AT_SRV1);
    let edit = at_once(deleted).expect("ready").expect("she edits");
    let was = office().world.book().sessions[&AT_SRV1].clone();
    assert_eq!(undoes(&scene, &edit), Ok(()));
    let is = scene.world.book().sessions[&AT_SRV1].clone();
    assert_eq!((is.version, is.credentials), (was.version.next(), was.credentials));
}

#[test]
fn an_undo_takes_the_rights_of_what_it_amounts_to() {
    let scene = office();
    scene.asks(EVE);
    scene.edit(|book| book.groups.clear());
    let edit = moves(&scene, SESSION, DESK).expect("nobody gains");
    assert_eq!(lacks(undoes(&scene, &edit)), Lacking::WouldWiden, "Bob would see it again");
    let link = relinks(&scene, AT_SRV1, ("srv1", Credentials::None)).expect("she edits");
    scene.edit(|book| {
        book.credentials.get_mut(&DOMAIN_ADMIN).expect("it").allowed_hosts =
            crate::testing::hosts(&[]);
    });
    assert_eq!(lacks(undoes(&scene, &link)), Lacking::HostNotAllowed);
}
