//! The order of a list.

use serde_json::Value;

use super::{row::Row, table::Table};

/// The order that a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// None asked for: by id.
    ById,
    /// By an attribute.
    By { name: &'static str, descending: bool },
    /// By something that this list does not sort by.
    Unknown,
}

impl Order {
    /// Snake case and kebab case are the same.
    pub(crate) fn read(sort: Option<&str>, table: &Table) -> Self {
        let Some(text) = sort else { return Self::ById };
        let (key, descending) = text.strip_prefix('-').map_or((text, false), |key| (key, true));
        let key = key.replace('-', "_");
        let known = table.sorts.iter().find(|known| **known == key);
        known.map_or(Self::Unknown, |name| Self::By { name, descending })
    }
}

/// Numbers by size, text without regard to case, nothing first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Nothing,
    Number(u64),
    Text(String),
}

/// Puts rows, which come by id, in order.
pub(crate) fn arrange<T>(rows: &mut [T], row: impl Fn(&T) -> &Row, order: Order) {
    if let Order::By { name, descending } = order {
        rows.sort_by_cached_key(|one| key(&row(one).fact(name)));
        if descending {
            rows.reverse();
        }
    }
}

fn key(fact: &Value) -> SortKey {
    match (fact.as_u64(), fact.as_str()) {
        (Some(number), _) => SortKey::Number(number),
        (_, Some(text)) => SortKey::Text(text.to_lowercase()),
        (None, None) => SortKey::Nothing,
    }
}
