//! What is new since a list was last seen.

use std::collections::HashMap;

use itglue::{OrganizationId, Password, PasswordId, Record, Refresh, Timestamp};
use usher_sandbox::account::{Fault, NewPassword, RunningAccount};

use crate::{
    script::{Script, page, password},
    stand_in::{client, large},
};

type Known = HashMap<PasswordId, Option<Timestamp>>;

fn index(rows: &[Record<Password>]) -> Known {
    rows.iter().map(|row| (row.id, row.attributes.updated_at)).collect()
}

async fn refresh(account: &RunningAccount, id: OrganizationId, known: &Known) -> Refresh<Password> {
    let client = client(account);
    let passwords = client.organization(id).passwords();
    let mut recognise =
        |row: &Record<Password>| known.get(&row.id) == Some(&row.attributes.updated_at);
    passwords.refresh(&mut recognise).await.unwrap()
}

fn names(refresh: Refresh<Password>) -> Vec<String> {
    let Refresh::Changed(rows) = refresh else { panic!("in order") };
    rows.into_iter().map(|row| row.attributes.name.unwrap()).collect()
}

#[tokio::test]
async fn new_and_changed_records_come_newest_first_in_one_request() {
    let (account, organization) = large(3_000);
    let rows = client(&account).organization(organization).passwords().all().await.unwrap();
    let known = index(&rows);
    assert_eq!(names(refresh(&account, organization, &known).await), Vec::<String>::new());
    account.edit(|data| {
        let new = NewPassword {
            organization_id: organization.get(),
            name: "Made",
            username: "u",
            value: "v",
        };
        data.add_password(new).unwrap();
        data.change(rows[9].id.get(), |row| row.name = "Changed".to_owned()).unwrap();
    });
    account.forget_requests();
    assert_eq!(names(refresh(&account, organization, &known).await), ["Changed", "Made"]);
    let seen = account.requests();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].param("sort"), Some("-updated-at"));
}

#[tokio::test]
async fn a_list_in_which_everything_is_new_needs_the_full_one() {
    let (account, organization) = large(300);
    account.set_fault(Fault::EndlessPages { fresh: true }).unwrap();
    let refreshed = refresh(&account, organization, &Known::new()).await;
    assert_eq!(refreshed, Refresh::FullListNeeded);
    assert!(account.requests().len() <= 25);
}

/// A list of these ids and times, and what a refresh finds that knows the records below 10.
async fn scripted(rows: &[(u64, &str)]) -> Refresh<Password> {
    let row = |(id, at): &(u64, &str)| password(*id, 7, &format!(r#","updated-at":{at}"#));
    let script = Script::play(vec![page(1, None, &rows.iter().map(row).collect::<Vec<_>>())]).await;
    let client = script.client();
    let passwords = client.organization(OrganizationId::new(7)).passwords();
    let refreshed = passwords.refresh(&mut |row| row.id.get() < 10).await.unwrap();
    script.finish();
    refreshed
}

const NEW: &str = r#""2030-01-02T00:00:00Z""#;
const OLD: &str = r#""2030-01-01T00:00:00Z""#;

#[tokio::test]
async fn records_of_the_same_moment_as_a_known_one_are_found() {
    let found = scripted(&[(11, NEW), (1, NEW), (12, NEW), (2, OLD), (13, OLD)]).await;
    assert_eq!(names(found), ["n11", "n12"], "and none that is older than a known one");
}

#[tokio::test]
async fn a_record_without_a_time_ends_nothing() {
    let found = scripted(&[(1, "null"), (11, "null"), (12, NEW), (2, OLD)]).await;
    assert_eq!(names(found), ["n11", "n12"]);
}

#[tokio::test]
async fn a_list_that_is_not_in_order_needs_the_full_one() {
    assert_eq!(scripted(&[(11, OLD), (12, NEW)]).await, Refresh::FullListNeeded);
}
