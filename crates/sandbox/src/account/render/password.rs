//! A password, with and without its value.

use serde_json::{Value, json};

use super::{SITE, organization_id, time};
use crate::account::{
    data::{AccountData, PasswordRow, Resource},
    switches::{Switches, VaultedValue},
};

/// A record as lists give it: never with its value.
pub(crate) fn in_list(row: &PasswordRow, data: &AccountData, switches: &Switches) -> Value {
    let organization = data.organizations.get(&row.organization_id);
    let resource = row.resource.as_ref();
    let category = row.category.as_ref();
    json!({
        "id": row.id.to_string(),
        "type": "passwords",
        "attributes": {
            "organization-id": organization_id(row.organization_id, switches),
            "organization-name": organization.map(|o| &o.name),
            "resource-url": format!("{SITE}/{}/passwords/{}", row.organization_id, row.id),
            "restricted": row.restricted,
            "my-glue": false,
            "name": row.name,
            "autofill-selectors": null,
            "username": row.username,
            "url": row.url,
            "notes": row.notes,
            "password-updated-at": time(row.password_updated_at),
            "updated-by": null,
            "updated-by-type": "User",
            "resource-id": resource.map(|r| r.id),
            "resource-type": resource.map(|r| &r.kind),
            "cached-resource-type-name": resource.map(|r| &r.kind_name),
            "cached-resource-name": resource.map(|r| &r.name),
            "parent-url": resource.map(|r| parent_url(row, r)),
            "password-category-id": category.map(|c| c.0),
            "password-category-name": category.map(|c| &c.1),
            "password-folder-id": row.folder_id,
            "otp-enabled": row.otp_enabled,
            "vault-id": row.vault_id,
            "archived": row.archived,
            "personal": row.personal,
            "is-live": true,
            "rotation-permitted": false,
            "created-at": "2021-02-11T10:00:00.000Z",
            "updated-at": time(row.updated_at),
        },
        "relationships": {},
    })
}

fn parent_url(row: &PasswordRow, resource: &Resource) -> String {
    let folder = match resource.kind.as_str() {
        "flexible-asset-traits" => "assets",
        other => other,
    };
    format!("{SITE}/{}/{folder}/{}", row.organization_id, resource.id)
}

/// A record as it is shown, with its value. What a vaulted one shows is a switch.
pub(crate) fn shown(row: &PasswordRow, data: &AccountData, switches: &Switches) -> Value {
    let mut shown = in_list(row, data, switches);
    let value = match (row.vault_id, switches.vaulted_value) {
        (None, _) => Some(Value::from(row.value.as_str())),
        (Some(_), VaultedValue::Null) => Some(Value::Null),
        (Some(_), VaultedValue::Ciphertext) => Some(ciphertext(&row.value).into()),
        (Some(_), VaultedValue::Absent) => None,
    };
    let attributes = shown.get_mut("attributes").and_then(Value::as_object_mut);
    if let (Some(attributes), Some(value)) = (attributes, value) {
        attributes.insert("password".to_owned(), value);
    }
    shown
}

/// Looks encrypted; nothing can be made of it.
fn ciphertext(value: &str) -> String {
    value
        .bytes()
        .rev()
        .fold("v1:".to_owned(), |text, byte| text + &format!("{:02x}", byte.wrapping_mul(37)))
}
