//! *Sign in again*: what the launch was agreed to with is asked for once more where it is too old.

use super::{PIN, Scene, lacks, launches, proof, ready, strict};
use crate::Answers;
use crate::audit::{Outcome, What};
use crate::entry::{Approval, ApprovalPolicy};
use crate::error::Error;
use crate::launch::Launched;
use crate::launch::again::{self, Agreed, PROOF_LASTS};
use crate::policy::Lacking;
use crate::ports::AccessError;
use crate::testing::{at_once, edit};

fn launched(scene: &Scene, answers: Answers) -> Agreed {
    match launches(scene, answers) {
        Ok(Launched::Opened(opened)) => opened.agreed,
        Ok(Launched::NeedsTrust { .. }) => panic!("the key is trusted"),
        Err(error) => panic!("she may: {error:?}"),
    }
}

fn again(scene: &Scene, agreed: &Agreed, answers: Answers) -> Result<(), Error> {
    at_once(again::run(scene.world.as_ref(), scene.unlock, agreed, answers)).expect("ready")
}

/// Past the time that a proof is good for.
fn time_passes(scene: &Scene) {
    scene.world.state().now += 1 + u64::try_from(PROOF_LASTS.as_millis()).expect("a short time");
}

fn asks_for_proof(scene: &Scene) {
    strict(scene, |row| {
        row.approval = ApprovalPolicy { launch: Approval::Verify, reveal: Approval::Auto };
    });
}

#[test]
fn a_proof_that_is_too_old_is_asked_for_again_and_then_good_for_as_long() {
    let scene = ready();
    asks_for_proof(&scene);
    let agreed = launched(&scene, proof(PIN));
    assert_eq!(again(&scene, &agreed, Answers::default()), Ok(()), "just proved");
    time_passes(&scene);
    assert_eq!(lacks(again(&scene, &agreed, Answers::default())), Lacking::Confirmation);
    let wrong = Error::Access(AccessError::NotAccepted { wait_seconds: 0 });
    assert_eq!(again(&scene, &agreed, proof("000000")), Err(wrong));
    assert_eq!(scene.world.outcomes(What::VerifyFailed), [Outcome::Refused]);
    assert_eq!(lacks(again(&scene, &agreed, Answers::default())), Lacking::Confirmation);
    assert_eq!(again(&scene, &agreed, proof(PIN)), Ok(()));
    assert_eq!(again(&scene, &agreed, Answers::default()), Ok(()), "just proved");
    time_passes(&scene);
    assert_eq!(lacks(again(&scene, &agreed, Answers::default())), Lacking::Confirmation);
}

#[test]
fn where_the_launch_asked_for_none_none_is_asked_for_until_policy_does() {
    let scene = ready();
    let agreed = launched(&scene, Answers::default());
    time_passes(&scene);
    assert_eq!(again(&scene, &agreed, Answers::default()), Ok(()));
    asks_for_proof(&scene);
    assert_eq!(lacks(again(&scene, &agreed, Answers::default())), Lacking::Confirmation);
    assert_eq!(again(&scene, &agreed, proof(PIN)), Ok(()));
}

#[test]
fn a_right_that_was_taken_meanwhile_is_denied_on_record_and_a_missing_proof_is_a_question() {
    let scene = ready();
    asks_for_proof(&scene);
    let agreed = launched(&scene, proof(PIN));
    time_passes(&scene);
    drop(again(&scene, &agreed, Answers::default()));
    assert_eq!(scene.world.outcomes(What::SignIn), [Outcome::Intended], "the launch's own");
    edit(scene.world.as_ref(), |book| book.grants.clear());
    assert!(matches!(again(&scene, &agreed, proof(PIN)), Err(Error::Denied(_))));
    assert_eq!(scene.world.outcomes(What::SignIn), [Outcome::Intended, Outcome::Denied]);
    let log = scene.world.state().log.clone();
    let launch = log.iter().find(|row| row.what == What::Launch).expect("on record");
    assert!(launch.run.is_some() && log.last().is_some_and(|row| row.run == launch.run));
}
