//! An organization.

use serde_json::{Value, json};

use crate::account::data::OrganizationRow;

pub(super) fn resource(row: &OrganizationRow) -> Value {
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
