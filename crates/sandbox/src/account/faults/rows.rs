//! Faults inside a body that is otherwise right.

use serde_json::{Map, Value};

use super::fault::Fault;
use crate::account::{answer::Answer, data::AccountData};

/// Stands for raw JSON that is put in once the body is text.
const MARK: &str = "@raw@";

/// The answer as this fault leaves it.
pub(crate) fn spoil(fault: Fault, mut answer: Answer, data: &AccountData) -> Answer {
    if answer.status >= 300 {
        return answer;
    }
    let spoilt = serde_json::from_slice(&answer.body).ok().and_then(|mut body: Value| {
        let raw = change(fault, &mut body, data)?;
        Some(body.to_string().replace(&format!(r#""{MARK}":"{MARK}""#), &raw))
    });
    if let Some(spoilt) = spoilt {
        answer.body = spoilt.into();
    }
    answer
}

/// Changes the body; what to write for the mark. `None` if this fault is of another sort.
fn change(fault: Fault, body: &mut Value, data: &AccountData) -> Option<String> {
    let none = String::new();
    match fault {
        Fault::ForeignRow => foreign(attributes(body)?, data).map(|()| none),
        Fault::WrongId => wrong_id(body).map(|()| none),
        Fault::WrongType => set(first_row(body)?, "type", "tickets".into()).map(|()| none),
        Fault::NoMeta => body.as_object_mut()?.remove("meta").map(|_| none),
        Fault::StuckPages => stuck(body).map(|()| none),
        Fault::Links { to } => links(body, to).map(|()| none),
        Fault::DeepJson { depth } => {
            mark(attributes(body)?);
            Some(format!(r#""nested":{}{}"#, "[".repeat(depth), "]".repeat(depth)))
        }
        Fault::HugeText { bytes } => {
            attributes(body)?.insert("notes".to_owned(), "x".repeat(bytes).into());
            Some(none)
        }
        Fault::Twice("id") => {
            let row = first_row(body)?.as_object_mut()?;
            mark(row);
            Some(r#""id":"1""#.to_owned())
        }
        Fault::Twice(name) => twice(attributes(body)?, name),
        Fault::Attribute { name, json } => {
            let value = serde_json::from_str(json).ok()?;
            attributes(body)?.insert(name.to_owned(), value);
            Some(none)
        }
        Fault::ValuesInList => values(body, data).map(|()| none),
        _ => None,
    }
}

/// The first row of a list, or the record shown.
fn first_row(body: &mut Value) -> Option<&mut Value> {
    let data = body.get_mut("data")?;
    if data.is_array() { data.get_mut(0) } else { Some(data) }
}

fn attributes(body: &mut Value) -> Option<&mut Map<String, Value>> {
    first_row(body)?.get_mut("attributes")?.as_object_mut()
}

fn set(object: &mut Value, name: &str, value: Value) -> Option<()> {
    object.as_object_mut()?.insert(name.to_owned(), value);
    Some(())
}

fn mark(object: &mut Map<String, Value>) {
    object.insert(MARK.to_owned(), MARK.into());
}

fn foreign(attributes: &mut Map<String, Value>, data: &AccountData) -> Option<()> {
    let own = attributes.get("organization-id")?;
    let text = own.as_str().map(str::to_owned).unwrap_or_else(|| own.to_string());
    let other = data.organizations.values().find(|other| other.id.to_string() != text)?;
    let id = if own.is_string() { other.id.to_string().into() } else { other.id.into() };
    attributes.insert("organization-id".to_owned(), id);
    attributes.insert("organization-name".to_owned(), other.name.as_str().into());
    Some(())
}

fn wrong_id(body: &mut Value) -> Option<()> {
    let shown = body.get_mut("data").filter(|data| data.is_object())?;
    let id: u64 = shown.get("id")?.as_str()?.parse().ok()?;
    set(shown, "id", id.saturating_add(1).to_string().into())
}

fn stuck(body: &mut Value) -> Option<()> {
    let meta = body.get_mut("meta")?;
    let current = meta.get("current-page")?.clone();
    set(meta, "next-page", current)
}

fn links(body: &mut Value, to: &str) -> Option<()> {
    body.get("meta")?;
    let all = ["self", "first", "prev", "next", "last"];
    let links: Map<String, Value> =
        all.into_iter().map(|name| (name.to_owned(), to.into())).collect();
    set(body, "links", links.into())
}

/// Once more if it is there, or else twice.
fn twice(attributes: &mut Map<String, Value>, name: &str) -> Option<String> {
    let once = format!(r#""{name}":"one of two""#);
    let raw = if attributes.contains_key(name) { once } else { format!("{once},{once}") };
    mark(attributes);
    Some(raw)
}

fn values(body: &mut Value, data: &AccountData) -> Option<()> {
    for row in body.get_mut("data")?.as_array_mut()? {
        let id = row.get("id")?.as_str()?.parse().ok()?;
        let value = data.password(id)?.value.as_str().into();
        set(row.get_mut("attributes")?, "password", value)?;
    }
    Some(())
}
