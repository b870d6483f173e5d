//! A rendered row: its text, and what filters and sorts look at.

use serde_json::Value;

use super::table::{Table, Test};

/// One record, ready for any list.
pub(crate) struct Row {
    pub(crate) id: u64,
    /// The organization, or the document for sections.
    pub(crate) parent: Option<u64>,
    pub(crate) archived: bool,
    /// The resource object as JSON.
    pub(crate) text: String,
    facts: Vec<(&'static str, Value)>,
}

impl Row {
    pub(crate) fn new(id: u64, parent: Option<u64>, resource: &Value, table: &Table) -> Self {
        let attributes = resource.get("attributes");
        let attribute = |name: &str| attributes.and_then(|all| all.get(name)).cloned();
        let archived = attribute("archived").and_then(|v| v.as_bool()).unwrap_or_default();
        let mut facts: Vec<(&'static str, Value)> = Vec::new();
        for name in watched(table) {
            if name != "id" && !facts.iter().any(|(known, _)| *known == name) {
                let value = attribute(&name.replace('_', "-")).unwrap_or_default();
                facts.push((name, value));
            }
        }
        Self { id, parent, archived, text: resource.to_string(), facts }
    }

    /// What a filter or sort compares, as text; null is empty.
    pub(crate) fn fact(&self, name: &str) -> Value {
        if name == "id" {
            return Value::from(self.id);
        }
        let found = self.facts.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The attributes that the list's filters and sorts need, in snake case.
fn watched(table: &Table) -> impl Iterator<Item = &'static str> {
    let filters = table.filters.iter().map(|(name, test)| match test {
        Test::Exact | Test::Flag => name,
        Test::Between(attribute) | Test::Not(attribute) => attribute,
        Test::PrimaryMail => "contact_emails",
        Test::Folder | Test::NotFolder => "document_folder_id",
    });
    filters.chain(table.sorts.iter().copied())
}
