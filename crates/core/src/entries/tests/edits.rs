//! What an edit leaves on record, and what happens while IT Glue takes its time.

use super::{credential_draft, relinks, version_of};
use crate::audit::{Outcome, What};
use crate::entries;
use crate::entry::Credentials;
use crate::error::{Error, StoreError};
use crate::rights::{Object, Right, Standing};
use crate::testing::{AT_SRV1, DOMAIN_ADMIN, EVE, KEYS, Scene, World, at_once, edit, office};

/// Eve may repoint the entry.
fn editors() -> Scene {
    let scene = office();
    scene.eve_has_source();
    scene.grants(0x60, EVE, Object::Folder(KEYS), &[Right::Edit]);
    scene.asks(EVE);
    scene
}

fn repoints(scene: &Scene) -> Result<entries::Undoable, Error> {
    let edited = (DOMAIN_ADMIN, version_of(scene, Object::Credential(DOMAIN_ADMIN)));
    let draft = credential_draft("2", &["srv1", "srv2"]);
    let ports = scene.world.as_ref();
    at_once(entries::change_credential(ports, scene.unlock, edited, draft)).expect("ready")
}

#[test]
fn which_fields_changed_is_on_record_and_nothing_that_is_in_them() {
    let scene = editors();
    assert!(repoints(&scene).is_ok());
    let log = scene.world.state().log.clone();
    let fields: Vec<_> = log.iter().map(|event| (event.what, event.details.clone())).collect();
    let changed = vec![("fields", "name,target,allowed_hosts".to_owned())];
    let what = What::CredentialRepointed;
    assert_eq!(fields, [(what, changed.clone()), (what, changed)]);
    assert_eq!(scene.world.outcomes(what), [Outcome::Intended, Outcome::Done]);
    assert!(relinks(&scene, AT_SRV1, ("srv1", Credentials::None)).is_ok());
    let last = scene.world.state().log.last().cloned().expect("on record");
    assert_eq!(last.details, [("fields", "name,credentials".to_owned())]);
}

#[test]
fn nothing_is_changed_without_its_intent_on_record() {
    let scene = editors();
    let before = scene.world.book();
    scene.world.state().log_broken = true;
    assert_eq!(repoints(&scene), Err(Error::AuditUnavailable));
    assert_eq!(scene.world.book().credentials, before.credentials);
}

#[test]
fn an_edit_that_did_not_come_about_is_on_record_as_such() {
    let scene = editors();
    scene.world.state().store_broken = Some(StoreError::Busy);
    assert_eq!(repoints(&scene), Err(Error::Store(StoreError::Busy)));
    let failed = [Outcome::Intended, Outcome::Failed];
    assert_eq!(scene.world.outcomes(What::CredentialRepointed), failed);
}

/// What happens meanwhile.
type Meanwhile = (&'static str, fn(&World));

#[test]
fn what_changes_while_it_glue_answers_counts() {
    let gone: [Meanwhile; 4] = [
        ("locked", |world| world.state().person = None),
        ("disabled", |world| {
            edit(world, |book| {
                book.people.get_mut(&EVE).expect("Eve").standing = Standing::Disabled;
            });
        }),
        ("no Source any more", |world| edit(world, |book| book.sources.clear())),
        ("changed by somebody else", |world| {
            edit(world, |book| {
                let row = book.credentials.get_mut(&DOMAIN_ADMIN).expect("it");
                row.version = row.version.next();
            });
        }),
    ];
    for (what, happens) in gone {
        let scene = editors();
        scene.meanwhile("record", happens);
        let refused = repoints(&scene).expect_err(what);
        let expected = match what {
            "locked" | "disabled" => matches!(refused, Error::Locked),
            "no Source any more" => matches!(refused, Error::Denied(_)),
            _ => refused == Error::Store(StoreError::Conflict),
        };
        assert!(expected, "{what}: {refused:?}");
        assert!(scene.world.state().log.is_empty(), "{what}: not even intended");
    }
    let scene = editors();
    scene.meanwhile("record", |world| edit(world, |book| book.sources.clear()));
    let draft = credential_draft("2", &["srv1"]);
    let made = entries::create_credential(scene.world.as_ref(), scene.unlock, KEYS, draft);
    assert!(matches!(at_once(made), Some(Err(Error::Denied(_)))));
}

#[test]
fn a_disabled_person_is_locked_out_at_once() {
    let scene = editors();
    scene.edit(|book| book.people.get_mut(&EVE).expect("Eve").standing = Standing::Revoked);
    assert_eq!(repoints(&scene), Err(Error::Locked));
    assert_eq!(relinks(&scene, AT_SRV1, ("srv1", Credentials::None)), Err(Error::Locked));
}
