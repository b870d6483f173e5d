use serde_json::{Value, json};

use super::http::{account, ask, count, get, ids, reply};

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
fn an_empty_list_has_no_pages() {
    let account = account();
    let body = ask(&account, "/organizations?filter[name]=nobody");
    assert_eq!(body["meta"]["total-pages"], 0);
    assert_eq!(body["meta"]["current-page"], 1);
    assert_eq!(body["links"], json!({}));
}

#[test]
fn only_lists_of_several_pages_have_links() {
    let account = account();
    assert_eq!(ask(&account, "/organizations")["links"], json!({}));
    let links = ask(&account, "/organizations?page[size]=20")["links"].clone();
    assert!(links["next"].as_str().unwrap().contains("page%5Bnumber%5D=2"));
    assert!(links["next"].as_str().unwrap().starts_with("https://api.itglue.invalid/"));
    assert_eq!(links.get("prev"), None);
}

#[test]
fn a_list_can_be_sorted_both_ways_and_in_both_spellings() {
    let account = account();
    let by = |sort: &str| ids(&account, &format!("/passwords?page[size]=1000&sort={sort}"));
    let mut backwards = by("-id");
    assert_eq!(backwards[0], "7503000");
    backwards.reverse();
    assert_eq!(by("id")[..5], ["7500001", "7500002", "7500003", "7500004", "7500005"]);
    assert_eq!(by("updated_at"), by("updated-at"));
    assert_ne!(by("updated_at"), by("id"));
    let names: Vec<String> = ask(&account, "/passwords?page[size]=1000&sort=name")["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["attributes"]["name"].as_str().unwrap().to_lowercase())
        .collect();
    assert!(names.is_sorted() && names.first() != names.last());
}

#[test]
fn a_change_is_in_the_next_answer() {
    let account = account();
    let first = |path: &str| ask(&account, path)["data"][0]["attributes"]["name"].clone();
    let newest = "/passwords?page[size]=1&sort=-updated_at";
    let before = first(newest);
    let id = account.edit(|data| data.passwords().nth(70).unwrap().id);
    account.edit(|data| data.change(id, |row| row.name = "Changed".to_owned())).unwrap();
    assert_ne!(before, "Changed");
    assert_eq!(first(newest), "Changed");
    account.edit(|data| data.delete(id)).unwrap();
    assert_eq!((first(newest), count(&account, "/passwords")), (before, 2_999));
}

#[test]
fn the_same_page_is_the_same_bytes() {
    let account = account();
    let body = || reply(&account, "/passwords?page[size]=1000&sort=name").body;
    assert_eq!(body(), body());
    assert!(body().len() > 500_000);
}
