//! Filters, as the API is known to treat them.

use serde_json::Value;

use super::{
    row::Row,
    table::{Table, Test},
};
use crate::account::{requests::Query, switches::NullFolder};

/// The filters of one request that its list has.
pub(crate) struct Filters {
    wanted: Vec<(&'static str, Test, String)>,
    /// Those that the list has not, as they were spelled.
    pub(crate) ignored: Vec<String>,
}

impl Filters {
    /// Snake case and kebab case are the same.
    pub(crate) fn read(query: &Query, table: &Table) -> Self {
        let mut filters = Self { wanted: Vec::new(), ignored: Vec::new() };
        for (key, value) in query {
            let Some(name) = name(key) else { continue };
            match table.filters.iter().find(|(known, _)| *known == name) {
                Some((known, test)) => filters.wanted.push((known, *test, value.clone())),
                None => filters.ignored.push(key.clone()),
            }
        }
        filters
    }

    /// The value of a filter, if it was given.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.wanted.iter().find(|(known, ..)| *known == name);
        found.map(|(.., value)| value.as_str())
    }

    /// Whether a row passes all of them.
    pub(crate) fn pass(&self, row: &Row, null_folder: NullFolder) -> bool {
        self.wanted.iter().all(|(name, test, value)| {
            let any = |fact: &str| alternatives(value).iter().any(|wanted| wanted == fact);
            match test {
                Test::Exact => any(&text(&row.fact(name))),
                Test::Not(attribute) => !any(&text(&row.fact(attribute))),
                Test::Flag => flag(value, row.fact(name).as_bool().unwrap_or_default()),
                Test::Between(attribute) => between(value, &row.fact(attribute)),
                Test::PrimaryMail => any(&primary_mail(&row.fact("contact_emails"))),
                Test::Folder | Test::NotFolder => {
                    let folder = row.fact("document_folder_id");
                    in_folder(value, *test, &folder, null_folder)
                }
            }
        })
    }
}

/// `created_at` of `filter[created-at]`, and `exclude[id]` of `filter[exclude][id]`.
fn name(key: &str) -> Option<String> {
    let inside = key.strip_prefix("filter[")?.strip_suffix(']')?.replace('-', "_");
    Some(match inside.split_once("][") {
        Some((outer, inner)) => format!("{outer}[{inner}]"),
        None => inside,
    })
}

/// A comma separates alternatives and `\,` is a comma.
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

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

fn flag(wanted: &str, fact: bool) -> bool {
    match wanted {
        "true" | "1" => fact,
        "false" | "0" => !fact,
        _ => true,
    }
}

/// Of two numbers or two times; the times' text has an order of its own.
fn between(wanted: &str, fact: &Value) -> bool {
    let (from, to) = wanted.split_once(',').unwrap_or((wanted, "*"));
    let fact = text(fact);
    let number = |text: &str| text.parse::<u64>().ok();
    let ordered = |low: &str, high: &str| match (number(low), number(high)) {
        (Some(low), Some(high)) => low <= high,
        _ => low <= high,
    };
    let open = |end: &str| end.is_empty() || end == "*";
    !fact.is_empty() && (open(from) || ordered(from, &fact)) && (open(to) || ordered(&fact, to))
}

fn primary_mail(addresses: &Value) -> String {
    let primary = |address: &&Value| address.get("primary").and_then(Value::as_bool) == Some(true);
    let found = addresses.as_array().into_iter().flatten().find(primary);
    found.and_then(|address| address.get("value")).map(text).unwrap_or_default()
}

/// `null`, and not null, were both seen to give everything; a switch gives only what has a folder.
fn in_folder(wanted: &str, test: Test, folder: &Value, null_folder: NullFolder) -> bool {
    match (wanted, test) {
        ("null", _) => null_folder == NullFolder::All || !folder.is_null(),
        (_, Test::NotFolder) => !alternatives(wanted).contains(&text(folder)),
        _ => alternatives(wanted).contains(&text(folder)),
    }
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
    fn names_are_read_in_either_spelling() {
        assert_eq!(name("filter[organization-id]").as_deref(), Some("organization_id"));
        assert_eq!(name("filter[exclude][id]").as_deref(), Some("exclude[id]"));
        assert_eq!(name("sort"), None);
    }

    #[test]
    fn ranges_may_be_open() {
        assert!(between("5,*", &Value::from(10)));
        assert!(!between("*,9", &Value::from(10)));
        assert!(between("2026-01-01,2026-02-01", &Value::from("2026-01-15T00:00:00.000Z")));
        assert!(!between("*,*", &Value::Null));
    }
}
