//! The client report: one row for each launch and each password shown or copied.

use std::time::Duration;

use super::desk::{
    desk, goes_well, is_down, is_ended_by_hand, launch, organization, refuses, see, shows_a_desktop,
};
use crate::audit::{Came, Client, Deed, Period, ReportRow, What, client_report};
use crate::error::SourceError;
use crate::reveal::Purpose;
use crate::testing::{ACCOUNT, ADA, BOB, Scene, at_once};
use crate::time::Moment;

fn report(scene: &Scene, from: u64, to: u64) -> Vec<ReportRow> {
    scene.asks(ADA);
    let period = Period { from: Moment::from_unix_millis(from), to: Moment::from_unix_millis(to) };
    let made = client_report(scene.world.as_ref(), scene.unlock, client(), period);
    at_once(made).expect("waits for nothing").expect("she may").rows
}

fn client() -> Client {
    Client { connection: ACCOUNT, organization: organization() }
}

fn at(scene: &Scene, millis: u64) {
    scene.world.state().now = millis;
}

/// Launches and reveals of every kind of end, one each second.
fn a_day(scene: &Scene) {
    at(scene, 1_000);
    launch(scene).expect("launches");
    at(scene, 2_000);
    refuses(scene);
    launch(scene).expect("launches");
    at(scene, 3_000);
    see(scene, Purpose::Show).expect("shows");
    at(scene, 4_000);
    scene.asks(BOB);
    drop(see(scene, Purpose::Copy).expect_err("it is not his"));
    at(scene, 5_000);
    scene.alter("old", |standing| standing.fails = Some(SourceError::TimedOut));
    launch(scene).expect("the launch itself goes well");
    scene.alter("old", |standing| standing.fails = None);
    at(scene, 6_000);
    is_down(scene);
    drop(launch(scene).expect_err("the host is down"));
    goes_well(scene);
}

#[test]
fn each_launch_and_each_reveal_is_one_row_with_what_came_of_it() {
    let scene = desk();
    a_day(&scene);
    let rows = report(&scene, 0, 10_000);
    let short: Vec<_> =
        rows.iter().map(|r| (r.at.unix_millis() / 1_000, r.person, r.what, r.came)).collect();
    assert_eq!(
        short,
        [
            (1, ADA, Deed::Launch, Came::SignedIn),
            (2, ADA, Deed::Launch, Came::Refused),
            (3, ADA, Deed::Shown, Came::Released),
            (4, BOB, Deed::Copied, Came::Denied),
            (5, BOB, Deed::Launch, Came::Failed),
            (6, BOB, Deed::Launch, Came::Failed),
        ]
    );
    let first = &rows[0];
    assert_eq!((first.host.as_deref(), &*first.on), (Some("srv1"), "DC01"));
    assert_eq!(first.account.as_deref(), Some("CORP\\adm"));
    assert_eq!(first.lasted, Some(Duration::from_secs(90)));
    assert_eq!(first.ticket.as_ref().map(|t| &*t.number), Some("T-7"));
    assert_eq!(rows[2].account.as_deref(), Some("CORP\\adm"));
}

#[test]
fn a_session_that_its_person_ended_has_lasted_too() {
    let scene = desk();
    is_ended_by_hand(&scene);
    launch(&scene).expect("launches");
    let rows = report(&scene, 0, 10_000);
    let [row] = rows.as_slice() else { panic!("one launch: {rows:?}") };
    assert_eq!((row.came, row.lasted), (Came::SignedIn, Some(Duration::ZERO)));
}

#[test]
fn a_desktop_alone_is_not_reported_as_a_sign_in_until_the_host_says_so() {
    for (says, came, whats) in [
        (false, Came::DesktopShown, vec![What::DesktopShown]),
        (true, Came::SignedIn, vec![What::DesktopShown, What::HostAccepted]),
    ] {
        let scene = desk();
        shows_a_desktop(&scene, says);
        launch(&scene).expect("launches");
        let log = scene.world.state().log.clone();
        let told = log.iter().map(|event| event.what);
        let of_the_host = [What::DesktopShown, What::HostAccepted];
        assert_eq!(told.filter(|what| of_the_host.contains(what)).collect::<Vec<_>>(), whats);
        let rows = report(&scene, 0, 10_000);
        assert_eq!((rows.len(), rows[0].came, rows[0].lasted), (1, came, Some(Duration::ZERO)));
    }
}

#[test]
fn only_what_began_in_the_period_counts() {
    let scene = desk();
    a_day(&scene);
    let seconds = |from, to| -> Vec<u64> {
        report(&scene, from, to).iter().map(|row| row.at.unix_millis() / 1_000).collect()
    };
    assert_eq!(seconds(2_000, 4_000), [2, 3]);
    assert_eq!(seconds(6_001, 9_000), [0; 0]);
}

#[test]
fn another_clients_launches_are_not_in_it() {
    let scene = desk();
    a_day(&scene);
    let other = crate::entry::Organization {
        id: crate::ids::OrganizationId::new(crate::testing::OTHER),
        name: "Other".to_owned(),
    };
    scene.asks(ADA);
    let period = Period { from: Moment::from_unix_millis(0), to: Moment::from_unix_millis(10_000) };
    let other = Client { organization: other, ..client() };
    let made = client_report(scene.world.as_ref(), scene.unlock, other, period);
    let made = at_once(made).expect("waits for nothing").expect("she may");
    assert_eq!(made.rows, []);
}

#[test]
fn another_accounts_organization_of_the_same_id_is_not_in_it() {
    let scene = desk();
    a_day(&scene);
    scene.asks(ADA);
    let period = Period { from: Moment::from_unix_millis(0), to: Moment::from_unix_millis(10_000) };
    let other = crate::ids::ConnectionId::from_bytes([0x77; 16]);
    let other = Client { connection: other, ..client() };
    let made = client_report(scene.world.as_ref(), scene.unlock, other, period);
    let made = at_once(made).expect("waits for nothing").expect("she may");
    assert_eq!(made.rows, []);
    assert!(!report(&scene, 0, 10_000).is_empty(), "the account's own has rows");
}
