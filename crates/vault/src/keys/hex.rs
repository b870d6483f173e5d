//! Bytes in the JSON of a clear row, as hexadecimal.

use std::fmt::Write as _;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// So many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hex<const N: usize>(pub(crate) [u8; N]);

/// Any number of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&written(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Bytes::deserialize(deserializer)?.0;
        bytes.try_into().map(Self).map_err(|_| D::Error::custom("another length"))
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&written(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).map(Self).ok_or_else(|| D::Error::custom("not hexadecimal"))
    }
}

fn written(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut text, byte| {
        // Writing to a `String` cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// Lower case only: each row has one spelling.
fn read(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_one_spelling() {
        let text = serde_json::to_string(&Hex([0x00, 0x9f, 0xff])).expect("writes");
        assert_eq!(text, r#""009fff""#);
        assert_eq!(serde_json::from_str::<Bytes>(&text).expect("reads").0, [0x00, 0x9f, 0xff]);
        assert_eq!(serde_json::from_str::<Hex<3>>(&text).expect("reads"), Hex([0x00, 0x9f, 0xff]));
        for wrong in [r#""009FFF""#, r#""009ff""#, r#""0g9fff""#, r#""009fff00""#, "[0,159,255]"] {
            assert!(serde_json::from_str::<Hex<3>>(wrong).is_err(), "{wrong}");
        }
    }
}
