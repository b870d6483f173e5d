//! Errors as the API words them, in JSON:API or from the gateway in front of it.

use serde_json::{Value, json};

use super::{
    answer::Answer,
    switches::{ErrorBodies, Switches, Written},
};

/// Why a request is not done.
#[derive(Debug)]
pub(crate) struct Problem {
    status: u16,
    title: &'static str,
    detail: Option<String>,
    pointer: Option<String>,
}

impl Problem {
    const fn titled(status: u16, title: &'static str) -> Self {
        Self { status, title, detail: None, pointer: None }
    }

    pub(crate) const fn not_found() -> Self {
        Self::titled(404, "Record not found")
    }

    /// This key may not do this.
    pub(crate) fn unauthorized() -> Self {
        Self {
            detail: Some("Unauthorized resource access".to_owned()),
            pointer: Some("id".to_owned()),
            ..Self::titled(401, "Unauthorized")
        }
    }

    pub(crate) const fn bad_request() -> Self {
        Self::titled(400, "Bad Request")
    }

    pub(crate) const fn invalid_json() -> Self {
        Self::titled(400, "Invalid JSON format")
    }

    pub(crate) const fn unsupported_media_type() -> Self {
        Self::titled(415, "Unsupported Media Type")
    }

    pub(crate) const fn too_large() -> Self {
        Self::titled(413, "Payload Too Large")
    }

    /// The parameter that Rails calls missing.
    pub(crate) const fn missing_resource_type() -> Self {
        Self::titled(400, "param is missing or the value is empty: resource_type")
    }

    pub(crate) const fn missing_data() -> Self {
        Self::titled(400, "param is missing or the value is empty: data")
    }

    pub(crate) const fn no_asset_type() -> Self {
        let title =
            "Cannot index flexible assets without providing a flexible asset type ID filter";
        Self::titled(422, title)
    }

    pub(crate) fn no_organization() -> Self {
        let pointer = Some("data/attributes/organization_id".to_owned());
        Self { pointer, ..Self::titled(422, "Valid organization_id is required") }
    }

    /// An attribute that is not acceptable, such as one that `must exist`.
    pub(crate) fn attribute(name: &str, detail: &str) -> Self {
        Self {
            detail: Some(detail.to_owned()),
            pointer: Some(format!("/data/attributes/{name}")),
            ..Self::titled(422, "Unprocessable Entity")
        }
    }

    pub(crate) fn answer(&self, switches: &Switches) -> Answer {
        Answer::json(self.status, &self.body(switches.error_status))
    }

    fn body(&self, status: Written) -> Value {
        let status = match status {
            Written::Number => Value::from(self.status),
            Written::Text => Value::from(self.status.to_string()),
        };
        let mut error =
            json!({ "status": status, "title": self.title, "source": { "pointer": self.pointer } });
        if let (Some(detail), Some(error)) = (&self.detail, error.as_object_mut()) {
            error.insert("detail".to_owned(), detail.as_str().into());
        }
        json!({ "errors": [error] })
    }
}

/// 403, 429 or 5xx: from the gateway or not.
pub(crate) fn failure(status: u16, switches: &Switches) -> Answer {
    let from_gateway = match switches.error_bodies {
        ErrorBodies::Reported => status != 500,
        ErrorBodies::JsonApi => false,
        ErrorBodies::Gateway => true,
    };
    if from_gateway {
        return Answer::json(status, &json!({ "message": message(status) }));
    }
    let (title, detail) = words(status);
    let problem = Problem { detail: detail.map(str::to_owned), ..Problem::titled(status, title) };
    problem.answer(switches)
}

/// The gateway's words.
const fn message(status: u16) -> &'static str {
    match status {
        403 => "Forbidden",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        504 => "Endpoint request timed out",
        _ => "Internal server error",
    }
}

/// Title and detail in JSON:API.
const fn words(status: u16) -> (&'static str, Option<&'static str>) {
    match status {
        403 => ("Forbidden", None),
        429 => ("Too Many Requests", Some("Rate limit exceeded")),
        500 => ("Internal Server Error", Some("Something went wrong")),
        502 => ("Bad Gateway", None),
        503 => ("Service Unavailable", None),
        504 => ("Gateway Timeout", None),
        _ => ("Server Error", None),
    }
}
