//! Creating and changing the sections of a document.

use serde_json::{Map, Value, json};

use super::super::target::Under;
use super::{Change, Deed, Fields, answer};
use crate::account::{answer::Answer, inside::Inside, kind::Kind, problem::Problem};

const TYPES: [&str; 4] =
    ["Document::Text", "Document::Heading", "Document::Gallery", "Document::Step"];

/// What may be set; the type of a section stays.
const SETTABLE: [&str; 4] = ["content", "level", "duration", "sort"];

pub(super) fn write(inside: &mut Inside, change: &Change<'_>) -> Result<Answer, Problem> {
    let Under::Document(document) = change.target.under else {
        return Err(Problem::not_found());
    };
    inside.data.record(Kind::Documents, document).ok_or_else(Problem::not_found)?;
    let id = if change.target.deed == Deed::Create {
        create(inside, &change.fields, document)?
    } else {
        alter(inside, change, document)?
    };
    inside.data.compose(document);
    answer(inside, change, id)
}

fn create(inside: &mut Inside, fields: &Fields, document: u64) -> Result<u64, Problem> {
    let given = fields.get("resource-type").and_then(Value::as_str);
    let kind = given.ok_or_else(Problem::missing_resource_type)?;
    if !TYPES.contains(&kind) {
        return Err(Problem::attribute("resource-type", "is not included in the list"));
    }
    let sections = inside.data.sections(document);
    let sorts = sections.iter().filter_map(|section| section.attribute("sort").as_u64());
    let last = sorts.max().unwrap_or_default();
    let mut facts = json!({
        "document-id": document,
        "resource-type": kind,
        "resource-id": document.saturating_mul(10).saturating_add(last).saturating_add(1),
        "sort": last.saturating_add(1),
        "level": null,
        "duration": null,
        "content": null,
        "rendered-content": null,
    });
    if let Some(facts) = facts.as_object_mut() {
        apply(fields, facts);
    }
    inside.data.add_record(Kind::Sections, None, facts).map_err(|_| Problem::not_found())
}

fn alter(inside: &mut Inside, change: &Change<'_>, document: u64) -> Result<u64, Problem> {
    let id = change.target.id;
    let section = inside.data.record(Kind::Sections, id);
    let own = section.filter(|section| section.attribute("document-id") == document);
    own.ok_or_else(Problem::not_found)?;
    let set = |record: &mut crate::account::Record| apply(&change.fields, &mut record.attributes);
    inside.data.change_record(Kind::Sections, id, set).map_err(|_| Problem::not_found())?;
    Ok(id)
}

fn apply(fields: &Fields, facts: &mut Map<String, Value>) {
    for name in SETTABLE {
        if let Some(value) = fields.get(name) {
            facts.insert(name.to_owned(), value.clone());
        }
    }
    let content = facts.get("content").cloned().unwrap_or_default();
    facts.insert("rendered-content".to_owned(), content);
}
