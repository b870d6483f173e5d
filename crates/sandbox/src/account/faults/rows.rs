//! Faults inside a body that is otherwise right.

use serde_json::{Map, Value};

use super::fault::Fault;
use crate::account::{answer::Answer, data::AccountData};

/// Stands for raw JSON that is put in once the body is text.
const MARK: &str = "@raw@";

/// The answer as this fault leaves it.
pub(crate) fn spoil(fault: Option<Fault>, mut answer: Answer, data: &AccountData) -> Answer {
    if fault.is_none() || answer.status >= 300 {
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
fn change(fault: Option<Fault>, body: &mut Value, data: &AccountData) -> Option<String> {
    let changed = match fault {
        Some(Fault::ForeignRow) => foreign(attributes(body)?, data),
        Some(Fault::WrongId) => wrong_id(body),
        Some(Fault::WrongType) => set(first_row(body)?, "type", "tickets".into()),
        Some(Fault::NoMeta) => body.as_object_mut()?.remove("meta").map(drop),
        Some(Fault::StuckPages) => stuck(body),
        Some(Fault::Links { to }) => links(body, to),
        Some(Fault::HugeText { bytes }) => {
            set(attributes(body)?, "notes", "x".repeat(bytes).into())
        }
        Some(Fault::Attribute { name, json }) => {
            set(attributes(body)?, name, serde_json::from_str(json).ok()?)
        }
        Some(Fault::ValuesInList) => values(body, data),
        _ => return put_in(fault, body),
    };
    changed.map(|()| String::new())
}

/// For what no JSON value can be: the raw text that the mark stands for.
fn put_in(fault: Option<Fault>, body: &mut Value) -> Option<String> {
    let (object, raw) = match fault {
        Some(Fault::DeepJson { depth }) => {
            let nested = format!(r#""nested":{}{}"#, "[".repeat(depth), "]".repeat(depth));
            (attributes(body)?, nested)
        }
        Some(Fault::Twice("id")) => (first_row(body)?, r#""id":"1""#.to_owned()),
        Some(Fault::Twice(name)) => {
            let attributes = attributes(body)?;
            let raw = again(attributes, name);
            (attributes, raw)
        }
        _ => return None,
    };
    set(object, MARK, MARK.into())?;
    Some(raw)
}

/// A member once more if it is there, or else twice.
fn again(attributes: &Value, name: &str) -> String {
    let once = format!(r#""{name}":"one of two""#);
    if attributes.get(name).is_some() { once } else { format!("{once},{once}") }
}

/// The first row of a list, or the record shown.
fn first_row(body: &mut Value) -> Option<&mut Value> {
    let data = body.get_mut("data")?;
    if data.is_array() { data.get_mut(0) } else { Some(data) }
}

/// Its attributes.
fn attributes(body: &mut Value) -> Option<&mut Value> {
    first_row(body)?.get_mut("attributes")
}

fn set(object: &mut Value, name: &str, value: Value) -> Option<()> {
    object.as_object_mut()?.insert(name.to_owned(), value);
    Some(())
}

fn foreign(attributes: &mut Value, data: &AccountData) -> Option<()> {
    let own = attributes.get("organization-id")?;
    let text = own.as_str().map_or_else(|| own.to_string(), str::to_owned);
    let other = data.organizations.values().find(|other| other.id.to_string() != text)?;
    let id = if own.is_string() { other.id.to_string().into() } else { other.id.into() };
    set(attributes, "organization-id", id)?;
    set(attributes, "organization-name", other.name.as_str().into())
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

fn values(body: &mut Value, data: &AccountData) -> Option<()> {
    for row in body.get_mut("data")?.as_array_mut()? {
        let id = row.get("id")?.as_str()?.parse().ok()?;
        let value = data.password(id)?.value.as_str().into();
        set(row.get_mut("attributes")?, "password", value)?;
    }
    Some(())
}
