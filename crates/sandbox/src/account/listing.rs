//! Filters, order and pages, as the API is known to treat them.

use super::{
    data::{OrganizationRow, PasswordRow},
    requests::param,
};

type Query = [(String, String)];

const DEFAULT_SIZE: usize = 50;
/// Larger requests are clamped; whether the real API clamps or refuses is not publicly known.
const LARGEST_SIZE: usize = 1_000;

/// Page number (from 1) and size.
pub(crate) fn page(query: &Query) -> (usize, usize) {
    let number = |name| param(query, name).and_then(|text| text.parse().ok());
    let size = number("page[size]").unwrap_or(DEFAULT_SIZE).clamp(1, LARGEST_SIZE);
    (number("page[number]").unwrap_or(1).max(1), size)
}

/// The rows of one page.
pub(crate) fn cut<T>(rows: &[T], number: usize, size: usize) -> &[T] {
    let start = number.saturating_sub(1).saturating_mul(size).min(rows.len());
    let end = start.saturating_add(size).min(rows.len());
    rows.get(start..end).unwrap_or_default()
}

/// Whether a filter lets a value pass. A comma separates alternatives, `\,` is a comma, and the
/// comparison is exact. A filter that was not given lets everything pass.
fn passes(query: &Query, filter: &str, value: &str) -> bool {
    param(query, filter).is_none_or(|wanted| alternatives(wanted).iter().any(|w| w == value))
}

fn alternatives(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, found.last_mut()) {
            (',', _) => found.push(String::new()),
            ('\\', Some(last)) if rest.next_if_eq(&',').is_some() => last.push(','),
            (_, Some(last)) => last.push(c),
            (_, None) => {}
        }
    }
    found
}

fn flag(query: &Query, filter: &str, value: bool) -> bool {
    match param(query, filter) {
        Some("true" | "1") => value,
        Some("false" | "0") => !value,
        _ => true,
    }
}

pub(crate) fn password_passes(query: &Query, row: &PasswordRow) -> bool {
    let category = row.category.as_ref().map(|c| c.0.to_string()).unwrap_or_default();
    let resource = row.resource.as_ref().map(|r| r.name.as_str()).unwrap_or_default();
    passes(query, "filter[id]", &row.id.to_string())
        && passes(query, "filter[name]", &row.name)
        && passes(query, "filter[organization_id]", &row.organization_id.to_string())
        && passes(query, "filter[password_category_id]", &category)
        && passes(query, "filter[url]", row.url.as_deref().unwrap_or_default())
        && passes(query, "filter[cached_resource_name]", resource)
        && flag(query, "filter[archived]", row.archived)
}

pub(crate) fn organization_passes(query: &Query, row: &OrganizationRow) -> bool {
    passes(query, "filter[id]", &row.id.to_string()) && passes(query, "filter[name]", &row.name)
}

/// Sorts passwords; an unknown order leaves them by id.
pub(crate) fn sort_passwords(query: &Query, rows: &mut [&PasswordRow]) {
    let (key, descending) = order(query);
    match key {
        "name" => rows.sort_by_cached_key(|row| row.name.to_lowercase()),
        "username" => rows.sort_by_cached_key(|row| row.username.clone()),
        "url" => rows.sort_by_cached_key(|row| row.url.clone()),
        "updated_at" | "updated-at" => rows.sort_by_key(|row| row.updated_at),
        _ => rows.sort_by_key(|row| row.id),
    }
    if descending {
        rows.reverse();
    }
}

/// Sorts organizations; an unknown order leaves them by id.
pub(crate) fn sort_organizations(query: &Query, rows: &mut [&OrganizationRow]) {
    let (key, descending) = order(query);
    match key {
        "name" => rows.sort_by_cached_key(|row| row.name.to_lowercase()),
        _ => rows.sort_by_key(|row| row.id),
    }
    if descending {
        rows.reverse();
    }
}

fn order(query: &Query) -> (&str, bool) {
    let text = param(query, "sort").unwrap_or_default();
    text.strip_prefix('-').map_or((text, false), |key| (key, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_separate_and_escaped_commas_do_not() {
        assert_eq!(alternatives("a,b"), ["a", "b"]);
        assert_eq!(alternatives(r"Humongous\, Inc.,b"), ["Humongous, Inc.", "b"]);
        assert_eq!(alternatives(r"CORP\adm"), [r"CORP\adm"]);
    }

    #[test]
    fn pages_beyond_the_end_are_empty() {
        assert_eq!(cut(&[1, 2, 3], 1, 2), [1, 2]);
        assert_eq!(cut(&[1, 2, 3], 2, 2), [3]);
        assert!(cut(&[1, 2, 3], 3, 2).is_empty());
    }
}
