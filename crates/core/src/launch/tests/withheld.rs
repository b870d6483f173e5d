//! Passwords that do not go to their host: one that it refused, by itself; one that it could misread.

use super::{Scene, launches, passwords_fetched, ready};
use crate::audit::{Outcome, What};
use crate::entry::CredentialTarget;
use crate::error::LeaseError;
use crate::ids::RunId;
use crate::launch::{Credential, Tried};
use crate::ports::{Acceptance, Clock, End, Outcome as Seen, Ports, Refusal};
use crate::testing::DOMAIN_ADMIN;
use crate::{Answers, NotAPassword};

const REFUSED: Seen = Seen::Ended(End::HostRefused(Refusal::LogonFailure));

/// A launch, and what the host makes of it.
fn another_is(scene: &Scene, seen: Seen) {
    let mut state = scene.world.state();
    (state.takes_again, state.reports) = (false, vec![seen]);
    drop(state);
    launches(scene, Answers::default()).expect("she may");
}

/// A launch whose line is lost at once: what its lease gives when it is signed in again by itself.
fn comes_back(scene: &Scene) -> Result<(), LeaseError> {
    let mut state = scene.world.state();
    (state.takes_again, state.taken, state.reports) = (true, Vec::new(), Vec::new());
    drop(state);
    launches(scene, Answers::default()).expect("she may");
    let taken = std::mem::take(&mut scene.world.state().taken);
    assert_eq!(taken[..3], [Ok(()), Err(LeaseError::Spent), Ok(())], "a click, and a renewal");
    taken[3].clone()
}

#[test]
fn a_record_that_the_host_refused_goes_there_again_by_a_click_alone_until_it_is_accepted() {
    let scene = ready();
    assert_eq!((comes_back(&scene), passwords_fetched(&scene)), (Ok(()), 2));
    another_is(&scene, REFUSED);
    another_is(&scene, Seen::HostAccepted(Acceptance::DesktopOnly));
    assert_eq!(passwords_fetched(&scene), 2, "both were clicks");
    assert_eq!(comes_back(&scene), Err(LeaseError::RefusedBefore));
    assert_eq!(passwords_fetched(&scene), 1, "the click's own");
    assert_eq!(scene.world.outcomes(What::SignIn).pop(), Some(Outcome::Failed), "on record");
    another_is(&scene, Seen::HostAccepted(Acceptance::Said));
    assert_eq!(passwords_fetched(&scene), 1, "one more click");
    assert_eq!((comes_back(&scene), passwords_fetched(&scene)), (Ok(()), 2));
}

/// The entry's record at the session's host.
fn tried(scene: &Scene) -> Tried {
    let entry = scene.world.book().credentials[&DOMAIN_ADMIN].clone();
    let CredentialTarget::Specific(record) = entry.target else { panic!("one record") };
    Tried { with: Credential::Record(entry.connection, record.id), host: "srv1".to_owned() }
}

#[test]
fn a_sign_in_by_itself_waits_for_the_hosts_answer_to_another() {
    let said = Seen::HostAccepted(Acceptance::Said);
    for (answer, expected) in [(REFUSED, Err(LeaseError::RefusedBefore)), (said, Ok(()))] {
        let (scene, other) = (ready(), RunId::from_bytes([9; 16]));
        let tried = tried(&scene);
        scene.world.refusals().begins((&tried, other), scene.world.uptime());
        scene.world.state().waits_left = 1;
        scene.meanwhile("clock", move |world| {
            world.refusals().heard((&tried, other), &answer, world.uptime());
        });
        assert_eq!(comes_back(&scene), expected);
        assert_eq!(scene.world.state().waits_left, 0, "it waited");
    }
}

#[test]
fn a_password_that_a_host_could_read_as_another_one_is_not_given() {
    for (password, why) in [
        ("a\0b".to_owned(), NotAPassword::Character),
        ("a\n".to_owned(), NotAPassword::Character),
        ("a".repeat(257), NotAPassword::TooLong),
    ] {
        let scene = ready();
        scene.world.state().password = Some(password);
        drop(launches(&scene, Answers::default()));
        assert_eq!(scene.world.state().taken, [Err(LeaseError::Password(why))]);
        let (intended, failed) = (Outcome::Intended, Outcome::Failed);
        assert_eq!(scene.world.outcomes(What::SignIn), [intended, failed]);
    }
}

#[test]
fn one_that_is_dropped_on_its_way_is_waited_for_by_nobody() {
    let scene = ready();
    scene.world.state().password_hangs = true;
    scene.world.state().reports = vec![Seen::Ended(End::ClientLeftEarly)];
    launches(&scene, Answers::default()).expect("she may");
    scene.world.state().password_hangs = false;
    assert_eq!(comes_back(&scene), Ok(()));
}
