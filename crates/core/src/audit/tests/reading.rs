//! Who reads the log, and that reading it all is itself on record.

use super::desk::{desk, launch, see};
use crate::audit::{
    Client, Filter, Format, Outcome, Period, Use, Used, Verdict, What, client_report, export,
    had_by, keep_signed, query, verify,
};
use crate::error::Error;
use crate::reveal::Purpose;
use crate::testing::{ACCOUNT, ADA, BOB, Scene, at_once};
use crate::time::Moment;

const PERIOD: Period =
    Period { from: Moment::from_unix_millis(0), to: Moment::from_unix_millis(10_000) };

fn verified(scene: &Scene) -> Result<Verdict, Error> {
    at_once(verify(scene.world.as_ref(), scene.unlock)).expect("waits for nothing")
}

fn exported(scene: &Scene, filter: &Filter) -> (Result<u64, Error>, Vec<u64>) {
    let mut numbers = Vec::new();
    let mut take = |_: &crate::book::Book, rows: Vec<crate::audit::AuditRow>| {
        numbers.extend(rows.iter().map(|row| row.number));
    };
    let world = scene.world.as_ref();
    let count = at_once(export(world, scene.unlock, filter, Format::Csv, &mut take));
    (count.expect("waits for nothing"), numbers)
}

fn reported(scene: &Scene) -> Result<usize, Error> {
    let world = scene.world.as_ref();
    let client = Client { connection: ACCOUNT, organization: super::desk::organization() };
    let report = client_report(world, scene.unlock, client, PERIOD);
    at_once(report).expect("waits for nothing").map(|report| report.rows.len())
}

fn used(scene: &Scene) -> Result<Vec<Used>, Error> {
    let had = had_by(scene.world.as_ref(), scene.unlock, ADA);
    at_once(had).expect("waits for nothing").map(|had| had.used)
}

#[test]
fn only_administrators_by_passphrase_read_it_and_each_denial_is_on_record() {
    let scene = desk();
    for by_pin in [false, true] {
        scene.asks(if by_pin { ADA } else { BOB });
        scene.world.state().by_pin = by_pin;
        let filter = Filter::default();
        let asked = query(scene.world.as_ref(), scene.unlock, &filter, (None, 9));
        let asked = at_once(asked).expect("waits for nothing");
        assert!(matches!(asked, Err(Error::Denied(_))));
        assert!(matches!(verified(&scene), Err(Error::Denied(_))));
        assert!(
            matches!(exported(&scene, &filter), (Err(Error::Denied(_)), rows) if rows.is_empty())
        );
        assert!(matches!(reported(&scene), Err(Error::Denied(_))));
        assert!(matches!(used(&scene), Err(Error::Denied(_))));
    }
    for what in [What::LogVerified, What::Exported, What::ReportMade] {
        assert_eq!(scene.world.outcomes(what), [Outcome::Denied; 2]);
    }
}

#[test]
fn an_export_hands_out_what_was_asked_for_and_says_so() {
    let scene = desk();
    (0..3_000).for_each(|_| see(&scene, Purpose::Show).expect("shows"));
    launch(&scene).expect("launches");
    let filter = Filter { what: Some(What::PasswordShown), ..Filter::default() };
    let (count, numbers) = exported(&scene, &filter);
    assert_eq!(count, Ok(6_000));
    assert!(numbers.iter().copied().eq((1..=6_000).rev()), "in order, none twice");
    let log = scene.world.state().log.clone();
    let [.., intent, done] = &log[..] else { panic!("both are there") };
    assert_eq!((intent.what, intent.outcome), (What::Exported, Outcome::Intended));
    assert_eq!((done.what, done.outcome), (What::Exported, Outcome::Done));
    assert!(done.details.contains(&("rows", "6000".to_owned())));
    assert!(done.details.contains(&("of_what", "password_shown".to_owned())));
}

#[test]
fn without_a_log_nothing_is_exported_reported_or_verified() {
    let scene = desk();
    launch(&scene).expect("launches");
    scene.world.state().log_broken = true;
    let (count, rows) = exported(&scene, &Filter::default());
    assert_eq!((count, rows), (Err(Error::AuditUnavailable), vec![]));
    assert_eq!(reported(&scene), Err(Error::AuditUnavailable));
    assert_eq!(verified(&scene), Err(Error::AuditUnavailable));
}

#[test]
fn verifying_and_reporting_have_what_was_found_on_record() {
    let scene = desk();
    launch(&scene).expect("launches");
    let verdict = verified(&scene).expect("verifies");
    let log = scene.world.state().log.clone();
    let last = log.last().expect("it is there");
    assert_eq!((last.what, last.outcome), (What::LogVerified, Outcome::Done));
    assert!(last.details.contains(&("rows", verdict.rows.to_string())));
    assert_eq!(reported(&scene), Ok(1));
    assert_eq!(scene.world.outcomes(What::ReportMade), [Outcome::Intended, Outcome::Done]);
}

#[test]
fn what_a_person_had_the_use_of_is_each_record_once_and_seen_says_more() {
    let scene = desk();
    assert_eq!(used(&scene), Ok(vec![]));
    launch(&scene).expect("launches");
    let one = used(&scene).expect("reads");
    assert_eq!((one.len(), one[0].how), (1, Use::Launched));
    assert_eq!(one[0].record_name.as_deref(), Some("Domain admin"));
    see(&scene, Purpose::Copy).expect("copies");
    scene.world.state().now = 5_000;
    launch(&scene).expect("launches");
    let one = used(&scene).expect("reads");
    assert_eq!((one.len(), one[0].how, one[0].last.unix_millis()), (1, Use::Seen, 5_000));
    assert_eq!(one[0].organization, Some(super::desk::organization()));
}

#[test]
fn the_log_is_signed_a_minute_after_its_first_unsigned_row() {
    let scene = desk();
    let mut state = scene.world.state();
    (state.waits_left, state.unsigned) = (3, 1);
    drop(state);
    assert!(at_once(keep_signed(scene.world.as_ref())).is_none(), "it goes on for ever");
    assert_eq!(scene.world.state().signed, [61_000]);
}
