//! *Sign in again*: what the launch was renewable to with is asked for once more where it is too old.

use std::time::Duration;

use super::{PIN, Scene, lacks, launches, proof, ready, strict};
use crate::Answers;
use crate::audit::{Outcome, What};
use crate::book::Book;
use crate::entry::{Approval, ApprovalPolicy};
use crate::error::{Error, LeaseError, Missing, StoreError};
use crate::launch::again::{self, PROOF_LASTS};
use crate::launch::renewal::RENEWALS_WITHIN;
use crate::launch::{Launched, Renewable, UnlockId};
use crate::policy::Lacking;
use crate::ports::{Acceptance, AccessError, Again};
use crate::testing::{ADA, AT_SRV1, DOMAIN_ADMIN, at_once, edit};

fn launched(scene: &Scene, answers: Answers) -> Renewable {
    match launches(scene, answers) {
        Ok(Launched::Opened(opened)) => opened.renewable.expect("a record"),
        Ok(Launched::NeedsTrust { .. }) => panic!("the key is trusted"),
        Err(error) => panic!("she may: {error:?}"),
    }
}

fn again(scene: &Scene, renewable: &Renewable, answers: Answers) -> Result<(), Error> {
    at_once(again::run(scene.world.as_ref(), scene.unlock, renewable, answers)).expect("ready")
}

/// Past the time that a proof is good for.
fn time_passes(scene: &Scene) {
    later(scene, PROOF_LASTS);
}

fn later(scene: &Scene, time: Duration) {
    scene.world.state().now += 1 + u64::try_from(time.as_millis()).expect("a short time");
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
    let renewable = launched(&scene, proof(PIN));
    assert_eq!(again(&scene, &renewable, Answers::default()), Ok(()), "just proved");
    time_passes(&scene);
    assert_eq!(lacks(again(&scene, &renewable, Answers::default())), Lacking::Confirmation);
    let wrong = Error::Access(AccessError::NotAccepted { wait_seconds: 0 });
    assert_eq!(again(&scene, &renewable, proof("000000")), Err(wrong));
    assert_eq!(scene.world.outcomes(What::VerifyFailed), [Outcome::Refused]);
    assert_eq!(lacks(again(&scene, &renewable, Answers::default())), Lacking::Confirmation);
    assert_eq!(again(&scene, &renewable, proof(PIN)), Ok(()));
    assert_eq!(again(&scene, &renewable, Answers::default()), Ok(()), "just proved");
    time_passes(&scene);
    assert_eq!(lacks(again(&scene, &renewable, Answers::default())), Lacking::Confirmation);
}

#[test]
fn where_the_launch_asked_for_none_none_is_asked_for_until_policy_does() {
    let scene = ready();
    let renewable = launched(&scene, Answers::default());
    time_passes(&scene);
    assert_eq!(again(&scene, &renewable, Answers::default()), Ok(()));
    asks_for_proof(&scene);
    assert_eq!(lacks(again(&scene, &renewable, Answers::default())), Lacking::Confirmation);
    assert_eq!(again(&scene, &renewable, proof(PIN)), Ok(()));
}

#[test]
fn a_right_that_was_taken_meanwhile_is_denied_on_record_and_a_missing_proof_is_a_question() {
    let scene = ready();
    asks_for_proof(&scene);
    let renewable = launched(&scene, proof(PIN));
    time_passes(&scene);
    drop(again(&scene, &renewable, Answers::default()));
    assert_eq!(scene.world.outcomes(What::SignIn), [Outcome::Intended], "the launch's own");
    edit(scene.world.as_ref(), |book| book.grants.clear());
    assert!(matches!(again(&scene, &renewable, proof(PIN)), Err(Error::Denied(_))));
    assert_eq!(scene.world.outcomes(What::SignIn), [Outcome::Intended, Outcome::Denied]);
    let log = scene.world.state().log.clone();
    let launch = log.iter().find(|row| row.what == What::Launch).expect("on record");
    assert!(launch.run.is_some() && log.last().is_some_and(|row| row.run == launch.run));
}

/// Somebody else's edit while the session runs.
type Edit = (&'static str, fn(&mut Book));

/// What the lease would end the session with, the person reads while it goes on.
#[test]
fn whatever_the_lease_would_refuse_is_refused_before_the_session_is_touched() {
    let happenings: [Edit; 3] = [
        ("the session was edited", |book| {
            let row = book.sessions.get_mut(&AT_SRV1).expect("it");
            row.version = row.version.next();
        }),
        ("its credential was edited", |book| {
            let row = book.credentials.get_mut(&DOMAIN_ADMIN).expect("it");
            row.version = row.version.next();
        }),
        ("the host's key is trusted no more", |book| book.certificates.clear()),
    ];
    for (what, happens) in happenings {
        let scene = ready();
        let renewable = launched(&scene, Answers::default());
        assert_eq!(again(&scene, &renewable, Answers::default()), Ok(()), "the control");
        edit(scene.world.as_ref(), happens);
        let superseded = Err(Error::Lease(LeaseError::Superseded));
        assert_eq!(again(&scene, &renewable, Answers::default()), superseded, "{what}");
        assert_eq!(scene.world.outcomes(What::SignIn), [Outcome::Intended, Outcome::Failed]);
    }
}

#[test]
fn the_eleventh_sign_in_within_ten_minutes_is_refused_before_the_session_is_touched() {
    let scene = ready();
    scene.world.state().lines_lost = vec![(Acceptance::Said, Again::Asked); 10];
    let renewable = launched(&scene, Answers::default());
    assert_eq!(scene.world.state().taken, vec![Ok(()); 11]);
    let too_often = Err(Error::Lease(LeaseError::TooOften));
    assert_eq!(again(&scene, &renewable, Answers::default()), too_often);
    later(&scene, RENEWALS_WITHIN);
    assert_eq!(again(&scene, &renewable, Answers::default()), Ok(()));
}

#[test]
fn an_unlock_that_does_not_count_for_the_lease_counts_for_nobody() {
    let scene = ready();
    let renewable = launched(&scene, Answers::default());
    let (own, other) = (scene.unlock, UnlockId(scene.unlock.0 + 1));
    let click = |unlock| {
        let asked = again::run(scene.world.as_ref(), unlock, &renewable, Answers::default());
        at_once(asked).expect("ready")
    };
    scene.world.state().as_found = Some(other);
    assert_eq!(click(other), Err(Error::Store(StoreError::ReadOnlyAsFound)));
    assert_eq!(click(own), Err(Error::Locked));
    scene.world.state().as_found = None;
    assert_eq!(click(other), Ok(()), "accepted");
    scene.asks(ADA);
    assert_eq!(click(other), Err(Error::NotFound(Missing::Run)), "it is not hers");
}
