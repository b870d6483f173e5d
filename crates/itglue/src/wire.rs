//! The JSON:API envelope, as far as it is used. `links` is never looked at.

use serde::{Deserialize, Deserializer, de::IgnoredAny};

use crate::Error;

#[derive(Deserialize)]
pub(crate) struct One<T> {
    pub(crate) data: T,
}

#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
pub(crate) struct Many<T> {
    pub(crate) data: Vec<T>,
    pub(crate) meta: Meta,
}

/// A list without it cannot be told from a cut one, so it is required.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Meta {
    pub(crate) current_page: u64,
    #[serde(deserialize_with = "required_or_null")]
    pub(crate) next_page: Option<u64>,
    pub(crate) total_count: u64,
}

/// `null` is the end of a list; an absent member is a malformed answer.
fn required_or_null<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u64>, D::Error> {
    Option::deserialize(input)
}

/// Anything but `null`.
pub(crate) fn is_present<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    Ok(Option::<IgnoredAny>::deserialize(input)?.is_some())
}

/// `null` counts as the type's own default.
pub(crate) fn or_default<'de, D, T>(input: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(input)?.unwrap_or_default())
}

/// Parses a whole body; an error names the place and never the content.
pub(crate) fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Error> {
    let mut input = serde_json::Deserializer::from_slice(body);
    let parsed = serde_path_to_error::deserialize(&mut input)
        .map_err(|error| Error::Malformed { path: plain(&error.path().to_string()) })?;
    input.end().map_err(|_| Error::Malformed { path: ".".to_owned() })?;
    Ok(parsed)
}

/// A path can pass through member names that the server made up: keep them short and harmless.
fn plain(path: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '[' | ']');
    path.chars().take(120).map(|c| if harmless(c) { c } else { '?' }).collect()
}
