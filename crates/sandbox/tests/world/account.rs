use std::{
    collections::HashSet,
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::Value;
use usher_sandbox::account::{Account, AccountData, Fault, RunningAccount};

/// Status and body of a GET, over a bare connection.
fn get(account: &RunningAccount, key: &str, path: &str) -> (u16, Value) {
    let address = account.base_url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nx-api-key: {key}\r\n");
    write!(stream, "{head}connection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap())
}

fn ask(account: &RunningAccount, path: &str) -> Value {
    let (status, body) = get(account, &account.api_key(), path);
    assert_eq!(status, 200, "{path}: {body}");
    body
}

fn account() -> RunningAccount {
    Account::start(Account::seeded(1)).unwrap()
}

fn all(data: &AccountData) -> Vec<(u64, u64, String, String)> {
    let row = |p: &usher_sandbox::account::PasswordRow| {
        (p.id, p.organization_id, p.name.clone(), p.value.clone())
    };
    data.passwords().map(row).collect()
}

#[test]
fn a_seed_gives_the_same_records_and_another_seed_others() {
    let data = Account::seeded(5);
    assert_eq!(all(&data), all(&Account::seeded(5)));
    assert_ne!(all(&data), all(&Account::seeded(6)));
    assert_eq!((data.organizations().count(), data.passwords().count()), (40, 3_000));
    let values: HashSet<_> = data.passwords().map(|p| &p.value).collect();
    assert_eq!(values.len(), 3_000);
}

#[test]
fn every_kind_of_record_occurs() {
    let data = Account::seeded(5);
    let some = |test: fn(&usher_sandbox::account::PasswordRow) -> bool| data.passwords().any(test);
    assert!(some(|p| p.archived));
    assert!(some(|p| p.restricted));
    assert!(some(|p| p.personal));
    assert!(some(|p| p.otp_enabled));
    assert!(some(|p| p.vault_id.is_some()));
    assert!(some(|p| p.username.is_none()));
    assert!(some(|p| p.category.is_none()));
    assert!(some(|p| p.resource.is_some()));
    assert!(some(|p| !p.name.is_ascii()));
    assert!(data.organizations().any(|o| o.id > 1 << 53));
}

#[test]
fn an_unknown_key_gets_the_gateways_403() {
    let account = account();
    let (status, body) = get(&account, "ITG.unknown", "/organizations");
    assert_eq!((status, body.to_string().as_str()), (403, r#"{"message":"Forbidden"}"#));
    let limited = account.api_key_without_password_access();
    assert_eq!(get(&account, &limited, "/organizations").0, 200);
}

#[test]
fn lists_have_fifty_rows_by_default_and_a_thousand_at_most() {
    let account = account();
    let length = |path| ask(&account, path)["data"].as_array().unwrap().len();
    assert_eq!(length("/passwords"), 50);
    assert_eq!(length("/passwords?page%5Bsize%5D=5000"), 1_000);
    assert_eq!(length("/passwords?page%5Bsize%5D=1000&page%5Bnumber%5D=4"), 0);
    let meta = ask(&account, "/passwords?page[size]=1000&page[number]=3")["meta"].clone();
    assert_eq!((meta["next-page"].clone(), meta["prev-page"].clone()), (Value::Null, 2.into()));
    assert_eq!(
        (meta["total-pages"].clone(), meta["total-count"].clone()),
        (3.into(), 3_000.into())
    );
}

#[test]
fn ids_are_text_and_foreign_ids_are_numbers() {
    let account = account();
    let row = ask(&account, "/passwords?page[size]=1")["data"][0].clone();
    assert!(row["id"].is_string());
    assert!(row["attributes"]["organization-id"].is_u64());
    assert!(row["attributes"].get("password").is_none());
}

#[test]
fn names_are_filtered_exactly_and_unknown_filters_are_ignored() {
    let account = account();
    let count = |path: &str| ask(&account, path)["meta"]["total-count"].as_u64().unwrap();
    assert_eq!(count("/organizations?filter[name]=Fourth%20Coffee"), 1);
    assert_eq!(count("/organizations?filter[name]=Fourth"), 0);
    assert_eq!(count("/organizations?filter[name]=Fourth%20Coffee,Trey%20Research"), 2);
    assert_eq!(count("/organizations?filter[name]=Humongous%20Insurance%5C,%20Inc."), 1);
    assert_eq!(count("/organizations?filter[no_such]=x"), 40);
    let archived = count("/passwords?filter[archived]=true");
    assert_eq!(archived + count("/passwords?filter[archived]=false"), count("/passwords"));
}

#[test]
fn an_empty_list_has_no_pages() {
    let account = account();
    let body = ask(&account, "/organizations?filter[name]=nobody");
    assert_eq!(body["meta"]["total-pages"], 0);
    assert_eq!(body["meta"]["current-page"], 1);
    assert_eq!(body["links"], serde_json::json!({}));
}

#[test]
fn a_value_is_shown_as_the_key_and_the_parameter_say() {
    let account = account();
    let plain = |data: &mut AccountData| {
        data.passwords().find(|p| p.vault_id.is_none()).map(|p| (p.id, p.value.clone())).unwrap()
    };
    let (id, value) = account.edit(plain);
    let shown = |wish: &str| {
        ask(&account, &format!("/passwords/{id}{wish}"))["data"]["attributes"]["password"].clone()
    };
    assert_eq!(shown("?show_password=true"), value.as_str());
    assert_eq!(shown(""), value.as_str());
    assert_eq!(shown("?show_password=False"), value.as_str());
    assert_eq!(shown("?show_password=false"), Value::Null);

    let limited = account.api_key_without_password_access();
    let path = format!("/passwords/{id}");
    let (status, body) = get(&account, &limited, &format!("{path}?show_password=true"));
    assert_eq!((status, body["errors"][0]["status"].as_u64()), (401, Some(401)));
    let (status, body) = get(&account, &limited, &path);
    assert_eq!((status, body["data"]["attributes"].get("password")), (200, None));
}

#[test]
fn a_nested_record_is_found_only_under_its_organization() {
    let account = account();
    let (id, own, other) = account.edit(|data| {
        let row = data.passwords().next().unwrap();
        let other = data.organizations().find(|o| o.id != row.organization_id).unwrap().id;
        (row.id, row.organization_id, other)
    });
    let key = account.api_key();
    let nested = |org| format!("/organizations/{org}/relationships/passwords/{id}");
    assert_eq!(get(&account, &key, &nested(own)).0, 200);
    let (status, body) = get(&account, &key, &nested(other));
    assert_eq!((status, body["errors"][0]["title"].as_str()), (404, Some("Record not found")));
}

#[test]
fn every_request_is_noted_and_unknown_ones_are_marked() {
    let account = account();
    ask(&account, "/organizations?page[size]=1");
    get(&account, &account.api_key(), "/documents");
    let seen = account.requests();
    assert_eq!((seen[0].param("page[size]"), seen[0].had_key), (Some("1"), true));
    assert_eq!(account.unexpected_requests(), seen[1..]);
    assert_eq!(seen[1].path, "/documents");
}

#[test]
fn a_rate_limit_names_its_wait_if_told_to() {
    let account = account();
    account.set_fault(Fault::RateLimited { retry_after: Some(5) }).unwrap();
    assert_eq!(get(&account, &account.api_key(), "/organizations").0, 429);
    account.clear_fault().unwrap();
    assert_eq!(get(&account, &account.api_key(), "/organizations").0, 200);
}

#[test]
fn an_account_that_is_down_refuses_connections_and_comes_back_where_it_was() {
    let account = account();
    let address = account.base_url().replace("http://", "");
    account.set_fault(Fault::Down).unwrap();
    assert!(TcpStream::connect(&address).is_err());
    account.clear_fault().unwrap();
    assert_eq!(get(&account, &account.api_key(), "/organizations").0, 200);
    drop(account);
    assert!(TcpStream::connect(&address).is_err());
}
