//! The attributes of a body, whichever way they were spelled.

use serde_json::{Map, Value};

use crate::account::problem::Problem;

/// Attributes in kebab case. One that was not sent is left alone.
#[derive(Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Snake case and kebab case are the same.
    pub(super) fn new(attributes: &Map<String, Value>) -> Self {
        let kebab = |(name, value): (&String, &Value)| (name.replace('_', "-"), value.clone());
        Self(attributes.iter().map(kebab).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Sets a text that may be null, if it was sent.
    pub(super) fn text(&self, name: &str, field: &mut Option<String>) -> Result<(), Problem> {
        match self.get(name) {
            None => {}
            Some(Value::Null) => *field = None,
            Some(value) => {
                let text = value.as_str().ok_or_else(|| Problem::attribute(name, "is invalid"))?;
                *field = Some(text.to_owned());
            }
        }
        Ok(())
    }

    /// Sets a text that must not be empty, if it was sent.
    pub(super) fn required(&self, name: &str, field: &mut String) -> Result<(), Problem> {
        let mut text = Some(field.clone());
        self.text(name, &mut text)?;
        *field = text.unwrap_or_default();
        let blank = field.trim().is_empty();
        if blank { Err(Problem::attribute(name, "can't be blank")) } else { Ok(()) }
    }

    /// Sets a flag, if it was sent.
    pub(super) fn flag(&self, name: &str, field: &mut bool) -> Result<(), Problem> {
        if let Some(value) = self.get(name) {
            *field = value.as_bool().ok_or_else(|| Problem::attribute(name, "is invalid"))?;
        }
        Ok(())
    }

    /// An id as a number or text, if it was sent and is not null.
    pub(super) fn id(&self, name: &str) -> Result<Option<u64>, Problem> {
        let Some(value) = self.get(name).filter(|value| !value.is_null()) else {
            return Ok(None);
        };
        let id = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        id.map(Some).ok_or_else(|| Problem::attribute(name, "is invalid"))
    }
}
