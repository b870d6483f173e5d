//! A3, A4, A5: no password without its intent on record, and no intent without what came of it.

use super::desk::{desk, goes_well, is_down, launch, refuses, see};
use crate::audit::{AuditEvent, Outcome, What};
use crate::error::{Error, SourceError};
use crate::ports::{End, Outcome as Seen};
use crate::reveal::Purpose;
use crate::testing::{ADA, BOB, Scene};

/// What stands in the log, in order.
fn log(scene: &Scene) -> Vec<(What, Outcome)> {
    scene.world.state().log.iter().map(|event| (event.what, event.outcome)).collect()
}

/// How often a password was fetched.
fn fetches(scene: &Scene) -> usize {
    scene.world.asked().iter().filter(|(what, _)| *what == "password").count()
}

const RELEASES: [What; 3] = [What::SignIn, What::PasswordShown, What::PasswordCopied];

fn is_intent(event: &AuditEvent) -> bool {
    RELEASES.contains(&event.what) && event.outcome == Outcome::Intended
}

#[test]
fn a_launch_has_one_intent_and_one_outcome_of_its_own_and_of_the_sign_in() {
    use Outcome::{Done, Intended, Refused};
    let scene = desk();
    launch(&scene).expect("launches");
    let opened = [(What::Launch, Intended), (What::SignIn, Intended)];
    let accepted = [(What::HostAccepted, Done), (What::SessionEnded, Done), (What::Launch, Done)];
    assert_eq!(log(&scene), [&opened[..], &accepted].concat());
    assert_eq!(fetches(&scene), 1);
    scene.world.state().log.clear();
    refuses(&scene);
    launch(&scene).expect("the launch itself goes well");
    let refused = [(What::HostRefused, Refused), (What::Launch, Done)];
    assert_eq!(log(&scene), [&opened[..], &refused].concat());
}

#[test]
fn the_sign_in_says_with_what_where_and_for_which_ticket() {
    let scene = desk();
    launch(&scene).expect("launches");
    let log = scene.world.state().log.clone();
    let run = log[0].run;
    assert!(run.is_some() && log.iter().all(|event| event.run == run && event.person == ADA));
    for event in &log {
        let ticket = event.about.ticket.as_ref().map(|t| (&*t.number, &*t.reason));
        assert_eq!(ticket, Some(("T-7", "patching")), "{:?}", event.what);
        assert_eq!(event.about.host.as_deref(), Some("srv1"));
        assert_eq!(event.about.organization, Some(super::desk::organization()));
    }
    let ended = log.iter().find(|event| event.what == What::SessionEnded).expect("it ended");
    assert_eq!(ended.about.account.as_deref(), Some("CORP\\adm"));
    assert_eq!(ended.about.record_name.as_deref(), Some("Domain admin"));
    assert_eq!(ended.about.lasted.map(|lasted| lasted.as_secs()), Some(90));
}

#[test]
fn showing_and_copying_have_one_intent_and_one_outcome_each() {
    use Outcome::{Done, Failed, Intended};
    let scene = desk();
    for (purpose, what) in
        [(Purpose::Show, What::PasswordShown), (Purpose::Copy, What::PasswordCopied)]
    {
        scene.world.state().log.clear();
        see(&scene, purpose).expect("it is hers");
        assert_eq!(log(&scene), [(what, Intended), (what, Done)]);
        scene.world.state().log.clear();
        scene.alter("old", |standing| standing.fails = Some(SourceError::TimedOut));
        assert_eq!(see(&scene, purpose), Err(Error::Source(SourceError::TimedOut)));
        assert_eq!(log(&scene), [(what, Intended), (what, Failed)]);
        scene.alter("old", |standing| standing.fails = None);
    }
}

#[test]
fn a_denial_is_one_row_which_is_intent_and_outcome_in_one() {
    let scene = desk();
    scene.asks(BOB);
    assert!(matches!(see(&scene, Purpose::Show), Err(Error::Denied(_))));
    assert_eq!(log(&scene), [(What::PasswordShown, Outcome::Denied)]);
    scene.world.state().log.clear();
    scene.edit(|book| book.grants.clear());
    assert!(matches!(launch(&scene), Err(Error::Denied(_))));
    assert_eq!(log(&scene), [(What::Launch, Outcome::Denied)]);
    assert_eq!(fetches(&scene), 0);
}

#[test]
fn without_a_log_nothing_is_released_and_nothing_listens() {
    let scene = desk();
    scene.world.state().log_broken = true;
    assert_eq!(launch(&scene), Err(Error::AuditUnavailable));
    for purpose in [Purpose::Show, Purpose::Copy] {
        assert_eq!(see(&scene, purpose), Err(Error::AuditUnavailable));
    }
    assert_eq!((fetches(&scene), log(&scene)), (0, vec![]));
    // The control: with it, all three are released.
    scene.world.state().log_broken = false;
    launch(&scene).expect("launches");
    see(&scene, Purpose::Show).expect("shows");
    see(&scene, Purpose::Copy).expect("copies");
    assert_eq!(fetches(&scene), 3);
}

#[test]
fn a_log_that_breaks_after_the_intent_withholds_what_was_fetched() {
    let scene = desk();
    scene.meanwhile("password", |world| world.state().log_broken = true);
    assert_eq!(see(&scene, Purpose::Show), Err(Error::AuditUnavailable));
    assert_eq!(log(&scene), [(What::PasswordShown, Outcome::Intended)]);
}

/// The owner ends the session while IT Glue takes its time.
#[test]
fn a_release_that_is_dropped_on_its_way_is_on_record_as_failed_before_the_end_is() {
    use Outcome::{Done, Failed, Intended};
    let scene = desk();
    scene.world.state().reports = vec![Seen::Ended(End::EndedByPerson)];
    scene.world.state().password_hangs = true;
    launch(&scene).expect("the launch itself goes well");
    let sign_in = [(What::Launch, Intended), (What::SignIn, Intended), (What::SignIn, Failed)];
    let ended = [(What::SessionEnded, Done), (What::Launch, Done)];
    assert_eq!(log(&scene), [&sign_in[..], &ended].concat());
    let withdrawn = scene.world.state().log[2].details.clone();
    assert_eq!(withdrawn, [("reason", "withdrawn".to_owned())]);
}

/// A reconnect goes on after it, so that nothing else would be said of it.
#[test]
fn a_password_that_the_host_could_not_judge_is_on_record_as_failed() {
    let scene = desk();
    scene.world.state().breaks_off = true;
    scene.world.state().reports = Vec::new();
    launch(&scene).expect("the launch itself goes well");
    let rows = scene.world.state().log.clone();
    let of_the_sign_in = rows.iter().filter(|row| row.what == What::SignIn).collect::<Vec<_>>();
    let [intent, failed] = &of_the_sign_in[..] else { panic!("two rows: {rows:?}") };
    assert_eq!((intent.outcome, failed.outcome), (Outcome::Intended, Outcome::Failed));
    assert_eq!(failed.details, [("reason", "host_broke_off".to_owned())]);
    assert_eq!(failed.run, intent.run);
}

/// The client leaves while the row is being written that it gets nothing.
#[test]
fn a_refusal_whose_row_is_waited_for_by_nobody_is_on_record_once() {
    let scene = desk();
    scene.alter("old", |standing| standing.fails = Some(SourceError::TimedOut));
    scene.world.state().hangs_after = Some(Outcome::Failed);
    launch(&scene).expect("the launch itself goes well");
    assert_eq!(scene.world.outcomes(What::SignIn), [Outcome::Intended, Outcome::Failed]);
    assert_eq!(scene.world.outcomes(What::SessionEnded).len(), 1, "the end was reported");
}

/// What could not be written is not forgotten.
#[test]
fn a_refusal_that_could_not_be_written_is_made_up_for_at_the_end() {
    let scene = desk();
    scene.alter("old", |standing| standing.fails = Some(SourceError::TimedOut));
    scene.meanwhile("password", |world| world.state().log_broken = true);
    scene.meanwhile("taken", |world| world.state().log_broken = false);
    launch(&scene).expect("the launch itself goes well");
    assert_eq!(scene.world.outcomes(What::SignIn), [Outcome::Intended, Outcome::Failed]);
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn one_in(&mut self, sides: u64) -> bool {
        self.throw(sides) == 0
    }

    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Changes the world somehow: who asks, what they may, whether host, IT Glue and log work.
fn something_happens(scene: &Scene, dice: &mut Dice) {
    match dice.throw(8) {
        0 => scene.asks(ADA),
        1 => scene.asks(BOB),
        2 => goes_well(scene),
        3 => refuses(scene),
        4 => is_down(scene),
        5 => {
            let fails = dice.one_in(2).then_some(SourceError::Unreachable);
            scene.alter("old", |standing| standing.fails = fails);
        }
        6 => {
            let password_access = !dice.one_in(4);
            scene.alter("old", |standing| standing.password_access = password_access);
        }
        _ => {
            let standing = if dice.one_in(4) {
                crate::rights::Standing::Disabled
            } else {
                crate::rights::Standing::Active
            };
            let bob = |book: &mut crate::book::Book| {
                book.people.get_mut(&BOB).expect("Bob").standing = standing;
            };
            scene.edit(bob);
        }
    }
}

fn somebody_asks(scene: &Scene, dice: &mut Dice) -> bool {
    let asked = match dice.throw(3) {
        0 => launch(scene),
        1 => see(scene, Purpose::Show),
        _ => see(scene, Purpose::Copy),
    };
    asked.is_ok()
}

#[test]
fn in_ten_thousand_actions_there_are_as_many_fetches_as_intents() {
    let (scene, mut dice) = (desk(), Dice(0x2545_f491_4f6c_dd1d));
    let (mut fetched, mut went_well) = (0, 0_usize);
    for _ in 0..10_000 {
        if dice.one_in(4) {
            something_happens(&scene, &mut dice);
        }
        scene.world.state().log_broken = dice.one_in(20);
        went_well += usize::from(somebody_asks(&scene, &mut dice));
        fetched += fetches(&scene);
    }
    let intents = scene.world.state().log.iter().filter(|event| is_intent(event)).count();
    assert_eq!(fetched, intents);
    assert!(
        fetched > 1_000 && went_well > 1_000,
        "{fetched} {went_well}: too few to mean anything"
    );
    assert!(scene.world.state().log.iter().any(|event| event.outcome == Outcome::Denied));
}

/// Whether the event is what came of a sign-in: what the lease or the host said of it first.
fn is_outcome_of(intent: &AuditEvent, event: &AuditEvent) -> bool {
    if intent.what != What::SignIn {
        return event.what == intent.what && event.outcome != Outcome::Intended;
    }
    let of_the_host = [What::HostAccepted, What::HostRefused].contains(&event.what);
    let of_the_lease = event.what == What::SignIn && event.outcome != Outcome::Intended;
    event.run == intent.run && (of_the_host || of_the_lease)
}

#[test]
fn while_the_log_works_each_intent_has_exactly_one_outcome() {
    let (scene, mut dice) = (desk(), Dice(0x9e37_79b9_7f4a_7c15));
    let mut seen = 0;
    for _ in 0..3_000 {
        if dice.one_in(4) {
            something_happens(&scene, &mut dice);
        }
        scene.world.state().log.clear();
        somebody_asks(&scene, &mut dice);
        let log = scene.world.state().log.clone();
        for intent in log.iter().filter(|event| is_intent(event)) {
            let outcomes = log.iter().filter(|event| is_outcome_of(intent, event)).count();
            assert_eq!(outcomes, 1, "{log:?}");
            seen += 1;
        }
        let denials = log.iter().filter(|event| event.outcome == Outcome::Denied).count();
        assert!(denials == 0 || (denials == 1 && log.len() == 1), "{log:?}");
    }
    assert!(seen > 500, "{seen}: too few to mean anything");
}
