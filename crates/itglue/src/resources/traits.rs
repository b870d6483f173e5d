//! The fields of a flexible asset, which each MSP makes up.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A flexible asset's fields by their names in kebab-case, such as `admin-url`. Texts come as
/// text, tagged records as an object with `type` and `values`.
///
/// They often hold secrets: `Debug` shows nothing of them. Unlike [`crate::Sensitive`] they are
/// not wiped when dropped, since JSON values offer no way to.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Traits(Map<String, Value>);

impl Traits {
    /// The field of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The field of this name, if it is a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The names of all fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Traits")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name_and_written_as_they_came() {
        let json = r#"{"pin":"a","count":3,"tagged":{"type":"Domains","values":[{"id":9954700004404663}]}}"#;
        let traits: Traits = serde_json::from_str(json).unwrap();
        assert_eq!((traits.text("pin"), traits.text("count")), (Some("a"), None));
        assert_eq!(traits.get("count").and_then(Value::as_u64), Some(3));
        let mut names: Vec<_> = traits.names().collect();
        names.sort_unstable();
        assert_eq!(names, ["count", "pin", "tagged"]);
        let again: Traits = serde_json::from_str(&serde_json::to_string(&traits).unwrap()).unwrap();
        assert_eq!(again, traits, "an id above 2^53 included");
        assert_eq!(format!("{traits:?}"), "Traits");
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for json in ["[]", "7", r#""text""#] {
            assert!(serde_json::from_str::<Traits>(json).is_err(), "{json}");
        }
    }
}
