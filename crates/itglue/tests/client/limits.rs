//! The account's rate limit, and this process's share of it.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use itglue::{Client, Error, Limiter, OrganizationId, Share, Step, Verdict};
use tokio::sync::mpsc;
use usher_sandbox::account::{ErrorBodies, Fault};

use crate::stand_in::{account, client, large, limited, planted};

/// The rows that came, and the waits that were told.
async fn list(client: &Client, id: OrganizationId) -> (Result<usize, Error>, Vec<Duration>) {
    let (mut rows, mut waits) = (0, Vec::new());
    let passwords = client.organization(id).passwords();
    let listed = passwords
        .each(&mut |step| match step {
            Step::Rows(page) => rows += page.rows.len(),
            Step::Waiting(wait) => waits.push(wait),
        })
        .await;
    (listed.map(|_| rows), waits)
}

#[tokio::test]
async fn a_list_waits_out_refusals_in_every_form() {
    for bodies in [ErrorBodies::Reported, ErrorBodies::JsonApi, ErrorBodies::Gateway] {
        for fault in
            [Fault::RateLimited { retry_after: Some(1) }, Fault::RateLimitedUntil { seconds: 2 }]
        {
            let (account, organization) = large(3_000);
            account.switch(|switches| switches.error_bodies = bodies);
            account.set_fault(fault.times(1).on_page(2)).unwrap();
            let (rows, waits) = list(&client(&account), organization).await;
            assert_eq!(rows, Ok(3_000), "{fault:?}");
            assert_eq!(waits.len(), 1, "{waits:?}");
            assert!(waits[0] <= Duration::from_secs(2), "{waits:?}");
            assert_eq!(account.requests().len(), 4);
        }
    }
}

#[tokio::test]
async fn waiting_for_the_limit_is_no_try_and_no_time_asked_for_is_some_time() {
    for retry_after in [Some(0), None] {
        let (account, organization) = large(200);
        account.set_fault(Fault::RateLimited { retry_after }.times(5)).unwrap();
        let limiter = Limiter::hurried(Share::default(), Duration::from_secs(3));
        let (rows, waits) = list(&limited(&account, &limiter), organization).await;
        assert_eq!(rows, Ok(200));
        assert_eq!(account.requests().len(), 6, "more refusals than there are tries");
        assert!(waits.iter().all(|wait| *wait >= Duration::from_millis(15)), "{waits:?}");
    }
}

#[tokio::test]
async fn a_second_list_hears_of_the_wait_too() {
    let (account, organization) = large(12_000);
    account.set_fault(Fault::RateLimited { retry_after: Some(60) }.after(1).times(1)).unwrap();
    let client = client(&account);
    let (tell, mut told) = mpsc::unbounded_channel();
    let list = |name: &'static str| {
        let (tell, passwords) = (tell.clone(), client.organization(organization).passwords());
        async move {
            let mut on_step = |step| {
                if let Step::Waiting(_) = step {
                    tell.send(name).unwrap();
                }
            };
            passwords.each(&mut on_step).await
        }
    };
    let both = async {
        let mut heard = BTreeSet::new();
        while heard.len() < 2 {
            heard.insert(told.recv().await.unwrap());
        }
    };
    tokio::select! {
        one = list("one") => panic!("it did not wait: {one:?}"),
        other = list("other") => panic!("it did not wait: {other:?}"),
        () = both => {}
    }
}

#[tokio::test]
async fn a_burst_of_refusals_is_one_pause() {
    let (account, organization) = large(12_000);
    account.set_fault(Fault::RateLimited { retry_after: None }.after(1).times(10)).unwrap();
    let limiter = Limiter::hurried(Share::default(), Duration::from_mins(1));
    let (rows, waits) = list(&limited(&account, &limiter), organization).await;
    assert_eq!(rows, Ok(12_000));
    assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(2)), "{waits:?}");
}

#[tokio::test]
async fn a_refusal_pauses_everyone_who_shares_the_limiter() {
    let account = account();
    let (organization, id, _) = planted(&account);
    let limiter = Limiter::new(Share::default());
    let (one, other) = (limited(&account, &limiter), limited(&account, &limiter));
    account.set_fault(Fault::RateLimited { retry_after: Some(60) }.times(1)).unwrap();
    assert!(matches!(one.check().await, Verdict::RateLimited { .. }));
    let value = other.organization(organization).password_value(id).await.map(drop);
    assert!(matches!(value, Err(Error::RateLimited { retry_after: Some(_) })), "{value:?}");
    assert_eq!(account.requests().len(), 1, "the other one did not even ask");
    assert!(limiter.left().paused_for.is_some());
}

#[tokio::test]
async fn a_wait_longer_than_a_list_waits_is_an_error_at_once() {
    let (account, organization) = large(200);
    account.set_fault(Fault::RateLimited { retry_after: Some(3_600) }).unwrap();
    let began = Instant::now();
    let (rows, waits) = list(&client(&account), organization).await;
    let Err(Error::RateLimited { retry_after: Some(wait) }) = rows else { panic!("{rows:?}") };
    assert!(wait > Duration::from_secs(3_500) && waits.is_empty(), "{wait:?} {waits:?}");
    assert!(began.elapsed() < Duration::from_mins(1), "nobody waited");
}

#[tokio::test]
async fn a_list_larger_than_the_share_comes_in_parts() {
    let (account, organization) = large(20_000);
    let window = Duration::from_millis(1_200);
    let limiter = Limiter::hurried(Share { requests: 6, kept_for_launches: 1 }, window);
    let (rows, waits) = list(&limited(&account, &limiter), organization).await;
    assert_eq!(rows, Ok(20_000));
    assert!(waits.len() >= 3, "{waits:?}");
    assert_eq!(
        account.requests().len(),
        20,
        "that no window holds more is shown by the clock's test"
    );
}

#[tokio::test]
async fn lists_leave_room_for_launches() {
    let account = account();
    let (organization, id, value) = planted(&account);
    let limiter = Limiter::new(Share { requests: 2, kept_for_launches: 1 });
    let client = limited(&account, &limiter);
    let scoped = client.organization(organization);
    assert_eq!(scoped.passwords().all().await.unwrap().len(), 215);
    let found = scoped.password_value(id).await.ok().unwrap();
    assert_eq!(found.value.as_str(), value);
    let left = limiter.left();
    assert_eq!((left.requests, left.of), (0, 2));
    let refused = scoped.password_value(id).await.map(drop);
    assert!(matches!(refused, Err(Error::RateLimited { retry_after: Some(_) })), "{refused:?}");
}
