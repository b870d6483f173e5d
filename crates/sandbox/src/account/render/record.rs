//! Records of the other kinds.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{SITE, organization_id, time};
use crate::account::{
    data::{AccountData, Record},
    kind::Kind,
    switches::Switches,
};

/// The organization of a record, or the document of a section.
pub(super) fn parent(record: &Record) -> Option<u64> {
    record.organization_id.or_else(|| record.attribute("document-id").as_u64())
}

pub(super) fn resource(
    kind: Kind,
    record: &Record,
    data: &AccountData,
    switches: &Switches,
) -> Value {
    let mut attributes = record.attributes.clone();
    if let Some(id) = record.organization_id {
        let name = data.organizations.get(&id).map(|organization| organization.name.as_str());
        attributes.insert("organization-id".to_owned(), organization_id(id, switches));
        attributes.insert("organization-name".to_owned(), name.into());
        let url = format!("{SITE}/{id}/{}/{}", page(kind), record.id);
        attributes.insert("resource-url".to_owned(), url.into());
    }
    attributes.insert("created-at".to_owned(), time(record.created_at).into());
    attributes.insert("updated-at".to_owned(), time(record.updated_at).into());
    envelope(kind, record.id, &attributes)
}

fn envelope(kind: Kind, id: u64, attributes: &Map<String, Value>) -> Value {
    json!({
        "id": id.to_string(),
        "type": kind.place().type_name,
        "attributes": attributes,
        "relationships": {},
    })
}

/// What the record's own page is called in the browser.
fn page(kind: Kind) -> &'static str {
    if kind == Kind::Documents {
        "docs"
    } else if kind == Kind::FlexibleAssets {
        "assets"
    } else {
        kind.place().path
    }
}

/// The categories there are, and those that passwords merely name.
pub(super) fn categories(data: &AccountData) -> BTreeMap<u64, Value> {
    let kind = Kind::PasswordCategories;
    let named = data.passwords().filter_map(|row| row.category.as_ref()).map(|(id, name)| {
        let facts = json!({ "name": name, "created-at": null, "updated-at": null });
        (*id, facts.as_object().cloned().unwrap_or_default())
    });
    let mut found: BTreeMap<u64, Map<String, Value>> = named.collect();
    for record in data.records(kind) {
        let mut facts = record.attributes.clone();
        facts.insert("created-at".to_owned(), time(record.created_at).into());
        facts.insert("updated-at".to_owned(), time(record.updated_at).into());
        found.insert(record.id, facts);
    }
    found.into_iter().map(|(id, facts)| (id, envelope(kind, id, &facts))).collect()
}
