//! Creating, changing and publishing documents. What they say goes through their sections.

use serde_json::{Value, json};

use super::{Change, Deed, Fields, answer, organization, passwords::must_exist};
use crate::account::{
    answer::Answer,
    data::{AccountData, Record},
    inside::Inside,
    kind::Kind,
    problem::Problem,
};

pub(super) fn write(inside: &mut Inside, change: &Change<'_>) -> Result<Answer, Problem> {
    let id = match change.target.deed {
        Deed::Create => create(inside, change)?,
        Deed::Publish => {
            inside.data.publish(change.target.id).map_err(|_| Problem::not_found())?;
            change.target.id
        }
        Deed::List | Deed::Show | Deed::Change => alter(inside, change)?,
    };
    answer(inside, change, id)
}

fn create(inside: &mut Inside, change: &Change<'_>) -> Result<u64, Problem> {
    let organization = organization(inside, change)?;
    let mut facts = json!({
        "content": "",
        "published-at": null,
        "archived": false,
        "public": false,
        "restricted": false,
        "my-glue": false,
        "name": "",
        "document-folder-id": null,
    });
    apply(&change.fields, &mut facts, (organization, &inside.data))?;
    let made = inside.data.add_record(Kind::Documents, Some(organization), facts);
    made.map_err(|_| Problem::no_organization())
}

fn alter(inside: &mut Inside, change: &Change<'_>) -> Result<u64, Problem> {
    let id = change.target.id;
    let document = inside.data.record(Kind::Documents, id).ok_or_else(Problem::not_found)?;
    let organization = document.organization_id.unwrap_or_default();
    let mut facts = Value::Object(document.attributes.clone());
    apply(&change.fields, &mut facts, (organization, &inside.data))?;
    let set = |record: &mut Record| {
        record.attributes = facts.as_object().cloned().unwrap_or_default();
    };
    inside.data.change_record(Kind::Documents, id, set).map_err(|_| Problem::not_found())?;
    Ok(id)
}

fn apply(
    fields: &Fields,
    facts: &mut Value,
    (organization, data): (u64, &AccountData),
) -> Result<(), Problem> {
    let known = facts.get("name").and_then(Value::as_str);
    let mut name = known.unwrap_or_default().to_owned();
    fields.required("name", &mut name)?;
    let folder = match fields.get("document-folder-id") {
        None => facts.get("document-folder-id").cloned().unwrap_or_default(),
        Some(_) => folder(fields, (organization, data))?,
    };
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("name".to_owned(), name.into());
        facts.insert("document-folder-id".to_owned(), folder);
    }
    Ok(())
}

/// A folder that some document of the organization lies in: folders have no route of their own.
fn folder(fields: &Fields, (organization, data): (u64, &AccountData)) -> Result<Value, Problem> {
    let wanted = fields.id("document-folder-id")?.map_or(Value::Null, Value::from);
    let own = |record: &Record| record.organization_id == Some(organization);
    let mut documents = data.records(Kind::Documents).filter(|record| own(record));
    let known = documents.any(|record| *record.attribute("document-folder-id") == wanted);
    if known || wanted.is_null() { Ok(wanted) } else { Err(must_exist("document-folder")) }
}
