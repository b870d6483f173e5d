//! A request, read once.

use std::time::Instant;

use axum::{
    body::Bytes,
    http::{HeaderMap, header, request::Parts},
};

use super::target::{Deed, Target};
use crate::account::{
    data::AccountData,
    listing::{Filters, Order, table},
    requests::{SeenRequest, pairs, param},
};

/// A request, read once.
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The query as it came.
    pub(crate) raw_query: String,
    pub(crate) query: Vec<(String, String)>,
    /// `None` if IT Glue is not known to have such a route.
    pub(crate) target: Option<Target>,
    /// Whether the key may see passwords; `None` if the key is unknown.
    pub(crate) password_access: Option<bool>,
    pub(crate) accept_encoding: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

impl Asked {
    pub(crate) fn read(parts: &Parts, data: &AccountData) -> Self {
        let (method, path) = (parts.method.to_string(), parts.uri.path().to_owned());
        let raw_query = parts.uri.query().unwrap_or_default().to_owned();
        Self {
            target: Target::read(&method, &path),
            query: pairs(&raw_query),
            password_access: password_access(&parts.headers, data),
            accept_encoding: text(&parts.headers, header::ACCEPT_ENCODING),
            content_type: text(&parts.headers, header::CONTENT_TYPE),
            body: Bytes::new(),
            method,
            path,
            raw_query,
        }
    }

    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        param(&self.query, name)
    }

    pub(crate) fn accepts_gzip(&self) -> bool {
        self.accept_encoding.as_deref().is_some_and(|accepted| accepted.contains("gzip"))
    }

    /// For the log.
    pub(crate) fn note(&self, had_key: bool) -> SeenRequest {
        SeenRequest {
            method: self.method.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            had_key,
            accept_encoding: self.accept_encoding.clone(),
            attributes: Vec::new(),
            ignored_filters: self.ignored_filters(),
            arrived: Instant::now(),
            status: 0,
            expected: self.is_expected(),
        }
    }

    fn ignored_filters(&self) -> Vec<String> {
        let list = self.target.filter(|target| target.deed == Deed::List);
        list.map(|target| Filters::read(&self.query, table(target.kind)).ignored)
            .unwrap_or_default()
    }

    fn is_expected(&self) -> bool {
        self.target.is_some_and(|target| {
            let sort = Order::read(self.param("sort"), table(target.kind));
            self.query.iter().all(|(name, _)| target.knows(name)) && sort != Order::Unknown
        })
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn password_access(headers: &HeaderMap, data: &AccountData) -> Option<bool> {
    let given = headers.get("x-api-key")?.to_str().ok()?;
    data.keys.iter().find(|key| key.text == given).map(|key| key.password_access)
}
