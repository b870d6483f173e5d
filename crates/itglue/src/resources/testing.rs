//! What holds for every resource, for the tests beside each.

use std::fmt::Debug;

use super::{Record, Resource, Row};
use crate::{
    Error,
    http::Limit,
    json::{self, One},
};

/// The attributes of a shown record.
pub(super) fn parsed<R: Resource>(attributes: &str) -> Result<R, Error> {
    let kind = R::TYPE;
    let body = format!(r#"{{"data":{{"id":"1","type":"{kind}","attributes":{attributes}}}}}"#);
    let One { data } = json::parse::<One<Row<R>>>(body.as_bytes(), Limit::Single)?;
    Ok(Record::from(data).attributes)
}

/// Asserts that unknown attributes are ignored, missing and null ones are `None`, each of `wrong`
/// is an error that names its place, and `whole` is written as it was read.
pub(super) fn holds_to_the_rules<R>(whole: &str, wrong: &[(&str, &str)])
where
    R: Resource + Default + PartialEq,
{
    let nothing = R::default();
    let nulls = serde_json::to_string(&nothing).unwrap();
    for attributes in ["{}", r#"{"made-up":{"deep":[1,null]},"other":7}"#, &nulls] {
        assert_eq!(parsed::<R>(attributes).as_ref(), Ok(&nothing), "{attributes}");
    }
    for (name, value) in wrong {
        let path = format!("data.attributes.{name}");
        let malformed = parsed::<R>(&format!(r#"{{"{name}":{value}}}"#)).err();
        assert_eq!(malformed, Some(Error::Malformed { path }), "{value}");
    }
    let read: R = parsed(whole).unwrap();
    assert_eq!(parsed::<R>(&serde_json::to_string(&read).unwrap()).as_ref(), Ok(&read));
    every_attribute_is_known(&read, whole);
}

/// What a body names is what is written again: no attribute fell by the wayside.
fn every_attribute_is_known(read: &impl serde::Serialize, whole: &str) {
    let given: serde_json::Value = serde_json::from_str(whole).unwrap();
    let written = serde_json::to_value(read).unwrap();
    for (name, value) in given.as_object().unwrap() {
        assert_eq!(written.get(name), Some(value), "{name}");
    }
}

/// A text that is found nowhere else.
pub(super) fn canary() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// Asserts that `Debug` shows nothing of a text; `control` has to be seen.
pub(super) fn hides(value: &impl Debug, canary: &str, control: &str) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(shown.contains(control), "{shown}");
        assert!(!shown.contains(canary), "{shown}");
    }
}
