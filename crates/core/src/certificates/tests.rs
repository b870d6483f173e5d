//! Trusting.

use super::{KeyTrust, look, trust};
use crate::audit::{Outcome, What};
use crate::entry::Credentials;
use crate::error::{Error, StoreError};
use crate::policy::Lacking;
use crate::ports::{PreflightError, Unreachable, Unsupported};
use crate::rights::{Object, Right, Standing};
use crate::testing::{
    AT_SRV1, BOB, BY_HAND, DOMAIN_ADMIN, EVE, KEYS, Scene, World, at_once, edit, office, rdp,
};

fn trusts(scene: &Scene) -> Result<(), Error> {
    at_once(trust(scene.world.as_ref(), scene.unlock, AT_SRV1, [1; 32])).expect("ready")
}

fn eves() -> Scene {
    let scene = office();
    scene.world.shows(1);
    scene.asks(EVE);
    scene
}

#[test]
fn whoever_may_link_it_or_sees_its_password_trusts_a_key_new_or_changed() {
    let scene = eves();
    assert_eq!(trusts(&scene), Ok(()));
    let done = [Outcome::Intended, Outcome::Done];
    assert_eq!(scene.world.outcomes(What::CertificateTrusted), done);
    scene.asks(BOB);
    assert!(matches!(trusts(&scene), Err(Error::Denied(_))), "he may only launch");
    scene.edit(|book| book.settings.technicians_trust_on_first_use = true);
    assert!(matches!(trusts(&scene), Err(Error::Denied(_))), "it is not the first one");
    scene.edit(|book| book.certificates.clear());
    assert_eq!(trusts(&scene), Ok(()));
    scene.edit(|book| book.settings.technicians_trust_on_first_use = false);
    scene.grants(0x60, BOB, Object::Folder(KEYS), &[Right::ViewPassword]);
    assert_eq!(trusts(&scene), Ok(()));
}

#[test]
fn what_changes_while_the_host_answers_counts() {
    type Happens = fn(&World);
    let happenings: [(Happens, Error); 3] = [
        (|world| world.state().person = None, Error::Locked),
        (
            |world| {
                edit(world, |book| {
                    book.people.get_mut(&EVE).expect("Eve").standing = Standing::Disabled;
                });
            },
            Error::Locked,
        ),
        (
            |world| {
                edit(world, |book| {
                    let entry = book.credentials.get_mut(&DOMAIN_ADMIN).expect("it");
                    entry.allowed_hosts = crate::testing::hosts(&["srv1", "srv2"]);
                    book.sessions.get_mut(&AT_SRV1).expect("it").kind = rdp("srv2");
                });
            },
            Error::Store(StoreError::Conflict),
        ),
    ];
    for (happens, error) in happenings {
        let scene = eves();
        scene.meanwhile("preflight", happens);
        assert_eq!(trusts(&scene), Err(error));
        assert!(scene.world.book().certificates.is_empty());
    }
    let denied = eves();
    denied.meanwhile("preflight", |world| edit(world, |book| book.grants.clear()));
    let Err(Error::Denied(refused)) = trusts(&denied) else { panic!("not denied") };
    assert_eq!(refused.lacking, Lacking::OnSession(Right::Edit));
}

/// The session without a credential asks the person instead, at a host of its own.
fn asks_me(scene: &Scene) {
    scene.edit(|book| {
        let row = book.sessions.get_mut(&BY_HAND).expect("it");
        row.credentials = Credentials::AskMe;
        row.kind = rdp("srv9");
    });
}

fn trusts_typing(scene: &Scene) -> Result<(), Error> {
    at_once(trust(scene.world.as_ref(), scene.unlock, BY_HAND, [1; 32])).expect("ready")
}

#[test]
fn where_people_type_whoever_says_where_it_goes_trusts_the_host_and_for_typing_alone() {
    let scene = eves();
    assert!(matches!(trusts_typing(&scene), Err(Error::Denied(_))), "nothing is sent there");
    asks_me(&scene);
    scene.asks(BOB);
    let Err(Error::Denied(refused)) = trusts_typing(&scene) else { panic!("not denied") };
    assert_eq!(refused.lacking, Lacking::OnSession(Right::Edit));
    scene.edit(|book| book.settings.technicians_trust_on_first_use = true);
    scene.edit(|book| book.settings.ask_me = false);
    assert!(matches!(trusts_typing(&scene), Err(Error::Denied(_))), "he could not launch it");
    scene.edit(|book| book.settings.ask_me = true);
    assert_eq!(trusts_typing(&scene), Ok(()));
    let only = scene.world.book().certificates.values().all(|row| row.typed_only);
    assert!(only);
    scene.asks(EVE);
    assert_eq!(trusts_typing(&scene), Ok(()), "also when it is not the first one");
}

#[test]
fn what_was_trusted_for_typing_opens_no_line_for_a_credential_linked_later() {
    let scene = eves();
    scene.edit(|book| book.sessions.get_mut(&AT_SRV1).expect("it").kind = rdp("srv2"));
    asks_me(&scene);
    scene.edit(|book| book.sessions.get_mut(&BY_HAND).expect("it").kind = rdp("srv1"));
    assert_eq!(trusts_typing(&scene), Ok(()));
    scene.edit(|book| book.sessions.get_mut(&AT_SRV1).expect("it").kind = rdp("srv1"));
    assert_eq!(looks(&scene, AT_SRV1), KeyTrust::Unknown, "for the credential");
    assert_eq!(looks(&scene, BY_HAND), KeyTrust::Trusted, "for what is typed");
    scene.edit(|book| book.grants.retain(|_, grant| grant.object != Object::Folder(KEYS)));
    assert!(matches!(trusts_typing(&scene), Err(Error::Denied(_))), "it is for both by now");
}

#[test]
fn what_was_trusted_for_a_credential_does_not_give_way_to_what_is_for_typing_alone() {
    let scene = eves();
    let trusts = || at_once(trust(scene.world.as_ref(), scene.unlock, AT_SRV1, [1; 32]));
    assert_eq!(trusts().expect("ready"), Ok(()));
    asks_me(&scene);
    scene.edit(|book| book.sessions.get_mut(&AT_SRV1).expect("it").kind = rdp("srv2"));
    scene.edit(|book| book.sessions.get_mut(&BY_HAND).expect("it").kind = rdp("srv1"));
    scene.world.shows(2);
    let attacked = at_once(trust(scene.world.as_ref(), scene.unlock, BY_HAND, [2; 32]));
    assert!(matches!(attacked.expect("ready"), Err(Error::Denied(_))));
    assert!(scene.world.book().certificates.values().all(|row| !row.typed_only), "it stands");
}

fn looks(scene: &Scene, session: crate::ids::SessionEntryId) -> KeyTrust {
    let looked = at_once(look(scene.world.as_ref(), scene.unlock, session)).expect("ready");
    looked.expect("seen").expect("answers").trust
}

#[test]
fn whoever_sees_a_session_may_look_at_its_host_and_nothing_is_sent() {
    let scene = eves();
    scene.asks(BOB);
    assert_eq!(looks(&scene, AT_SRV1), KeyTrust::Unknown);
    scene.asks(EVE);
    assert_eq!(trusts(&scene), Ok(()));
    assert_eq!(looks(&scene, AT_SRV1), KeyTrust::Trusted);
    scene.world.shows(2);
    assert!(matches!(looks(&scene, AT_SRV1), KeyTrust::Changed(before) if before.by == EVE));
    scene.world.state().host_shows = None;
    let looked = at_once(look(scene.world.as_ref(), scene.unlock, AT_SRV1)).expect("ready");
    let gone = PreflightError::Unreachable(Unreachable::NameNotFound);
    assert_eq!(looked, Ok(Err(gone)));
    assert!(scene.world.asked().is_empty(), "IT Glue was not asked");
    scene.edit(|book| book.grants.clear());
    let denied = at_once(look(scene.world.as_ref(), scene.unlock, AT_SRV1)).expect("ready");
    assert!(matches!(denied, Err(Error::Denied(_))));
}

#[test]
fn a_look_is_not_taken_past_a_gateway_and_not_told_to_whoever_lost_the_right() {
    let scene = eves();
    scene.meanwhile("preflight", |world| edit(world, |book| book.grants.clear()));
    let looked = at_once(look(scene.world.as_ref(), scene.unlock, AT_SRV1)).expect("ready");
    assert!(matches!(looked, Err(Error::Denied(_))));
    let scene = eves();
    scene.edit(|book| crate::testing::through_gateway(book, AT_SRV1, "srv1"));
    scene.meanwhile("preflight", |_| panic!("the host was asked"));
    let looked = at_once(look(scene.world.as_ref(), scene.unlock, AT_SRV1)).expect("ready");
    assert_eq!(looked, Ok(Err(PreflightError::Unsupported(Unsupported::Gateway))));
}
