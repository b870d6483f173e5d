//! The routes, and the gate that every request passes first.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Path, RawQuery, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::Value;

use super::{
    data::{AccountData, PasswordRow},
    fault::Fault,
    listing, render,
    requests::{self, SeenRequest, param},
};

pub(crate) struct Inside {
    pub(crate) data: AccountData,
    pub(crate) fault: Option<Fault>,
    pub(crate) seen: Vec<SeenRequest>,
}

/// Everything that routes and tests share.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<Inside>>);

impl Shared {
    pub(crate) fn new(data: AccountData) -> Self {
        Self(Arc::new(Mutex::new(Inside { data, fault: None, seen: Vec::new() })))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Marks an answer to something that IT Glue is not known to have.
#[derive(Clone, Copy)]
struct Unexpected;

pub(crate) fn router(shared: Shared) -> Router {
    Router::new()
        .route("/organizations", get(organizations))
        .route("/organizations/{id}", get(organization))
        .route("/organizations/{org}/relationships/passwords", get(nested_passwords))
        .route("/organizations/{org}/relationships/passwords/{id}", get(nested_password))
        .route("/passwords", get(passwords))
        .route("/passwords/{id}", get(password))
        .route("/password_categories", get(categories))
        .fallback(unexpected)
        .method_not_allowed_fallback(unexpected)
        .layer(middleware::from_fn_with_state(shared.clone(), gate))
        .with_state(shared)
}

/// Notes the request, applies a fault, checks the key.
async fn gate(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let mut seen = SeenRequest {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: requests::pairs(request.uri().query()),
        had_key: request.headers().contains_key("x-api-key"),
        status: 0,
        expected: true,
    };
    let fault = shared.lock().fault;
    let known_key = key_access(&shared, request.headers()).is_some();
    let answer = match fault {
        Some(Fault::KeyRevoked) => forbidden(),
        Some(Fault::RateLimited { retry_after }) => rate_limited(retry_after),
        Some(Fault::ServerError(status)) => {
            error(status, "Internal Server Error", Some("Something went wrong"), None)
        }
        _ if !known_key => forbidden(),
        Some(Fault::CutShort) => cut_short(next.run(request).await).await,
        Some(Fault::Slow(by)) => {
            tokio::time::sleep(by).await;
            next.run(request).await
        }
        Some(Fault::ForeignRow | Fault::Down) | None => next.run(request).await,
    };
    seen.status = answer.status().as_u16();
    seen.expected = answer.extensions().get::<Unexpected>().is_none();
    shared.lock().seen.push(seen);
    answer
}

/// Whether the request's key may see passwords; `None` if the key is unknown.
fn key_access(shared: &Shared, headers: &HeaderMap) -> Option<bool> {
    let given = headers.get("x-api-key")?.to_str().ok()?;
    let inside = shared.lock();
    inside.data.keys.iter().find(|key| key.text == given).map(|key| key.password_access)
}

fn json(status: StatusCode, body: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/vnd.api+json; charset=utf-8")];
    (status, kind, body.to_string()).into_response()
}

fn error(status: u16, title: &str, detail: Option<&str>, pointer: Option<&str>) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    json(code, &render::error(status, title, detail, pointer))
}

/// The gateway's own answer, which is not JSON:API.
fn forbidden() -> Response {
    json(StatusCode::FORBIDDEN, &serde_json::json!({ "message": "Forbidden" }))
}

fn rate_limited(retry_after: Option<u32>) -> Response {
    let body = serde_json::json!({ "message": "Too Many Requests" });
    let mut answer = json(StatusCode::TOO_MANY_REQUESTS, &body);
    if let Some(seconds) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    answer
}

fn not_found() -> Response {
    error(404, "Record not found", None, None)
}

async fn unexpected() -> Response {
    let mut answer = not_found();
    answer.extensions_mut().insert(Unexpected);
    answer
}

/// Promises the whole body and then hangs up half-way.
async fn cut_short(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    parts.headers.insert(header::CONTENT_LENGTH, whole.len().into());
    let pieces = [Ok(half), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))];
    Response::from_parts(parts, Body::from_stream(tokio_stream::iter(pieces)))
}

fn page_of(rows: &[Value], path: &str, query: &[(String, String)]) -> Response {
    let (number, size) = listing::page(query);
    let facts = render::PageFacts { path, number, size, total: rows.len() };
    json(StatusCode::OK, &render::list(listing::cut(rows, number, size), &facts))
}

async fn organizations(State(shared): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let query = requests::pairs(query.as_deref());
    let inside = shared.lock();
    let passes = |row: &&_| listing::organization_passes(&query, row);
    let mut rows: Vec<_> = inside.data.organizations.values().filter(passes).collect();
    listing::sort_organizations(&query, &mut rows);
    let rows: Vec<Value> = rows.into_iter().map(render::organization).collect();
    page_of(&rows, "/organizations", &query)
}

async fn organization(State(shared): State<Shared>, Path(id): Path<u64>) -> Response {
    let inside = shared.lock();
    inside.data.organizations.get(&id).map_or_else(not_found, |row| {
        json(StatusCode::OK, &serde_json::json!({ "data": render::organization(row) }))
    })
}

async fn categories(State(shared): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let inside = shared.lock();
    let mut rows: Vec<_> =
        inside.data.passwords.values().filter_map(|p| p.category.clone()).collect();
    rows.sort();
    rows.dedup();
    let rows: Vec<Value> = rows.iter().map(render::category).collect();
    page_of(&rows, "/password_categories", &requests::pairs(query.as_deref()))
}

async fn passwords(State(shared): State<Shared>, RawQuery(query): RawQuery) -> Response {
    list_passwords(&shared, None, "/passwords", query.as_deref())
}

async fn nested_passwords(
    State(shared): State<Shared>,
    Path(org): Path<u64>,
    RawQuery(query): RawQuery,
) -> Response {
    if !shared.lock().data.organizations.contains_key(&org) {
        return not_found();
    }
    let path = format!("/organizations/{org}/relationships/passwords");
    list_passwords(&shared, Some(org), &path, query.as_deref())
}

fn list_passwords(shared: &Shared, org: Option<u64>, path: &str, query: Option<&str>) -> Response {
    let query = requests::pairs(query);
    if param(&query, "show_password").is_some() {
        // Reported to be an error; a client should never send it.
        let mut answer = error(400, "Bad Request", None, None);
        answer.extensions_mut().insert(Unexpected);
        return answer;
    }
    let inside = shared.lock();
    let belongs = |row: &&PasswordRow| org.is_none_or(|org| org == row.organization_id);
    let passes = |row: &&PasswordRow| listing::password_passes(&query, row);
    let mut rows: Vec<_> = inside.data.passwords.values().filter(belongs).filter(passes).collect();
    listing::sort_passwords(&query, &mut rows);
    let foreign = foreign(&inside, rows.first().copied());
    if let (Some(foreign), Some(first)) = (&foreign, rows.first_mut()) {
        *first = foreign;
    }
    let rows: Vec<Value> =
        rows.into_iter().map(|row| render::password(row, &inside.data)).collect();
    page_of(&rows, path, &query)
}

/// The same record under another organization, if that fault is on.
fn foreign(inside: &Inside, row: Option<&PasswordRow>) -> Option<PasswordRow> {
    let row = row.filter(|_| inside.fault == Some(Fault::ForeignRow))?;
    let other = inside.data.organizations.keys().find(|id| **id != row.organization_id)?;
    Some(PasswordRow { organization_id: *other, ..row.clone() })
}

async fn password(
    State(shared): State<Shared>,
    Path(id): Path<u64>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    show_password(&shared, (None, id), query.as_deref(), &headers)
}

async fn nested_password(
    State(shared): State<Shared>,
    Path((org, id)): Path<(u64, u64)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    show_password(&shared, (Some(org), id), query.as_deref(), &headers)
}

/// The value is given unless `show_password` is exactly `false`; a key without Password Access
/// gets 401 if it asks for it outright, and the record without the attribute otherwise.
fn show_password(
    shared: &Shared,
    (org, id): (Option<u64>, u64),
    query: Option<&str>,
    headers: &HeaderMap,
) -> Response {
    let query = requests::pairs(query);
    let wish = param(&query, "show_password");
    let access = key_access(shared, headers).unwrap_or_default();
    let inside = shared.lock();
    let belongs = |row: &&PasswordRow| org.is_none_or(|org| org == row.organization_id);
    let Some(row) = inside.data.passwords.get(&id).filter(belongs) else {
        return not_found();
    };
    if wish == Some("true") && !access {
        return error(401, "Unauthorized", Some("Unauthorized resource access"), Some("id"));
    }
    let foreign = foreign(&inside, Some(row));
    let row = foreign.as_ref().unwrap_or(row);
    let mut shown = render::password(row, &inside.data);
    if wish != Some("false") && access {
        shown = render::with_value(shown, row);
    }
    json(StatusCode::OK, &serde_json::json!({ "data": shown }))
}
