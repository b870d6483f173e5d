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
    pub(crate) fn new(
        id: u64,
        parent: Option<u64>,
        mut resource: Value,
        watched: &Watched,
    ) -> Self {
        let text = serde_json::to_string(&resource).unwrap_or_default();
        let mut attribute =
            |name: &str| resource.get_mut("attributes")?.get_mut(name).map(Value::take);
        let archived = attribute("archived").unwrap_or_default();
        let fact = |(name, kebab): &(&'static str, String)| match *name {
            "archived" => (*name, archived.clone()),
            name => (name, attribute(kebab).unwrap_or_default()),
        };
        let facts = watched.0.iter().map(fact).collect();
        Self { id, parent, archived: archived.as_bool().unwrap_or_default(), text, facts }
    }

    /// What a filter or sort compares.
    pub(crate) fn fact(&self, name: &str) -> Value {
        if name == "id" {
            return Value::from(self.id);
        }
        let found = self.facts.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The attributes that a list's filters and sorts need, in snake case and in kebab case.
pub(crate) struct Watched(Vec<(&'static str, String)>);

impl Watched {
    pub(crate) fn of(table: &Table) -> Self {
        let filters = table.filters.iter().map(|(name, test)| match test {
            Test::Exact | Test::Flag => name,
            Test::Between(attribute) | Test::Not(attribute) => attribute,
            Test::PrimaryMail => "contact_emails",
            Test::Folder | Test::NotFolder => "document_folder_id",
        });
        let mut names: Vec<&'static str> = filters.chain(table.sorts.iter().copied()).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| *name != "id");
        Self(names.into_iter().map(|name| (name, name.replace('_', "-"))).collect())
    }
}
