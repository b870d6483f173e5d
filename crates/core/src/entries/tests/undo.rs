//! Undoing one edit after another.

use super::{Undoable, moves, relinks, undoes, undone, version_of};
use crate::entries;
use crate::entry::Credentials;
use crate::error::{Error, StoreError};
use crate::ids::SessionEntryId;
use crate::rights::Object;
use crate::testing::{AT_SRV1, DESK, EVE, Scene, at_once, office};

const SESSION: Object = Object::Session(AT_SRV1);
const CONFLICT: Result<(), Error> = Err(Error::Store(StoreError::Conflict));

fn editor() -> Scene {
    let scene = office();
    scene.asks(EVE);
    scene
}

/// Points the session at this host, without a credential.
fn points(scene: &Scene, host: &str) -> Undoable {
    relinks(scene, AT_SRV1, (host, Credentials::None)).expect("she edits")
}

fn deletes(scene: &Scene, id: SessionEntryId) -> Undoable {
    let deleted = entries::delete_session(scene.world.as_ref(), scene.unlock, id);
    at_once(deleted).expect("ready").expect("she edits")
}

fn host(scene: &Scene) -> String {
    scene.world.book().sessions[&AT_SRV1].kind.host().to_string()
}

/// Undoes the newest, and lets those before it know.
fn takes_back(scene: &Scene, edits: &mut Vec<Undoable>) -> Result<(), Error> {
    let newest = edits.pop().expect("an edit");
    let undone = undone(scene, &newest)?;
    for edit in edits {
        edit.follow(&undone);
    }
    Ok(())
}

#[test]
fn edits_of_one_entry_are_undone_one_after_another() {
    let scene = editor();
    scene.edit(|book| book.groups.clear());
    let before = scene.world.book().sessions[&AT_SRV1].clone();
    let mut edits = vec![points(&scene, "srv2"), points(&scene, "srv3")];
    edits.push(deletes(&scene, AT_SRV1));
    assert_eq!(takes_back(&scene, &mut edits), Ok(()));
    assert_eq!(host(&scene), "srv3");
    assert_eq!(takes_back(&scene, &mut edits), Ok(()));
    assert_eq!(host(&scene), "srv2");
    assert_eq!(takes_back(&scene, &mut edits), Ok(()));
    let after = scene.world.book().sessions[&AT_SRV1].clone();
    assert_eq!((&after.kind, after.credentials), (&before.kind, before.credentials));
    assert_eq!((&after.name, after.folder), (&before.name, before.folder));
}

#[test]
fn what_was_made_and_then_changed_is_gone_in_the_end() {
    let scene = editor();
    let ports = scene.world.as_ref();
    let made = at_once(entries::duplicate(ports, scene.unlock, SESSION, None)).expect("ready");
    let (Object::Session(copy), made) = made.expect("she edits") else {
        panic!("another kind of thing");
    };
    let changed = relinks(&scene, copy, ("srv3", Credentials::None)).expect("she edits");
    let mut edits = vec![made, changed];
    assert_eq!(takes_back(&scene, &mut edits), Ok(()));
    assert_eq!(takes_back(&scene, &mut edits), Ok(()));
    assert!(!scene.world.book().sessions.contains_key(&copy));
}

#[test]
fn whatever_somebody_else_changed_in_between_stays() {
    let theirs = |scene: &Scene| {
        scene.edit(|book| {
            let row = book.sessions.get_mut(&AT_SRV1).expect("it");
            row.version = row.version.next();
        });
    };
    let between = editor();
    let first = points(&between, "srv2");
    theirs(&between);
    let mut edits = vec![first, points(&between, "srv3")];
    assert_eq!(takes_back(&between, &mut edits), Ok(()), "hers is the newest");
    assert_eq!(takes_back(&between, &mut edits), CONFLICT, "theirs lies before it");

    let after = editor();
    let mut edits = vec![points(&after, "srv2"), points(&after, "srv3")];
    assert_eq!(takes_back(&after, &mut edits), Ok(()));
    theirs(&after);
    assert_eq!(takes_back(&after, &mut edits), CONFLICT, "changed since the undo");
    assert_eq!(host(&after), "srv2");
}

#[test]
fn the_law_is_asked_for_each_of_them() {
    let scene = editor();
    scene.edit(|book| book.groups.clear());
    let moved = moves(&scene, SESSION, DESK).expect("nobody gains");
    let version = version_of(&scene, SESSION);
    let mut edits = vec![moved, points(&scene, "srv3")];
    assert_eq!(takes_back(&scene, &mut edits), Ok(()));
    assert_ne!(version_of(&scene, SESSION), version);
    let back = undoes(&scene, &edits[0]);
    assert!(matches!(back, Err(Error::Denied(_))), "Bob would see it again: {back:?}");
}
