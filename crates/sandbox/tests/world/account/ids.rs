use serde_json::Value;
use usher_sandbox::account::{AccountData, Kind, NewPassword};

use super::http::{account, ask, ids};

/// From here on a float holds only every other integer.
const FLOATS_END: u64 = 1 << 53;

#[test]
fn ids_are_text_and_foreign_ids_are_numbers() {
    let account = account();
    let row = ask(&account, "/passwords?page[size]=1")["data"][0].clone();
    assert!(row["id"].is_string());
    assert!(row["attributes"]["organization-id"].is_u64());
    assert!(row["attributes"].get("password").is_none());
}

#[test]
fn every_id_can_be_as_long_as_in_europe() {
    let account = account();
    account.edit(AccountData::lengthen_ids);
    for path in ["/organizations", "/passwords", "/configurations", "/contacts", "/users"] {
        for id in ids(&account, &format!("{path}?page[size]=1000")) {
            assert!(id.len() == 16 && id.parse::<u64>().unwrap() > FLOATS_END, "{path}: {id}");
        }
    }
    let embedded = "/passwords?filter[name]=Registrar%20%F0%9F%8C%90&page[size]=1";
    let row = ask(&account, embedded)["data"][0]["attributes"].clone();
    let long = |value: &Value| value.as_u64().unwrap() > FLOATS_END;
    assert!(long(&row["organization-id"]) && long(&row["resource-id"]));
    let resource = row["resource-id"].as_u64().unwrap();
    assert!(account.edit(|data| data.record(Kind::Domains, resource).is_some()));
}

#[test]
fn what_is_added_to_long_ids_is_long_too() {
    let account = account();
    let id = account.edit(|data| {
        data.lengthen_ids();
        let organization_id = data.add_organization("New");
        assert!(organization_id > FLOATS_END);
        data.add_password(NewPassword { organization_id, name: "n", username: "u", value: "v" })
    });
    assert!(id.unwrap() > FLOATS_END);
}
