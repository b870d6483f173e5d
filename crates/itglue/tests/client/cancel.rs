//! Dropping a call leaves nothing behind.

use std::time::Duration;

use itglue::{Limiter, OrganizationId, Share, Step};
use tokio::sync::mpsc;
use usher_sandbox::account::Fault;

use crate::stand_in::{large, limited};

/// Lists until the first step has come, then drops the call.
async fn dropped_after_a_step(client: &itglue::Client, id: OrganizationId) {
    let (tell, mut told) = mpsc::unbounded_channel();
    let passwords = client.organization(id).passwords();
    let mut on_step = |_step: Step<itglue::Password>| tell.send(()).unwrap();
    tokio::select! {
        listed = passwords.each(&mut on_step) => panic!("it came to its end: {listed:?}"),
        _first = told.recv() => {}
    }
}

#[tokio::test]
async fn a_dropped_list_asks_for_nothing_more() {
    let (account, organization) = large(30_000);
    account.set_fault(Fault::Slow(Duration::from_millis(100)).after(1)).unwrap();
    let limiter = Limiter::new(Share::default());
    let client = limited(&account, &limiter);
    dropped_after_a_step(&client, organization).await;
    let (sent, used) = (account.requests().len(), limiter.left().requests);
    assert!(sent <= 11, "{sent}");
    account.clear_fault().unwrap();
    // Whatever went on would be seen before this list, which needs all ten places, has come.
    let rows = client.organization(organization).passwords().all().await.unwrap();
    assert_eq!(rows.len(), 30_000);
    let requests = account.requests().len();
    assert!(requests <= 11 + 30, "{requests} after {sent}");
    assert_eq!(used - limiter.left().requests, 30, "30 pages took 30 places");
}

#[tokio::test]
async fn a_list_dropped_while_it_waits_takes_no_place() {
    let (account, organization) = large(2_000);
    account.set_fault(Fault::RateLimited { retry_after: Some(200) }).unwrap();
    let limiter = Limiter::new(Share::default());
    let client = limited(&account, &limiter);
    dropped_after_a_step(&client, organization).await;
    assert_eq!(account.requests().len(), 1);
    assert_eq!(limiter.left().requests, 299, "one was sent, and none while it waited");
}
