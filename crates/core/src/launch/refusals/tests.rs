//! What is counted, what is held back, and what waits.

use super::*;
use crate::ports::Refusal;

const A: RunId = RunId::from_bytes([1; 16]);
const B: RunId = RunId::from_bytes([2; 16]);
const REFUSED: Outcome = Outcome::Ended(End::HostRefused(Refusal::LogonFailure));

fn tried(user: &str, host: &str) -> Tried {
    Tried { with: Credential::typed(user), host: host.to_owned() }
}

fn minute(minutes: u64) -> Uptime {
    Uptime(Duration::from_mins(minutes))
}

fn hears(refusals: &Refusals, tried: &Tried, seen: &Outcome, at: u64) {
    refusals.heard((tried, A), seen, minute(at));
}

#[test]
fn refusals_count_for_ten_minutes_each_for_one_password_at_one_host() {
    let refusals = Refusals::default();
    let of = |user: &str, host: &str, at| {
        hears(&refusals, &tried(user, host), &REFUSED, at);
        refusals.lately(&tried(user, host), minute(at))
    };
    assert_eq!((of("adm", "dc01", 0), of("ADM", "dc01", 4)), (1, 2));
    assert_eq!((of("adm", "dc02", 5), of("eve", "dc01", 5)), (1, 1));
    assert_eq!(of("adm", "dc01", 10), 2, "the first one is forgotten");
    let accepted = |how| hears(&refusals, &tried("adm", "dc01"), &Outcome::HostAccepted(how), 10);
    accepted(Acceptance::DesktopOnly);
    assert_eq!(of("adm", "dc01", 10), 3, "the desktop of a sign-in page");
    accepted(Acceptance::Said);
    assert_eq!(of("adm", "dc01", 11), 1);
    assert_eq!(of("adm", "dc02", 60), 1);
}

#[test]
fn what_was_refused_does_not_go_by_itself_until_the_host_accepts() {
    let (refusals, adm) = (Refusals::default(), tried("adm", "dc01"));
    let by_itself = |run, let_in: Option<u64>, at| {
        let turn = refusals.begins_by_itself((&adm, run), let_in.map(minute), minute(at));
        refusals.settled(&adm, run);
        turn
    };
    assert_eq!(by_itself(B, Some(0), 1), Turn::Goes);
    refusals.begins((&adm, A), minute(2));
    hears(&refusals, &adm, &REFUSED, 2);
    assert_eq!((by_itself(B, Some(1), 2), by_itself(B, None, 2)), (Turn::Refused, Turn::Refused));
    assert_eq!(by_itself(B, Some(1), 999), Turn::Refused, "however long ago");
    assert_eq!(by_itself(B, Some(3), 4), Turn::Goes, "it was let in since, as far as one knows");
    hears(&refusals, &adm, &Outcome::HostAccepted(Acceptance::DesktopOnly), 5);
    assert_eq!(by_itself(B, Some(1), 6), Turn::Refused, "that may be a sign-in page");
    hears(&refusals, &adm, &Outcome::HostAccepted(Acceptance::Said), 7);
    assert_eq!(by_itself(B, Some(1), 8), Turn::Goes);
    assert!(refusals.all().is_empty(), "nothing piles up");
}

#[test]
fn one_after_the_other_goes_by_itself_and_none_waits_for_ever() {
    let (refusals, adm) = (Refusals::default(), tried("adm", "dc01"));
    let by_itself = |run, at| refusals.begins_by_itself((&adm, run), None, minute(at));
    refusals.begins((&adm, A), minute(0));
    assert_eq!(by_itself(B, 0), Turn::Waits, "a person asked for the other");
    assert_eq!(by_itself(A, 0), Turn::Goes, "its own is none to wait for");
    assert_eq!(by_itself(B, 2), Turn::Goes, "the other's answer never came");
    assert_eq!(by_itself(A, 2), Turn::Waits);
    refusals.heard((&adm, B), &Outcome::Dropped, minute(2));
    assert_eq!(by_itself(A, 2), Turn::Goes);
    let elsewhere = tried("adm", "dc02");
    assert_eq!(refusals.begins_by_itself((&elsewhere, B), None, minute(2)), Turn::Goes);
}
