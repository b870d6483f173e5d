use super::{Because, Scope, apply, drift, drifts, preview};
use crate::audit::{Outcome, What};
use crate::book::Book;
use crate::error::Error;
use crate::ids::PersonId;
use crate::rights::{Object, Right, RightSet};
use crate::testing::{
    ADA, AT_SRV1, BOB, DOMAIN_ADMIN, EVE, KEYS, ROOT, Scene, WORK, at_once, office,
};

fn locks(scene: &Scene, scope: Scope) -> Result<(), Error> {
    at_once(apply(scene.world.as_ref(), scene.unlock, scope)).expect("ready")
}

fn previews(scene: &Scene, scope: Scope) -> super::LockPreview {
    at_once(preview(scene.world.as_ref(), scene.unlock, scope)).expect("ready").expect("she may")
}

fn view() -> RightSet {
    RightSet::of(&[Right::View])
}

fn scopes() -> [Scope; 5] {
    [
        Scope::Entry(Object::Session(AT_SRV1)),
        Scope::Entry(Object::Credential(DOMAIN_ADMIN)),
        Scope::Entry(Object::Folder(WORK)),
        Scope::Folder(ROOT),
        Scope::Everything,
    ]
}

/// What each has on everything, for comparing.
fn all_rights(book: &Book) -> Vec<(PersonId, Object, RightSet)> {
    let root = Object::Folder(ROOT);
    let objects = book.within(root);
    let of = |person: &PersonId| {
        let person = *person;
        objects.iter().map(move |object| (person, *object, book.rights(person, *object)))
    };
    book.people.keys().flat_map(of).collect()
}

#[test]
fn technicians_are_left_with_view_and_nobody_else_loses_or_gains() {
    for scope in scopes() {
        let scene = office();
        scene.grants(0x61, ADA, Object::Folder(ROOT), &Right::ALL);
        scene.grants(0x62, ADA, Object::Folder(KEYS), &Right::ALL);
        scene.grants(0x63, EVE, Object::Folder(KEYS), &Right::ALL);
        let before = all_rights(&scene.world.book());
        let within =
            super::plan::plan(&scene.world.book(), scope, unreachable_id).expect("it").within;
        assert_eq!(locks(&scene, scope), Ok(()));
        for ((person, object, had), (_, _, has)) in
            before.into_iter().zip(all_rights(&scene.world.book()))
        {
            let expected = match (person == ADA, within.contains(&object)) {
                (false, true) => had.within(&view()),
                _ => had,
            };
            assert_eq!(has, expected, "{person} on {object:?} after {scope:?}");
        }
        let done = [Outcome::Intended, Outcome::Done];
        assert_eq!(scene.world.outcomes(What::LockedForTechnicians), done);
        assert_eq!(locks(&scene, scope), Ok(()), "once more changes nothing");
        assert_eq!(scene.world.outcomes(What::LockedForTechnicians), done);
    }
}

fn unreachable_id() -> crate::ids::GrantId {
    crate::ids::GrantId::from_bytes([0xee; 16])
}

#[test]
fn the_preview_says_what_locking_comes_to() {
    for scope in scopes() {
        let scene = office();
        scene.grants(0x62, ADA, Object::Folder(WORK), &Right::ALL);
        scene.grants(0x63, EVE, Object::Folder(KEYS), &Right::ALL);
        let before = scene.world.book();
        let said = previews(&scene, scope);
        assert_eq!(scene.world.book(), before, "nothing is changed by looking");
        let within = super::plan::plan(&before, scope, unreachable_id).expect("it").within;
        assert_eq!(locks(&scene, scope), Ok(()));
        let after = scene.world.book();
        let entries: Vec<_> =
            within.into_iter().filter(|o| !matches!(o, Object::Folder(_))).collect();
        assert_eq!(usize::try_from(said.entries), Ok(entries.len()));
        for person in [ADA, BOB, EVE] {
            let sees = |object: &&Object| after.rights(person, **object).has(Right::View);
            let row = said.people.iter().find(|row| row.person == person);
            let said = row.map_or(0, |row| usize::try_from(row.sees).expect("few"));
            assert_eq!(said, entries.iter().filter(sees).count(), "{person} in {scope:?}");
            for keep in row.iter().flat_map(|row| &row.keeps) {
                assert_eq!(after.rights(person, keep.on).without(&view()), keep.rights);
                assert!(person == ADA || keep.because == Because::OutsideScope);
            }
        }
    }
}

#[test]
fn who_still_has_more_is_named_with_the_reason() {
    let scene = office();
    scene.grants(0x62, ADA, Object::Folder(WORK), &Right::ALL);
    scene.grants(0x63, EVE, Object::Folder(KEYS), &Right::ALL);
    let said = previews(&scene, Scope::Folder(WORK));
    let keeps = |person| {
        let row = said.people.iter().find(|row| row.person == person).expect("they see it");
        row.keeps.iter().map(|keep| (keep.on, keep.because)).collect::<Vec<_>>()
    };
    assert_eq!(keeps(ADA), [(Object::Folder(WORK), Because::Administrator)]);
    assert_eq!(keeps(EVE), [(Object::Folder(KEYS), Because::OutsideScope)]);
    assert_eq!(keeps(BOB), []);
}

#[test]
fn drift_lists_what_technicians_can_still_do_until_it_is_locked() {
    let scene = office();
    scene.grants(0x63, EVE, Object::Folder(KEYS), &[Right::ViewPassword]);
    let listed =
        at_once(drift(scene.world.as_ref(), scene.unlock)).expect("ready").expect("she may");
    let rows: Vec<_> =
        listed.iter().map(|row| (row.of, row.people.clone(), row.rights.clone())).collect();
    assert_eq!(
        rows,
        [
            (Object::Credential(DOMAIN_ADMIN), vec![EVE], RightSet::of(&[Right::ViewPassword])),
            (Object::Session(AT_SRV1), vec![EVE], RightSet::of(&[Right::Edit])),
        ]
    );
    assert_eq!(locks(&scene, Scope::Everything), Ok(()));
    assert_eq!(drifts(&scene.world.book()), []);
}

#[test]
fn only_administrators_lock_and_look_and_not_by_pin() {
    let scene = office();
    let ports = scene.world.as_ref();
    let denied = |refused: Result<(), Error>| assert!(matches!(refused, Err(Error::Denied(_))));
    for (person, by_pin) in [(EVE, false), (ADA, true)] {
        scene.asks(person);
        scene.world.state().by_pin = by_pin;
        denied(locks(&scene, Scope::Everything));
        let looked = at_once(preview(ports, scene.unlock, Scope::Everything)).expect("ready");
        denied(looked.map(drop));
        denied(at_once(drift(ports, scene.unlock)).expect("ready").map(drop));
    }
}
