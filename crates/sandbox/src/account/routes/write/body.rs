//! The body of a write.

use axum::body::Bytes;
use serde_json::Value;

use super::{super::asked::Asked, Fields};
use crate::account::{kind::Kind, problem::Problem};

const MEDIA_TYPE: &str = "application/vnd.api+json";

/// The attributes, if the body is what the API takes for this kind.
pub(super) fn fields(asked: &Asked, kind: Kind) -> Result<Fields, Problem> {
    let given = asked.content_type.as_deref().unwrap_or_default();
    let media_type = given.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case(MEDIA_TYPE) {
        return Err(Problem::unsupported_media_type());
    }
    let body: Value = serde_json::from_slice(&asked.body).map_err(|_| Problem::invalid_json())?;
    let data = body.get("data").ok_or_else(Problem::missing_data)?;
    if data.get("type").and_then(Value::as_str) != Some(kind.place().type_name) {
        return Err(Problem::bad_request());
    }
    let attributes = data.get("attributes").and_then(Value::as_object);
    attributes.map(Fields::new).ok_or_else(Problem::missing_data)
}

/// The names of the attributes as they were spelled, for the log.
pub(crate) fn names(body: &Bytes) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let attributes = body.pointer("/data/attributes").and_then(Value::as_object);
    attributes.map(|all| all.keys().cloned().collect()).unwrap_or_default()
}
