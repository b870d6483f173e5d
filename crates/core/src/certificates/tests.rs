//! Trusting.

use super::*;
use crate::audit::Outcome;
use crate::policy::Lacking;
use crate::rights::{Object, Right, Standing};
use crate::testing::{
    AT_SRV1, BOB, DOMAIN_ADMIN, EVE, KEYS, Scene, World, at_once, edit, office, rdp,
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
