//! Doors for fuzzers: the readers of answers, as plain functions on bytes.

use serde_json::Value;

use crate::{
    Document, FlexibleAsset, Organization, Password, Resource,
    http::Limit,
    json::{self, Many, One, refused_field},
    resources::Row,
    scoped::parse_value,
};

/// Reads the bytes as each kind of answer. That nothing panics or hangs is what a fuzzer looks for;
/// what must hold besides is asserted.
///
/// # Panics
/// If a reader accepts what it must refuse, or reads another value than `serde_json` does.
pub fn read_answer(bytes: &[u8]) {
    let whole: Option<Value> = serde_json::from_slice(bytes).ok();
    list::<Organization>(bytes, whole.as_ref());
    list::<Password>(bytes, whole.as_ref());
    list::<Document>(bytes, whole.as_ref());
    list::<FlexibleAsset>(bytes, whole.as_ref());
    value(bytes, whole.as_ref());
    refused_field(bytes);
}

fn list<R: Resource>(bytes: &[u8], whole: Option<&Value>) {
    let page: Result<Many<Row<R>>, _> = json::parse(bytes, Limit::List);
    let Ok(page) = page else { return };
    assert!(whole.is_none_or(|whole| depth(whole) <= json::DEPTH), "too deep, and accepted");
    let rows = whole.and_then(|whole| whole.get("data")?.as_array());
    assert!(rows.is_none_or(|rows| rows.len() == page.data.len()), "rows were lost");
}

fn value(bytes: &[u8], whole: Option<&Value>) {
    let record: Result<One<Row<Password>>, _> = json::parse(bytes, Limit::Single);
    let Ok((_, found)) = parse_value(&bytes.to_vec().into()) else { return };
    assert!(record.is_ok(), "a value without a record");
    // Texts that are not looked at need not be UTF-8; `serde_json` as a whole wants all of them so.
    let Some(whole) = whole else { return };
    let expected = whole.pointer("/data/attributes/password").and_then(Value::as_str);
    assert_eq!(found.text().unwrap_or_default(), expected.unwrap_or_default());
}

fn depth(value: &Value) -> usize {
    let below = match value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(members) => members.values().map(depth).max(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return 0,
    };
    below.unwrap_or(0).saturating_add(1)
}
