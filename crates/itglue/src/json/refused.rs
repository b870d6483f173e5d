//! Which attribute an answer 422 speaks of.

use std::borrow::Cow;

use serde::Deserialize;

use super::parse;
use crate::http::Limit;

/// The attributes that this crate writes. Only these are ever named, so that an error repeats
/// nothing a server made up.
const WRITTEN: [&str; 15] = [
    "organization-id",
    "name",
    "username",
    "password",
    "url",
    "notes",
    "password-category-id",
    "password-folder-id",
    "otp-secret",
    "resource-id",
    "resource-type",
    "document-folder-id",
    "content",
    "level",
    "sort",
];

#[derive(Deserialize)]
struct Errors<'a> {
    #[serde(borrow)]
    errors: Vec<OneError<'a>>,
}

#[derive(Deserialize)]
struct OneError<'a> {
    #[serde(borrow, default)]
    source: Option<Source<'a>>,
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow, default)]
    pointer: Option<Cow<'a, str>>,
}

/// The last part of the first pointer, in either spelling (`data/attributes/organization_id`,
/// `/data/attributes/organization-id`), if it is an attribute that this crate writes.
pub(crate) fn refused_field(body: &[u8]) -> Option<&'static str> {
    let answer: Errors<'_> = parse(body, Limit::Single).ok()?;
    let pointer = answer.errors.into_iter().find_map(|error| error.source?.pointer)?;
    let last = pointer.rsplit('/').next()?.replace('_', "-");
    // `configuration-type` is answered where `configuration-type-id` was written.
    WRITTEN.into_iter().find(|name| *name == last || name.strip_suffix("-id") == Some(&last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(pointer: &str) -> Option<&'static str> {
        let body = format!(r#"{{"errors":[{{"status":422,"source":{{"pointer":{pointer}}}}}]}}"#);
        refused_field(body.as_bytes())
    }

    #[test]
    fn pointers_are_read_in_every_spelling_seen() {
        assert_eq!(field(r#""data/attributes/organization_id""#), Some("organization-id"));
        assert_eq!(field(r#""/data/attributes/organization-id""#), Some("organization-id"));
        assert_eq!(field(r#""/data/attributes/password-category""#), Some("password-category-id"));
    }

    #[test]
    fn nothing_that_a_server_made_up_is_named() {
        assert_eq!(field("null"), None);
        assert_eq!(field(r#""/data/attributes/made-up""#), None);
        assert_eq!(refused_field(b"<html>"), None);
        assert_eq!(refused_field(br#"{"errors":[{}]}"#), None);
    }
}
