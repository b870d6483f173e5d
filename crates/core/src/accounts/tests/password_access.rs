use crate::accounts;
use crate::audit::{Outcome, What};
use crate::entry::{Connection, PasswordAccess};
use crate::error::{Error, SourceError};
use crate::ids::{OrganizationId, PasswordId};
use crate::testing::{ACCOUNT, BOB, CLIENT, Scene, at_once};

fn test(scene: &Scene) -> Result<Connection, Error> {
    let record = (OrganizationId::new(CLIENT), PasswordId::new("1"));
    let ports = scene.world.as_ref();
    at_once(accounts::test_password_access(ports, scene.unlock, ACCOUNT, record)).expect("ready")
}

#[test]
fn the_verdict_stands_on_the_card_and_the_test_in_the_log() {
    let scene = Scene::new();
    let yes = test(&scene).expect("tested");
    assert_eq!(yes.history.password_access, PasswordAccess::Granted);
    scene.alter("old", |standing| standing.password_access = false);
    let no = test(&scene).expect("tested");
    assert_eq!(no.history.password_access, PasswordAccess::Missing);
    assert_eq!(scene.account(), no);
    let (intended, done) = (Outcome::Intended, Outcome::Done);
    let outcomes = scene.world.outcomes(What::PasswordAccessTested);
    assert_eq!(outcomes, [intended, done, intended, Outcome::Refused]);
    assert_eq!(scene.world.asked(), ["old", "old"].map(|key| ("test", key.to_owned())));
}

#[test]
fn an_answer_that_does_not_tell_leaves_the_card_as_it_was() {
    let scene = Scene::new();
    scene.alter("old", |standing| standing.fails = Some(SourceError::Vaulted));
    assert_eq!(test(&scene).err(), Some(Error::Source(SourceError::Vaulted)));
    assert_eq!(scene.account().history.password_access, PasswordAccess::Unknown);
    let outcomes = scene.world.outcomes(What::PasswordAccessTested);
    assert_eq!(outcomes, [Outcome::Intended, Outcome::Failed]);
}

#[test]
fn without_the_right_or_the_log_nothing_is_fetched() {
    let scene = Scene::new();
    scene.asks(BOB);
    assert!(matches!(test(&scene), Err(Error::Denied(_))));
    assert_eq!(scene.world.outcomes(What::PasswordAccessTested), [Outcome::Denied]);
    scene.asks(crate::testing::ADA);
    scene.world.state().log_broken = true;
    assert_eq!(test(&scene).err(), Some(Error::AuditUnavailable));
    assert_eq!(scene.world.asked(), []);
}
