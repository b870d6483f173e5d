//! Large lists: how they are asked for, and that they come whole and in order.

use std::{collections::HashSet, time::Duration};

use itglue::{Error, Listed, PagingFault, PasswordFilter, PasswordId, PasswordSort, Step};
use usher_sandbox::account::{Fault, LargePages, RunningAccount};

use crate::stand_in::{account, builder, client, large};

/// Long enough that requests overlap.
const LATENCY: Duration = Duration::from_millis(60);

#[tokio::test]
async fn pages_come_ten_at_a_time_in_order_and_once() {
    let (account, organization) = large(25_000);
    account.set_fault(Fault::Slow(LATENCY)).unwrap();
    let client = client(&account);
    let mut names = Vec::new();
    let mut progress = Vec::new();
    let passwords = client.organization(organization).passwords().sort(PasswordSort::Id);
    let listed = passwords
        .each(&mut |step| {
            let Step::Rows(page) = step else { panic!("nothing to wait for") };
            names.extend(page.rows.iter().map(|row| row.id));
            progress.push((names.len(), page.total_count));
        })
        .await;
    assert_eq!(listed, Ok(Listed { rows: 25_000, total_count: 25_000 }));
    assert!(names.is_sorted(), "in the order asked for");
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), 25_000);
    let expected: Vec<_> = (1..=25).map(|page| (page * 1_000, 25_000)).collect();
    assert_eq!(progress, expected);
    assert_eq!(account.requests().len(), 25, "pages of 1,000, each once");
    together(&account);
}

#[tokio::test]
async fn two_lists_together_have_ten_pages_under_way() {
    let (account, organization) = large(12_000);
    account.set_fault(Fault::Slow(LATENCY)).unwrap();
    let client = client(&account);
    let scoped = client.organization(organization);
    let (one, other) = (scoped.passwords(), scoped.passwords());
    let (one, other) = tokio::join!(one.all(), other.all());
    assert_eq!((one.unwrap().len(), other.unwrap().len()), (12_000, 12_000));
    together(&account);
}

/// Never more than ten requests at once, and not one by one either.
fn together(account: &RunningAccount) {
    let peak = account.in_flight_peak();
    assert!((5..=10).contains(&peak), "{peak} at once");
}

#[tokio::test]
async fn a_single_value_does_not_queue_behind_a_list() {
    let (account, organization) = large(25_000);
    let id = account.edit(|data| data.passwords().find(|row| row.vault_id.is_none()).unwrap().id);
    // The ten pages after the first do not come back before the value has.
    account.set_fault(Fault::Slow(Duration::from_mins(10)).after(1).times(10)).unwrap();
    let client = builder(&account, Duration::from_mins(15)).build().unwrap();
    let scoped = client.organization(organization);
    let list = scoped.passwords();
    let value = async {
        while account.requests().len() < 11 {
            tokio::task::yield_now().await;
        }
        scoped.password_value(PasswordId::new(id)).await.map(drop)
    };
    tokio::select! {
        biased;
        rows = list.all() => panic!("the list came first: {}", rows.is_ok()),
        value = value => assert_eq!(value, Ok(())),
    }
}

#[tokio::test]
async fn pages_too_large_for_the_gateway_come_in_halves_and_whole() {
    for status in [502, 504] {
        let (account, organization) = large(4_700);
        account.set_fault(Fault::TooLarge { above: 250, status }).unwrap();
        let client = client(&account);
        let rows = client.organization(organization).passwords().all().await.unwrap();
        let ids: HashSet<_> = rows.iter().map(|row| row.id).collect();
        assert_eq!((rows.len(), ids.len()), (4_700, 4_700));
        assert_eq!(account.requests().len(), 2 + 19, "1,000 and 500 in vain, then 250 each");
    }
}

#[tokio::test]
async fn a_page_that_fails_half_way_is_halved_and_the_rest_with_it() {
    let (account, organization) = large(5_000);
    account.set_fault(Fault::ServerError(504).on_page(3).times(1)).unwrap();
    let client = client(&account);
    let rows = client.organization(organization).passwords().all().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<HashSet<_>>().len(), 5_000);
}

#[tokio::test]
async fn rows_that_come_twice_are_handed_over_once() {
    let (account, organization) = large(3_000);
    account.set_fault(Fault::DuplicateRows { by: 7 }).unwrap();
    let client = client(&account);
    let rows = client.organization(organization).passwords().all().await.unwrap();
    let ids: HashSet<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(rows.len(), ids.len());
    assert!(account.requests().len() >= 3 && rows.len() > 2_900, "{} rows", rows.len());
}

#[tokio::test]
async fn lists_that_never_end_are_ended() {
    let (account, organization) = large(3_000);
    let client = client(&account);
    let list = || async { client.organization(organization).passwords().all().await.map(drop) };
    account.set_fault(Fault::EndlessPages { fresh: false }).unwrap();
    let repeated = list().await;
    assert!(matches!(repeated, Err(Error::Paging(PagingFault::Repeated { .. }))), "{repeated:?}");
    account.set_fault(Fault::SamePage).unwrap();
    let same = list().await;
    assert!(matches!(same, Err(Error::Paging(PagingFault::WrongPage { .. }))), "{same:?}");
}

#[tokio::test]
async fn a_filter_without_alternatives_lets_nothing_pass_and_asks_nothing() {
    let (account, organization) = large(300);
    let nothing = PasswordFilter::Id(Vec::new().into());
    let client = client(&account);
    let rows = client.organization(organization).passwords().filter(&nothing).all().await;
    assert_eq!((rows.unwrap().len(), account.requests().len()), (0, 0));
}

#[tokio::test]
async fn a_list_of_nothing_is_empty() {
    let account = account();
    let client = client(&account);
    let nobody = itglue::OrganizationFilter::Name("nobody".into());
    let listed = client.organizations().filter(&nobody).each(&mut |_| {}).await;
    assert_eq!(listed, Ok(Listed { rows: 0, total_count: 0 }));
}

#[tokio::test]
async fn filters_and_orders_are_the_apis() {
    let (account, organization) = large(300);
    let client = client(&account);
    let archived = PasswordFilter::Archived(true);
    let list = client.organization(organization).passwords().filter(&archived);
    let rows = list.sort_descending(PasswordSort::Username).all().await.unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.attributes.archived == Some(true)));
    let seen = account.requests().pop().unwrap();
    assert_eq!(seen.param("filter[archived]"), Some("true"));
    assert_eq!(seen.param("sort"), Some("-username"));
    assert_eq!(seen.ignored_filters, Vec::<String>::new());
}

#[tokio::test]
async fn pages_are_never_larger_than_a_server_may_refuse() {
    let (account, organization) = large(2_000);
    account.switch(|switches| switches.large_pages = LargePages::Refused);
    let client = client(&account);
    let rows = client.organization(organization).passwords().all().await;
    assert_eq!(rows.unwrap().len(), 2_000);
}
