use usher_sandbox::account::Fault;

use super::http::{account, ask, get, write};

#[test]
fn every_request_is_noted_and_unknown_ones_are_marked() {
    let account = account();
    ask(&account, "/organizations?page[size]=1");
    get(&account, &account.api_key(), "/documents");
    let seen = account.requests();
    assert_eq!((seen[0].param("page[size]"), seen[0].had_key), (Some("1"), true));
    assert_eq!((seen[0].status, seen[1].status), (200, 404));
    assert_eq!(account.unexpected_requests(), seen[1..]);
    assert_eq!(seen[1].path, "/documents");
    assert!(seen[0].arrived <= seen[1].arrived);
}

#[test]
fn parameters_that_a_route_has_not_are_unexpected() {
    let account = account();
    let id = account.edit(|data| data.passwords().next().unwrap().id);
    ask(&account, &format!("/passwords/{id}?show_password=true&include=updater"));
    ask(&account, "/passwords?include=attachments&sort=-updated_at&filter[any]=1");
    assert_eq!(account.unexpected_requests(), []);
    get(&account, &account.api_key(), "/passwords?show_password=true");
    get(&account, &account.api_key(), "/users?show_password=false");
    ask(&account, &format!("/passwords/{id}?page[size]=1"));
    ask(&account, "/users?size=1");
    ask(&account, "/organizations/2100001?show_password=true");
    let statuses: Vec<_> = account.unexpected_requests().iter().map(|r| r.status).collect();
    assert_eq!(statuses, [400, 400, 200, 200, 200]);
}

#[test]
fn a_write_is_noted_with_the_names_of_its_attributes_alone() {
    let account = account();
    let client = account.edit(|data| data.organizations().next().unwrap().id);
    let value = account.edit(|data| data.add_key(false));
    let attributes =
        serde_json::json!({ "organization_id": client, "name": "n", "password": value });
    let body = serde_json::json!({ "data": { "type": "passwords", "attributes": attributes } });
    assert_eq!(write(&account, ("POST", "/passwords"), &body).0, 201);
    let seen = account.requests();
    let mut names = seen[0].attributes.clone();
    names.sort();
    assert_eq!(names, ["name", "organization_id", "password"]);
    let text = format!("{seen:?}");
    assert!(!text.contains(&value) && !text.contains(&account.api_key()));
    assert!(text.contains("/passwords"), "the search would find something");
}

#[test]
fn requests_that_meet_a_fault_are_noted_too() {
    let account = account();
    account.set_fault(Fault::ServerError(503)).unwrap();
    get(&account, &account.api_key(), "/users");
    assert_eq!(account.requests()[0].status, 503);
    account.forget_requests();
    assert_eq!(account.requests(), []);
}
