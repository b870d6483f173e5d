//! *Ask me*: what a person types, once.

use std::sync::Arc;

use super::{Scene, lacks, launches, proof, ready, strict};
use crate::audit::{AuditEvent, Outcome, What};
use crate::book::Book;
use crate::entry::{Approval, ApprovalPolicy, Credentials, Port, UserName, Version};
use crate::error::{Error, LeaseError, Rule, StoreError};
use crate::ids::PasswordId;
use crate::launch::{How, Launched, MANUAL_PATIENCE, PATIENCE, Plan, Typed, Wanted, prepare, run};
use crate::policy::Lacking;
use crate::ports::{Acceptance, Again, SignIn};
use crate::rights::Right;
use crate::testing::{AT_SRV1, BOB, BY_HAND, DOMAIN_ADMIN, World, at_once, edit, rdp};
use crate::{Answers, Secret};

const USER: &str = "CORP\\eve-adm";

/// The session "By hand" asks the person; its host is trusted already.
fn asking() -> Scene {
    let scene = ready();
    scene.edit(asks_me);
    scene
}

fn asks_me(book: &mut Book) {
    book.sessions.get_mut(&BY_HAND).expect("it").credentials = Credentials::AskMe;
}

fn typed(characters: &str) -> Typed {
    for_host("srv1", characters)
}

fn for_host(host: &str, characters: &str) -> Typed {
    let user = UserName::parse(USER).expect("a user name");
    let sign_in = SignIn { user, password: Secret::new(characters.to_owned()) };
    Typed { sign_in, host: host.parse().expect("a host"), port: Port::RDP }
}

fn by_hand() -> Wanted {
    Wanted { session: BY_HAND, credential: None, choice: None }
}

fn types(scene: &Scene, wanted: &Wanted, answers: Answers) -> Result<Launched, Error> {
    let how = How { answers, typed: Some(typed("made up")), by_hand: false };
    let ports = Arc::clone(&scene.world);
    at_once(run::run(&ports, scene.unlock, wanted, how)).expect("ready")
}

fn log(scene: &Scene) -> Vec<AuditEvent> {
    scene.world.state().log.clone()
}

#[test]
fn what_is_typed_goes_nowhere_else_than_where_the_person_was_told() {
    let scene = asking();
    scene.edit(|book| book.sessions.get_mut(&BY_HAND).expect("it").kind = rdp("srv2"));
    let how = |host| How { typed: Some(for_host(host, "made up")), ..How::default() };
    let ports = Arc::clone(&scene.world);
    let repointed = at_once(run::run(&ports, scene.unlock, &by_hand(), how("srv1")));
    let conflict = Error::Store(StoreError::Conflict);
    assert_eq!(repointed.expect("ready").err(), Some(conflict));
    assert_eq!(scene.world.state().taken, []);
}

#[test]
fn what_is_typed_is_given_on_record_as_typed_and_without_it_glue() {
    let scene = asking();
    let prepared = at_once(prepare::run(scene.world.as_ref(), scene.unlock, &by_hand()));
    let prepared = prepared.expect("ready").expect("she may");
    assert!(matches!(prepared.plan, Plan::AskMe { host } if host == "srv1"));
    let launched = types(&scene, &by_hand(), Answers::default()).expect("she may");
    let Launched::Opened(opened) = launched else { panic!("not opened") };
    assert_eq!(opened.handoff.title, format!("Client \u{b7} srv1 \u{b7} {USER}"));
    assert_eq!(scene.world.state().taken, [Ok(())]);
    let done = [What::Launch, What::SignIn, What::TypedByPerson, What::Launch];
    let (log, intended) = (log(&scene), Outcome::Intended);
    assert_eq!(log.iter().map(|event| event.what).collect::<Vec<_>>(), done);
    assert_eq!((log[0].outcome, log[1].outcome), (intended, intended), "before it was given");
    for event in &log {
        assert_eq!(event.about.account.as_deref(), Some(USER));
        assert_eq!((event.about.credential, &event.about.record), (None, &None));
        assert!(event.about.organization.is_some(), "the client whose report it stands in");
    }
    assert!(scene.world.asked().is_empty(), "IT Glue was not asked");
}

#[test]
fn policy_decides_who_may_type() {
    let scene = asking();
    scene.asks(BOB);
    assert!(types(&scene, &by_hand(), Answers::default()).is_ok(), "View on the session is enough");
    scene.edit(|book| book.settings.ask_me = false);
    assert_eq!(lacks(types(&scene, &by_hand(), Answers::default())), Lacking::AskMeOff);
    let prepared = at_once(prepare::run(scene.world.as_ref(), scene.unlock, &by_hand()));
    assert_eq!(lacks(prepared.expect("ready")), Lacking::AskMeOff);
    scene.edit(|book| book.settings.ask_me = true);
    scene.edit(|book| book.grants.clear());
    assert_eq!(
        lacks(types(&scene, &by_hand(), Answers::default())),
        Lacking::OnSession(Right::View)
    );
    assert_eq!(scene.world.state().taken.len(), 1);
    assert!(scene.world.outcomes(What::Launch).contains(&Outcome::Denied));
}

#[test]
fn the_sessions_folder_asks_for_proof_all_the_same() {
    let scene = asking();
    strict(&scene, |row| {
        row.approval = ApprovalPolicy { launch: Approval::Verify, reveal: Approval::Auto };
    });
    assert_eq!(lacks(types(&scene, &by_hand(), Answers::default())), Lacking::Confirmation);
    assert!(types(&scene, &by_hand(), proof(super::PIN)).is_ok());
    strict(&scene, |row| {
        row.approval = ApprovalPolicy { launch: Approval::Approval, reveal: Approval::Auto };
    });
    assert_eq!(lacks(types(&scene, &by_hand(), proof(super::PIN))), Lacking::SecondPerson);
}

#[test]
fn instead_of_a_credential_that_cannot_be_fetched_one_can_type() {
    let scene = ready();
    scene.world.state().standings.clear();
    let wanted = Wanted { session: AT_SRV1, credential: None, choice: None };
    assert!(types(&scene, &wanted, Answers::default()).is_ok());
    assert_eq!(scene.world.state().taken, [Ok(())]);
    let none = log(&scene).iter().all(|event| event.about.credential.is_none());
    assert!(none, "the entry was not used");
}

#[test]
fn nothing_is_typed_beside_a_credential_or_where_none_belongs() {
    let scene = asking();
    let applies = Error::Invalid { field: "user", rule: Rule::NotApplicable };
    let other = Wanted { credential: Some(DOMAIN_ADMIN), ..by_hand() };
    assert_eq!(types(&scene, &other, Answers::default()).err(), Some(applies.clone()));
    let choice = Wanted { choice: Some(PasswordId::new("1")), ..by_hand() };
    assert_eq!(types(&scene, &choice, Answers::default()).err(), Some(applies));
    scene.edit(|book| {
        book.sessions.get_mut(&BY_HAND).expect("it").credentials = Credentials::None;
    });
    let none = Error::Invalid { field: "credentials", rule: Rule::NoCredential };
    assert_eq!(types(&scene, &by_hand(), Answers::default()).err(), Some(none));
    scene.edit(asks_me);
    let ports = Arc::clone(&scene.world);
    let untyped = at_once(run::run(&ports, scene.unlock, &by_hand(), How::default()));
    let required = Error::Invalid { field: "user", rule: Rule::Required };
    assert_eq!(untyped.expect("ready").err(), Some(required));
}

/// What happens while the client is on its way.
type Meanwhile = (fn(&World), fn(&LeaseError) -> bool);

#[test]
fn what_was_typed_is_not_given_where_anything_has_changed() {
    let happenings: [Meanwhile; 5] = [
        (|world| world.state().person = None, |e| *e == LeaseError::Locked),
        (|world| edit(world, |book| book.grants.clear()), |e| matches!(e, LeaseError::Denied(_))),
        (
            |world| edit(world, |book| book.settings.ask_me = false),
            |e| matches!(e, LeaseError::Denied(_)),
        ),
        (
            |world| {
                edit(world, |book| {
                    book.sessions.get_mut(&BY_HAND).expect("it").version = Version(9);
                });
            },
            |e| *e == LeaseError::Superseded,
        ),
        (|world| world.state().now += 1 + 2 * 60_000, |e| *e == LeaseError::Expired),
    ];
    for (happens, expected) in happenings {
        let scene = asking();
        scene.meanwhile("client", happens);
        drop(types(&scene, &by_hand(), Answers::default()));
        let taken = scene.world.state().taken.clone();
        let error = taken[0].clone().expect_err("nothing is given");
        assert!(expected(&error), "{error:?}");
        assert!(scene.world.outcomes(What::TypedByPerson).is_empty());
        let last = scene.world.outcomes(What::SignIn).pop();
        assert!(matches!(last, Some(Outcome::Failed | Outcome::Denied)), "{last:?}");
    }
}

#[test]
fn it_is_given_once_and_cannot_be_renewed() {
    let scene = asking();
    scene.world.state().takes_again = true;
    types(&scene, &by_hand(), Answers::default()).expect("she may");
    let spent = Err(LeaseError::TypedOnce);
    assert_eq!(scene.world.state().taken, [Ok(()), spent.clone(), spent.clone(), spent]);
    let fetched = ready();
    fetched.world.state().takes_again = true;
    launches(&fetched, Answers::default()).expect("she may");
    let taken = fetched.world.state().taken.clone();
    assert_eq!(taken, [Ok(()), Err(LeaseError::Spent), Ok(()), Ok(())], "a record is fetched anew");
}

#[test]
fn a_line_that_breaks_again_and_again_has_no_password_fetched_without_end() {
    let lost = (Acceptance::Said, Again::LineLost);
    assert_eq!(renewals(vec![lost; 11]), 10);
}

/// How many of these sign-ins once more are agreed to; whatever comes after the first that is not is
/// none either.
fn renewals(lines_lost: Vec<(Acceptance, Again)>) -> usize {
    let scene = ready();
    scene.world.state().lines_lost = lines_lost;
    launches(&scene, Answers::default()).expect("she may");
    let taken = scene.world.state().taken.clone();
    let agreed = taken[1..].iter().take_while(|renewed| renewed.is_ok()).count();
    assert!(taken[1..][agreed..].iter().all(|renewed| *renewed == Err(LeaseError::TooOften)));
    agreed
}

/// It may be the wrong password that is sent each time, and the host's own sign-in page that is seen.
#[test]
fn at_a_host_that_does_not_say_who_is_signed_in_a_line_is_renewed_by_itself_twice() {
    let unsaid = |why| (Acceptance::DesktopOnly, why);
    assert_eq!(renewals(vec![unsaid(Again::LineLost); 11]), 2);
    assert_eq!(renewals(vec![unsaid(Again::Asked); 11]), 10, "a click is a person's");
    let clicks = [unsaid(Again::LineLost), unsaid(Again::Asked), unsaid(Again::LineLost)];
    assert_eq!(renewals([&clicks[..], &[unsaid(Again::LineLost)]].concat()), 3);
    let said_later = (Acceptance::Said, Again::LineLost);
    assert_eq!(renewals([vec![unsaid(Again::LineLost); 2], vec![said_later; 9]].concat()), 10);
}

/// It may be the wrong password each time, whether or not the client stays to see what comes of it.
#[test]
fn at_a_host_that_never_came_to_say_anything_a_line_is_renewed_by_itself_twice_as_well() {
    let early = |takes_tls| {
        let scene = ready();
        (scene.world.state().takes_tls, scene.world.state().early_losses) = (takes_tls, 11);
        launches(&scene, Answers::default()).expect("she may");
        let taken = scene.world.state().taken.clone();
        taken[1..].iter().take_while(|taken| taken.is_ok()).count()
    };
    assert_eq!(early(true), 2);
    assert_eq!(early(false), 10, "with network level authentication it would have refused");
}

#[test]
fn a_log_that_cannot_be_written_keeps_it_back() {
    let scene = asking();
    scene.meanwhile("client", |world| world.state().log_broken = true);
    drop(types(&scene, &by_hand(), Answers::default()));
    assert_eq!(scene.world.state().taken, [Err(LeaseError::AuditUnavailable)]);
}

#[test]
fn a_client_started_by_hand_is_waited_for_twice_as_long() {
    let how = |by_hand| How { by_hand, ..How::default() };
    assert_eq!((how(false).patience(), how(true).patience()), (PATIENCE, MANUAL_PATIENCE));
    let scene = asking();
    let ports = Arc::clone(&scene.world);
    scene.meanwhile("client", |world| world.state().now += 1 + 2 * 60_000);
    let how = How { typed: Some(typed("made up")), by_hand: true, ..How::default() };
    at_once(run::run(&ports, scene.unlock, &by_hand(), how)).expect("ready").expect("she may");
    assert_eq!(scene.world.state().taken, [Ok(())], "its lease lives as long");
}
