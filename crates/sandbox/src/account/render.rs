//! JSON:API bodies: kebab-case attributes, ids as text, foreign ids as numbers.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::data::{AccountData, OrganizationRow, PasswordRow};

/// A host that does not exist: a client that follows links of an answer fails at once.
const LINKS: &str = "https://api.itglue.invalid";

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

pub(crate) fn organization(row: &OrganizationRow) -> Value {
    let status = if row.active { (310_004, "Active") } else { (310_005, "Inactive") };
    json!({
        "id": row.id.to_string(),
        "type": "organizations",
        "attributes": {
            "name": row.name,
            "alert": null,
            "description": null,
            "organization-type-id": 310_001,
            "organization-type-name": "Customer",
            "organization-status-id": status.0,
            "organization-status-name": status.1,
            "my-glue-account-id": null,
            "primary": false,
            "logo": null,
            "quick-notes": null,
            "short-name": row.short_name,
            "created-at": "2019-04-02T09:15:00.000Z",
            "updated-at": "2026-09-03T14:20:11.000Z",
        },
        "relationships": {},
    })
}

pub(crate) fn category((id, name): &(u64, String)) -> Value {
    json!({
        "id": id.to_string(),
        "type": "password-categories",
        "attributes": { "name": name, "created-at": null, "updated-at": null },
    })
}

/// A record as lists give it: never with its value.
pub(crate) fn password(row: &PasswordRow, data: &AccountData) -> Value {
    let organization = data.organizations.get(&row.organization_id);
    let resource = row.resource.as_ref();
    let category = row.category.as_ref();
    let page =
        format!("https://examplemsp.itglue.invalid/{}/passwords/{}", row.organization_id, row.id);
    json!({
        "id": row.id.to_string(),
        "type": "passwords",
        "attributes": {
            "organization-id": row.organization_id,
            "organization-name": organization.map(|o| &o.name),
            "resource-url": page,
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
            "parent-url": null,
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

/// Adds the value to a shown record. A vaulted one reads as null here; what the real API gives
/// for it is not publicly known.
pub(crate) fn with_value(mut shown: Value, row: &PasswordRow) -> Value {
    let value = if row.vault_id.is_some() { Value::Null } else { row.value.clone().into() };
    if let Some(attributes) = shown.get_mut("attributes").and_then(Value::as_object_mut) {
        attributes.insert("password".to_owned(), value);
    }
    shown
}

/// One page of a list.
pub(crate) struct PageFacts<'a> {
    pub(crate) path: &'a str,
    pub(crate) number: usize,
    pub(crate) size: usize,
    pub(crate) total: usize,
}

pub(crate) fn list(rows: &[Value], facts: &PageFacts<'_>) -> Value {
    let pages = facts.total.div_ceil(facts.size.max(1));
    let next = facts.number.checked_add(1).filter(|next| *next <= pages);
    let previous = facts.number.checked_sub(1).filter(|previous| *previous > 0);
    json!({
        "data": rows,
        "meta": {
            "current-page": facts.number,
            "next-page": next,
            "prev-page": previous,
            "total-pages": pages,
            "total-count": facts.total,
            "filters": {},
        },
        "links": links(facts, next, pages),
    })
}

fn links(facts: &PageFacts<'_>, next: Option<usize>, last: usize) -> Value {
    if last < 2 {
        return json!({});
    }
    let PageFacts { path, size, .. } = facts;
    let link = |page: usize| format!("{LINKS}{path}?page%5Bnumber%5D={page}&page%5Bsize%5D={size}");
    let mut links = json!({ "self": link(facts.number), "first": link(1), "last": link(last) });
    if let (Some(next), Some(links)) = (next, links.as_object_mut()) {
        links.insert("next".to_owned(), link(next).into());
    }
    links
}

pub(crate) fn error(
    status: u16,
    title: &str,
    detail: Option<&str>,
    pointer: Option<&str>,
) -> Value {
    let mut error = json!({
        "status": status,
        "title": title,
        "source": { "pointer": pointer },
    });
    if let (Some(detail), Some(error)) = (detail, error.as_object_mut()) {
        error.insert("detail".to_owned(), detail.into());
    }
    json!({ "errors": [error] })
}
