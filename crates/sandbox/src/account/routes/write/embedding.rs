//! What a password is embedded in: written as `Configuration`, read back as `configurations`.

use serde_json::Value;

use super::{Fields, passwords::must_exist};
use crate::account::{
    data::{AccountData, PasswordRow, Record, Resource},
    kind::Kind,
    problem::Problem,
};

/// As written, the kind, and as read back.
const TYPES: [(&str, Kind, &str); 6] = [
    ("Configuration", Kind::Configurations, "configurations"),
    ("Contact", Kind::Contacts, "contacts"),
    ("Document", Kind::Documents, "documents"),
    ("Domain", Kind::Domains, "domains"),
    ("Location", Kind::Locations, "locations"),
    ("Flexible Asset", Kind::FlexibleAssets, "flexible-asset-traits"),
];

/// Embeds it in what was sent, or in nothing if that is null.
pub(super) fn apply(
    fields: &Fields,
    row: &mut PasswordRow,
    data: &AccountData,
) -> Result<(), Problem> {
    if fields.get("resource-id").is_some() {
        row.resource = match fields.id("resource-id")? {
            None => None,
            Some(id) => Some(resource(fields, (id, row.organization_id), data)?),
        };
    }
    Ok(())
}

fn resource(
    fields: &Fields,
    (id, organization): (u64, u64),
    data: &AccountData,
) -> Result<Resource, Problem> {
    let named = fields.get("resource-type").and_then(Value::as_str);
    let known = TYPES.into_iter().find(|(written, ..)| named == Some(written));
    let (written, kind, read) =
        known.ok_or_else(|| Problem::attribute("resource-type", "is not included in the list"))?;
    let found = data.record(kind, id).filter(|found| found.organization_id == Some(organization));
    let found = found.ok_or_else(|| must_exist("resource"))?;
    let kind_name = kind_name(found).unwrap_or(written).to_owned();
    Ok(Resource { id, kind: read.to_owned(), kind_name, name: found.name().to_owned() })
}

/// What people call it, where that depends on the record.
fn kind_name(found: &Record) -> Option<&str> {
    let of_device = found.attribute("configuration-type-name").as_str();
    of_device.or_else(|| found.attribute("flexible-asset-type-name").as_str())
}
