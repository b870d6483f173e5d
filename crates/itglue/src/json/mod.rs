//! Reading JSON:API: capped before it is parsed, and an error names a place, never the content.

mod caps;
mod envelope;
mod refused;

use serde::Deserialize;

use crate::{Error, http::Limit};
#[cfg(feature = "fuzzing")]
pub(crate) use caps::DEPTH;
pub(crate) use envelope::{Many, Meta, One, TypeName};
pub(crate) use refused::refused_field;

/// Parses a whole body of this kind.
pub(crate) fn parse<'a, T: Deserialize<'a>>(body: &'a [u8], limit: Limit) -> Result<T, Error> {
    caps::check(body, limit)?;
    whole(serde_json::Deserializer::from_slice(body)).map_err(|()| locate::<T>(body))
}

fn whole<'a, T: Deserialize<'a>>(
    mut input: serde_json::Deserializer<serde_json::de::SliceRead<'a>>,
) -> Result<T, ()> {
    let parsed = T::deserialize(&mut input).map_err(drop)?;
    input.end().map_err(drop)?;
    Ok(parsed)
}

/// Parses once more to learn where it went wrong: keeping the path all along would take longer
/// than the parsing.
fn locate<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Error {
    let mut input = serde_json::Deserializer::from_slice(body);
    let parsed: Result<T, _> = serde_path_to_error::deserialize(&mut input);
    let path = parsed.err().map_or_else(|| ".".to_owned(), |error| error.path().to_string());
    Error::Malformed { path: harmless(&path) }
}

/// A path can pass through member names that the server made up: keep them short and harmless.
fn harmless(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '[' | ']');
    path.chars().take(120).map(|c| if plain(c) { c } else { '?' }).collect()
}
