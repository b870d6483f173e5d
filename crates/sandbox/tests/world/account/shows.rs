use serde_json::Value;
use usher_sandbox::account::AccountData;

use super::http::{account, ask, get};

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
