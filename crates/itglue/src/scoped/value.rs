//! A password's value, taken out of an answer without leaving unwiped copies behind.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::{
    Error, Password, Record,
    http::{Body, Limit},
    json::{self, One},
    resources,
};

/// One password with its value. It cannot be printed, cloned, compared or serialised; the value
/// is wiped when dropped.
///
/// ```compile_fail,E0277
/// fn print(found: itglue::PasswordValue) -> String {
///     format!("{found:?}")
/// }
/// ```
pub struct PasswordValue {
    /// The record that the value came with, already checked to be the one asked for.
    pub record: Record<Password>,
    /// The characters; never empty.
    pub value: Zeroizing<String>,
}

/// What an answer says about the value.
pub(crate) enum Found {
    Value(Zeroizing<String>),
    /// The attribute is there, but null or empty.
    Nothing,
    /// No such attribute: the key may not see values.
    Withheld,
}

#[cfg(feature = "fuzzing")]
impl Found {
    /// The value's characters, if there is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nothing | Self::Withheld => None,
        }
    }
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    attributes: Attributes<'a>,
}

#[derive(Deserialize)]
struct Attributes<'a> {
    #[serde(borrow, default, deserialize_with = "even_null")]
    password: Option<&'a RawValue>,
}

fn even_null<'de, D: Deserializer<'de>>(input: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(input).map(Some)
}

/// Reads record and value out of the answer to a show.
pub(crate) fn parse(body: &Body) -> Result<(Record<Password>, Found), Error> {
    let record: One<resources::Row<Password>> = json::parse(body, Limit::Single)?;
    // Borrowed, since serde_json would unescape into a buffer that nobody wipes.
    let row: One<Row<'_>> = json::parse(body, Limit::Single)?;
    let found = match row.data.attributes.password.map(RawValue::get) {
        None => Found::Withheld,
        Some("null" | "\"\"") => Found::Nothing,
        Some(token) => Found::Value(unquote(token).ok_or_else(malformed)?),
    };
    Ok((record.data.into(), found))
}

fn malformed() -> Error {
    Error::Malformed { path: "data.attributes.password".to_owned() }
}

/// Decodes a JSON string token into room that never has to grow.
fn unquote(token: &str) -> Option<Zeroizing<String>> {
    let mut rest = token.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = Zeroizing::new(String::with_capacity(token.len()));
    while let Some(c) = rest.next() {
        text.push(if c == '\\' { escaped(&mut rest)? } else { c });
    }
    Some(text)
}

fn escaped(rest: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => unicode(rest)?,
        plain @ ('"' | '\\' | '/') => plain,
        _ => return None,
    })
}

/// The four digits after `\u`, and the second half where they are the first of a pair.
fn unicode(rest: &mut std::str::Chars<'_>) -> Option<char> {
    let first = four_digits(rest)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some(c);
    }
    if rest.next()? != '\\' || rest.next()? != 'u' {
        return None;
    }
    char::decode_utf16([first, four_digits(rest)?]).next()?.ok()
}

fn four_digits(rest: &mut std::str::Chars<'_>) -> Option<u16> {
    let mut unit: u16 = 0;
    for _ in 0..4 {
        let digit = u16::try_from(rest.next()?.to_digit(16)?).ok()?;
        unit = unit.checked_mul(16)?.checked_add(digit)?;
    }
    Some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same_as_serde(text: &str) {
        let token = serde_json::to_string(text).unwrap();
        assert_eq!(unquote(&token).unwrap().as_str(), text);
    }

    #[test]
    fn quotes_backslashes_and_unicode_survive() {
        for text in ["a", "q\"u'o\\te", "\u{1}\n\r\t\u{8}\u{c}/", "£✓🔑é", "\\u0041", "\\"] {
            same_as_serde(text);
        }
        assert_eq!(unquote(r#""\u0041\ud83d\udd11\/""#).unwrap().as_str(), "A🔑/");
    }

    #[test]
    fn half_a_pair_or_half_an_escape_is_malformed() {
        for token in [r#""\ud83d""#, r#""\ud83dx""#, r#""\udd11""#, r#""\x""#, r#""\u12""#, "12"] {
            assert!(unquote(token).is_none(), "{token}");
        }
    }

    fn found(attribute: &str) -> Result<Found, Error> {
        let attributes = format!(r#"{{"name":"n","organization-id":7{attribute}}}"#);
        let body =
            format!(r#"{{"data":{{"id":"1","type":"passwords","attributes":{attributes}}}}}"#);
        parse(&Zeroizing::new(body.into_bytes())).map(|(_, found)| found)
    }

    #[test]
    fn absent_null_and_given_are_three_things() {
        assert!(matches!(found(""), Ok(Found::Withheld)));
        assert!(matches!(found(r#","password":null"#), Ok(Found::Nothing)));
        assert!(matches!(found(r#","password":"""#), Ok(Found::Nothing)));
        assert!(matches!(found(r#","password":"x""#), Ok(Found::Value(v)) if v.as_str() == "x"));
    }

    #[test]
    fn a_value_that_is_no_text_or_comes_twice_is_malformed() {
        let refused = |attribute| matches!(found(attribute), Err(Error::Malformed { .. }));
        assert!(refused(r#","password":12"#));
        assert!(refused(r#","password":"a","password":"b""#));
    }
}
