//! A launch from asking to the password's release, with what folder and entry ask for besides rights.

use std::sync::Arc;

use super::{How, Launched, Wanted, prepare, run};
use crate::audit::{Outcome, What};
use crate::entry::{Approval, ApprovalPolicy, Folder, Ticket, TicketPolicy};
use crate::error::{Error, LeaseError, Rule};
use crate::ids::PasswordId;
use crate::policy::Lacking;
use crate::ports::AccessError;
use crate::reveal::{Purpose, reveal};
use crate::rights::{Object, Right, Standing};
use crate::testing::{
    ADA, AT_SRV1, DOMAIN_ADMIN, EVE, KEYS, Scene, WORK, World, at_once, edit, office,
};
use crate::{Answers, Secret, certificates};

const PIN: &str = "135790";

/// Eve may launch and show; the host's key is trusted, and the client comes.
fn ready() -> Scene {
    let scene = office();
    scene.grants(0x60, EVE, Object::Folder(KEYS), &[Right::ViewPassword]);
    scene.asks(EVE);
    let mut state = scene.world.state();
    state.host_shows = Some(1);
    state.client_comes = true;
    state.door.pins.insert(EVE, PIN.to_owned());
    for record in &mut state.records {
        record.username = Some("adm".to_owned());
    }
    drop(state);
    let trusted = certificates::trust(scene.world.as_ref(), scene.unlock, AT_SRV1, [1; 32]);
    assert_eq!(at_once(trusted), Some(Ok(())));
    scene.world.state().log.clear();
    scene
}

fn strict(scene: &Scene, change: fn(&mut Folder)) {
    scene.edit(|book| change(book.folders.get_mut(&WORK).expect("it")));
    scene.edit(|book| change(book.folders.get_mut(&KEYS).expect("it")));
}

fn wanted() -> Wanted {
    Wanted { session: AT_SRV1, credential: None, choice: None }
}

fn how(answers: Answers) -> How {
    How { answers, ..How::default() }
}

fn launches(scene: &Scene, answers: Answers) -> Result<Launched, Error> {
    let ports = Arc::clone(&scene.world);
    at_once(run::run(&ports, scene.unlock, &wanted(), how(answers))).expect("ready")
}

fn shows(scene: &Scene, answers: Answers) -> Result<(), Error> {
    let ports = scene.world.as_ref();
    let shown = reveal(ports, scene.unlock, DOMAIN_ADMIN, Purpose::Show, answers);
    at_once(shown).expect("ready").map(drop)
}

fn proof(text: &str) -> Answers {
    Answers { proof: Some(Secret::new(text.to_owned())), ticket: None }
}

fn ticket(number: &str, reason: &str) -> Answers {
    let ticket = Some(Ticket::new(number, reason).expect("a ticket"));
    Answers { ticket, ..proof(PIN) }
}

fn lacks<T>(refused: Result<T, Error>) -> Lacking {
    match refused {
        Err(Error::Denied(denied)) => denied.lacking,
        Err(other) => panic!("not denied: {other:?}"),
        Ok(_) => panic!("let through"),
    }
}

fn passwords_fetched(scene: &Scene) -> usize {
    scene.world.asked().iter().filter(|(what, _)| *what == "password").count()
}

#[test]
fn a_launch_is_intended_before_anything_listens_and_then_done() {
    let scene = ready();
    assert!(matches!(launches(&scene, Answers::default()), Ok(Launched::Opened(_))));
    assert_eq!(scene.world.state().taken, [Ok(())]);
    assert_eq!(scene.world.outcomes(What::Launch), [Outcome::Intended, Outcome::Done]);
    assert_eq!(scene.world.outcomes(What::SignIn), [Outcome::Intended]);
    scene.world.state().client_comes = false;
    assert!(matches!(launches(&scene, Answers::default()), Err(Error::Open(_))));
    let (i, d, f) = (Outcome::Intended, Outcome::Done, Outcome::Failed);
    assert_eq!(scene.world.outcomes(What::Launch), [i, d, i, f]);
    scene.world.state().log_broken = true;
    scene.world.state().client_comes = true;
    let unwritten = launches(&scene, Answers::default());
    assert_eq!(unwritten.err(), Some(Error::AuditUnavailable));
    assert_eq!(scene.world.state().taken.len(), 1, "nothing listened");
}

#[test]
fn another_record_than_the_entrys_own_is_denied_on_record() {
    let scene = ready();
    let ports = Arc::clone(&scene.world);
    let wanted = Wanted { choice: Some(PasswordId::new("4711")), ..wanted() };
    let launched = run::run(&ports, scene.unlock, &wanted, How::default());
    let refused = at_once(launched).expect("ready").err();
    let rule = Rule::NotApplicable;
    assert_eq!(refused, Some(Error::Invalid { field: "choice", rule }));
    let log = scene.world.state().log.clone();
    let [row] = &log[..] else { panic!("one row: {log:?}") };
    assert_eq!((row.what, row.outcome, row.person), (What::Launch, Outcome::Denied, EVE));
    assert_eq!(row.about.record, wanted.choice);
    assert_eq!(row.about.session, Some(AT_SRV1));
    assert!(scene.world.state().taken.is_empty(), "nothing listened");
}

#[test]
fn a_launch_that_stops_for_the_certificate_is_one_row_and_says_why() {
    let scene = ready();
    scene.world.state().host_shows = Some(2);
    for why in ["changed", "unknown"] {
        scene.world.state().log.clear();
        let stopped = launches(&scene, Answers::default());
        assert!(matches!(stopped, Ok(Launched::NeedsTrust { .. })));
        let log = scene.world.state().log.clone();
        let [row] = &log[..] else { panic!("one row: {log:?}") };
        assert_eq!((row.what, row.outcome, row.person), (What::Launch, Outcome::Stopped, EVE));
        assert_eq!(row.details[0], ("certificate", why.to_owned()));
        scene.edit(|book| book.certificates.clear());
    }
    scene.world.state().log_broken = true;
    let unwritten = launches(&scene, Answers::default());
    assert_eq!(unwritten.err(), Some(Error::AuditUnavailable));
}

#[test]
fn showing_takes_proof_and_a_wrong_one_is_on_record() {
    let scene = ready();
    assert_eq!(lacks(shows(&scene, Answers::default())), Lacking::Confirmation);
    let refused = Error::Access(AccessError::NotAccepted { wait_seconds: 0 });
    assert_eq!(shows(&scene, proof("000000")), Err(refused));
    assert_eq!(passwords_fetched(&scene), 0);
    assert_eq!(shows(&scene, proof(PIN)), Ok(()));
    assert_eq!(passwords_fetched(&scene), 1);
    let (i, d) = (Outcome::Intended, Outcome::Done);
    assert_eq!(scene.world.outcomes(What::VerifyFailed), [Outcome::Refused]);
    assert_eq!(scene.world.outcomes(What::PasswordShown), [Outcome::Denied, i, d]);
}

#[test]
fn a_launch_that_asks_for_proof_says_so_and_takes_it() {
    let scene = ready();
    strict(&scene, |row| {
        row.approval = ApprovalPolicy { launch: Approval::Verify, reveal: Approval::Auto };
    });
    let wanted = wanted();
    let prepared = prepare::run(scene.world.as_ref(), scene.unlock, &wanted);
    assert!(at_once(prepared).expect("ready").expect("she may").proof);
    assert_eq!(lacks(launches(&scene, Answers::default())), Lacking::Confirmation);
    assert!(scene.world.state().taken.is_empty());
    assert!(launches(&scene, proof(PIN)).is_ok());
    assert_eq!(scene.world.state().taken, [Ok(())]);
}

#[test]
fn a_second_persons_approval_is_refused_for_launching_and_showing() {
    let scene = ready();
    strict(&scene, |row| {
        row.approval = ApprovalPolicy { launch: Approval::Approval, reveal: Approval::Approval };
    });
    assert_eq!(lacks(launches(&scene, proof(PIN))), Lacking::SecondPerson);
    assert_eq!(lacks(shows(&scene, proof(PIN))), Lacking::SecondPerson);
    let wanted = wanted();
    let prepared = prepare::run(scene.world.as_ref(), scene.unlock, &wanted);
    assert_eq!(lacks(at_once(prepared).expect("ready")), Lacking::SecondPerson);
    assert_eq!(passwords_fetched(&scene), 0);
}

#[test]
fn a_ticket_is_asked_for_at_launch_and_on_show_and_stands_on_record() {
    let scene = ready();
    strict(&scene, |row| {
        let pattern = Some("INC[0-9]+".parse().expect("a pattern"));
        row.tickets = Some(TicketPolicy::Required { pattern });
    });
    for wrong in [proof(PIN), ticket("7", "disk"), ticket("INC7", "")] {
        assert_eq!(lacks(launches(&scene, wrong)), Lacking::Ticket);
    }
    assert_eq!(lacks(shows(&scene, proof(PIN))), Lacking::Ticket);
    assert_eq!(passwords_fetched(&scene), 0);
    scene.world.state().log.clear();
    assert!(launches(&scene, ticket("INC7", "disk")).is_ok());
    assert_eq!(shows(&scene, ticket("INC8", "disk")), Ok(()));
    let log = scene.world.state().log.clone();
    let numbers: Vec<_> = log
        .iter()
        .map(|event| event.about.ticket.as_ref().map(|ticket| ticket.number.clone()))
        .collect();
    let (seven, eight) = (Some("INC7".to_owned()), Some("INC8".to_owned()));
    let expected = [&seven, &seven, &seven, &eight, &eight].map(Clone::clone);
    assert_eq!(numbers, expected, "launch, sign-in, launch done; show and its outcome");
}

/// What happens while the client is on its way.
type Meanwhile = (&'static str, fn(&World), fn(&LeaseError) -> bool);

#[test]
fn a_lease_dies_with_whatever_it_stands_on() {
    let happenings: [Meanwhile; 7] = [
        ("locked", |world| world.state().person = None, |e| *e == LeaseError::Locked),
        ("disabled", |world| stands(world, Standing::Disabled), |e| *e == LeaseError::Locked),
        ("revoked", |world| stands(world, Standing::Revoked), |e| *e == LeaseError::Locked),
        (
            "no right any more",
            |world| edit(world, |book| book.grants.clear()),
            |e| matches!(e, LeaseError::Denied(_)),
        ),
        (
            "edited",
            |world| {
                edit(world, |book| {
                    let row = book.credentials.get_mut(&DOMAIN_ADMIN).expect("it");
                    row.version = row.version.next();
                });
            },
            |e| *e == LeaseError::Superseded,
        ),
        (
            "the host's key is trusted no more",
            |world| edit(world, |book| book.certificates.clear()),
            |e| *e == LeaseError::Superseded,
        ),
        (
            "asks for more",
            |world| {
                edit(world, |book| {
                    let row = book.folders.get_mut(&KEYS).expect("it");
                    row.approval.launch = Approval::Verify;
                });
            },
            |e| matches!(e, LeaseError::Denied(_)),
        ),
    ];
    for (what, happens, expected) in happenings {
        for (waiting_for, fetched) in [("client", 0), ("password", 1)] {
            let scene = ready();
            scene.meanwhile(waiting_for, happens);
            drop(launches(&scene, Answers::default()));
            let taken = scene.world.state().taken.clone();
            let error = taken[0].clone().expect_err(what);
            assert!(expected(&error), "{what} while waiting for the {waiting_for}: {error:?}");
            assert_eq!(passwords_fetched(&scene), fetched, "{what}");
            let last = scene.world.outcomes(What::SignIn).pop();
            assert!(matches!(last, Some(Outcome::Failed | Outcome::Denied)), "{what}: {last:?}");
        }
    }
}

#[test]
fn a_password_that_comes_too_late_is_not_shown() {
    let happenings: [fn(&World); 3] = [
        |world| world.state().person = None,
        |world| stands(world, Standing::Revoked),
        |world| edit(world, |book| book.grants.clear()),
    ];
    for happens in happenings {
        for waiting_for in ["prove", "password"] {
            let scene = ready();
            scene.meanwhile(waiting_for, happens);
            let shown = shows(&scene, proof(PIN));
            assert!(matches!(shown, Err(Error::Locked | Error::Denied(_))), "{shown:?}");
            let last = scene.world.outcomes(What::PasswordShown).pop();
            assert!(!matches!(last, Some(Outcome::Done)), "{last:?}");
        }
    }
}

fn stands(world: &World, standing: Standing) {
    edit(world, |book| book.people.get_mut(&EVE).expect("Eve").standing = standing);
}

#[test]
fn an_administrator_signs_in_with_nothing_by_that() {
    let scene = ready();
    scene.asks(ADA);
    assert_eq!(lacks(launches(&scene, Answers::default())), Lacking::OnSession(Right::View));
    scene.world.state().door.pins.insert(ADA, PIN.to_owned());
    assert_eq!(lacks(shows(&scene, proof(PIN))), Lacking::OnCredential(Right::ViewPassword));
}

mod again;
mod typed;
mod unsupported;
mod withheld;
