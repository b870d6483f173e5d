//! What a document says, as lists and shows embed it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;

use crate::Sensitive;

/// The body of a document. Accounts have been seen to give it in either shape; its sections, asked
/// for by themselves, have one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum DocumentContent {
    /// One text, HTML.
    Html(Sensitive),
    /// A list of sections.
    Sections(EmbeddedSections),
}

/// The sections of a document in a shape that is not documented. `Debug` shows nothing of them;
/// they are not wiped when dropped, since JSON values offer no way to.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct EmbeddedSections(Vec<Value>);

impl EmbeddedSections {
    /// The sections, as they came.
    #[must_use]
    pub fn as_slice(&self) -> &[Value] {
        &self.0
    }
}

impl fmt::Debug for EmbeddedSections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmbeddedSections")
    }
}

/// By hand, since trying one shape after the other would keep an unwiped copy of the text.
impl<'de> Deserialize<'de> for DocumentContent {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(TextOrSections)
    }
}

struct TextOrSections;

impl<'de> de::Visitor<'de> for TextOrSections {
    type Value = DocumentContent;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of sections")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DocumentContent, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<DocumentContent, E> {
        Ok(DocumentContent::Html(text.into()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, sections: A) -> Result<DocumentContent, A::Error> {
        let sections = de::value::SeqAccessDeserializer::new(sections);
        Deserialize::deserialize(sections).map(DocumentContent::Sections)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> serde_json::Result<DocumentContent> {
        serde_json::from_str(json)
    }

    #[test]
    fn both_shapes_are_read_and_written() {
        let html = read(r#""<p>a\nb</p>""#).unwrap();
        assert_eq!(html, DocumentContent::Html("<p>a\nb</p>".to_owned().into()));
        let json = r#"[{"id":1,"resource":{"content":"a"},"resource_type":"Document::Text"},{}]"#;
        let sections = read(json).unwrap();
        let DocumentContent::Sections(inner) = &sections else { panic!("{sections:?}") };
        assert_eq!(inner.as_slice().len(), 2);
        for content in [html, sections] {
            let written = serde_json::to_string(&content).unwrap();
            assert_eq!(read(&written).unwrap(), content);
        }
    }

    #[test]
    fn another_shape_is_refused() {
        for json in ["7", "{}", "true"] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn it_does_not_print() {
        let html = read(r#""PIN 12""#).unwrap();
        let sections = read(r#"["PIN 12"]"#).unwrap();
        assert_eq!(format!("{html:?} {sections:?}"), "Html(Sensitive) Sections(EmbeddedSections)");
    }
}
