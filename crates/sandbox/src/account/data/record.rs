//! Records of the other kinds: attributes under the API's own names.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{AccountData, EPOCH, NoSuchRecord};
use crate::account::kind::Kind;

/// A record that is neither an organization nor a password.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its id.
    pub id: u64,
    /// The organization it belongs to, for kinds that have one.
    pub organization_id: Option<u64>,
    /// Its attributes in kebab case, without the organization and the times.
    pub attributes: Map<String, Value>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Record {
    /// An attribute, `Null` if it is missing.
    #[must_use]
    pub fn attribute(&self, name: &str) -> &Value {
        self.attributes.get(name).unwrap_or(&Value::Null)
    }

    /// Its name, empty if it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.attribute("name").as_str().unwrap_or_default()
    }
}

impl AccountData {
    /// All records of a kind, by id. Organizations and passwords have methods of their own.
    pub fn records(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.records.get(&kind).into_iter().flat_map(|records| records.values())
    }

    /// One record.
    #[must_use]
    pub fn record(&self, kind: Kind, id: u64) -> Option<&Record> {
        self.records.get(&kind)?.get(&id)
    }

    /// Adds a record with these attributes (an object in kebab case) and returns its id.
    ///
    /// # Errors
    /// If there is no such organization.
    pub fn add_record(
        &mut self,
        kind: Kind,
        organization_id: Option<u64>,
        attributes: Value,
    ) -> Result<u64, NoSuchRecord> {
        organization_id.map_or(Ok(()), |id| self.organization_exists(id))?;
        let now = self.tick();
        let id = self.place(kind, organization_id, attributes);
        self.set_times(kind, id, (now, now));
        Ok(id)
    }

    /// Changes anything about a record; the time of change moves on.
    ///
    /// # Errors
    /// If there is no such record.
    pub fn change_record(
        &mut self,
        kind: Kind,
        id: u64,
        change: impl FnOnce(&mut Record),
    ) -> Result<(), NoSuchRecord> {
        let now = self.tick();
        let records = self.records.get_mut(&kind).ok_or(NoSuchRecord(id))?;
        let record = records.get_mut(&id).ok_or(NoSuchRecord(id))?;
        record.updated_at = now;
        change(record);
        Ok(())
    }

    /// Deletes a record.
    ///
    /// # Errors
    /// If there is no such record.
    pub fn delete_record(&mut self, kind: Kind, id: u64) -> Result<(), NoSuchRecord> {
        let records = self.records.get_mut(&kind).ok_or(NoSuchRecord(id))?;
        records.remove(&id).map(drop).ok_or(NoSuchRecord(id))
    }

    /// Puts a record in as if it had always been there.
    pub(crate) fn place(&mut self, kind: Kind, organization: Option<u64>, facts: Value) -> u64 {
        let taken = self.records.get(&kind).and_then(|records| records.keys().next_back());
        let id = self.next_id(taken.copied(), kind);
        let attributes = match facts {
            Value::Object(attributes) => attributes,
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Map::new(),
        };
        let (created_at, updated_at) = (EPOCH, EPOCH);
        let organization_id = organization;
        let record = Record { id, organization_id, attributes, created_at, updated_at };
        self.records.entry(kind).or_default().insert(id, record);
        id
    }

    /// Sets when a record was made and last changed.
    pub(crate) fn set_times(&mut self, kind: Kind, id: u64, times: (Timestamp, Timestamp)) {
        if let Some(record) = self.records.get_mut(&kind).and_then(|all| all.get_mut(&id)) {
            (record.created_at, record.updated_at) = times;
        }
    }
}
