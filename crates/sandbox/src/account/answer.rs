//! An answer before it goes out.

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

/// The type of every body but a fault's.
const JSON_API: &str = "application/vnd.api+json; charset=utf-8";

/// An answer before it goes out.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) media_type: &'static str,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, body.to_string())
    }

    pub(crate) fn text(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, media_type: JSON_API, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn with(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The whole answer in one piece.
    pub(crate) fn respond(self) -> Response {
        let body = Body::from(self.body.clone());
        self.respond_with(body)
    }

    /// Its head with another body.
    pub(crate) fn respond_with(self, body: Body) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response =
            (status, [(header::CONTENT_TYPE, self.media_type)], body).into_response();
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
