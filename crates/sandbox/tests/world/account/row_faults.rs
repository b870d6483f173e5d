//! Rows that are not what was asked for, or hard to read.

use usher_sandbox::account::{Fault, RunningAccount};

use super::http::{account, ask, reply, rows};

/// The nested list of the first organization, and the path of its first password.
fn paths(account: &RunningAccount) -> (u64, String, String) {
    account.edit(|data| {
        let row = data.passwords().find(|row| row.vault_id.is_none()).unwrap();
        let list = format!("/organizations/{}/relationships/passwords", row.organization_id);
        (row.organization_id, list, format!("/passwords/{}?show_password=true", row.id))
    })
}

fn text(account: &RunningAccount, path: &str) -> String {
    String::from_utf8(reply(account, path).body).unwrap()
}

#[test]
fn a_row_of_another_organization_is_put_in() {
    let account = account();
    let (own, list, show) = paths(&account);
    account.set_fault(Fault::ForeignRow).unwrap();
    let found = rows(&account, &list);
    assert_ne!(found[0]["attributes"]["organization-id"], own);
    assert_eq!(found[1]["attributes"]["organization-id"], own);
    assert_ne!(ask(&account, &show)["data"]["attributes"]["organization-id"], own);
    account.set_fault(Fault::ForeignRow.on_page(2)).unwrap();
    assert_eq!(rows(&account, &list)[0]["attributes"]["organization-id"], own);
}

#[test]
fn a_show_has_another_id_or_type() {
    let account = account();
    let (_, _, show) = paths(&account);
    let right = ask(&account, &show)["data"].clone();
    account.set_fault(Fault::WrongId).unwrap();
    let wrong = ask(&account, &show)["data"].clone();
    assert_ne!(wrong["id"], right["id"]);
    assert_eq!(wrong["attributes"], right["attributes"]);
    account.set_fault(Fault::WrongType).unwrap();
    assert_eq!(ask(&account, &show)["data"]["type"], "tickets");
}

#[test]
fn json_can_be_deep_and_texts_huge() {
    let account = account();
    let (_, list, show) = paths(&account);
    account.set_fault(Fault::DeepJson { depth: 5_000 }).unwrap();
    for path in [&list, &show] {
        let text = text(&account, path);
        assert!(text.contains(&format!("{}{}", "[".repeat(5_000), "]".repeat(5_000))), "{path}");
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_err(), "too deep for most");
    }
    account.set_fault(Fault::HugeText { bytes: 2_000_000 }).unwrap();
    let notes = rows(&account, &list)[0]["attributes"]["notes"].clone();
    assert_eq!(notes.as_str().map(str::len), Some(2_000_000));
}

#[test]
fn a_member_can_be_there_twice() {
    let account = account();
    let (_, list, show) = paths(&account);
    let row = |path: &str| {
        let text = text(&account, path);
        text.split_once(r#""relationships""#).unwrap().0.to_owned()
    };
    let times = |path: &str, member: &str| row(path).matches(member).count();
    assert_eq!((times(&list, r#""id":"#), times(&show, r#""password":"#)), (1, 1));
    account.set_fault(Fault::Twice("id")).unwrap();
    assert_eq!((times(&list, r#""id":"#), times(&show, r#""id":"#)), (2, 2));
    account.set_fault(Fault::Twice("password")).unwrap();
    assert_eq!((times(&list, r#""password":"#), times(&show, r#""password":"#)), (2, 2));
}

#[test]
fn an_attribute_can_be_of_the_wrong_sort() {
    let account = account();
    let (_, list, _) = paths(&account);
    account.set_fault(Fault::Attribute { name: "name", json: "[5]" }).unwrap();
    let found = rows(&account, &list);
    assert_eq!(found[0]["attributes"]["name"], serde_json::json!([5]));
    assert!(found[1]["attributes"]["name"].is_string());
}

#[test]
fn a_list_can_carry_values_though_it_should_not() {
    let account = account();
    let (_, list, _) = paths(&account);
    account.set_fault(Fault::ValuesInList).unwrap();
    let row = rows(&account, &list)[0].clone();
    let id = row["id"].as_str().unwrap().parse().unwrap();
    let value = account.edit(|data| data.password(id).unwrap().value.clone());
    assert_eq!(row["attributes"]["password"], value);
}
