//! The body of a change, written once into room of the right size: it may hold a password.

use std::io::{self, Write};

use serde::Serialize;
use zeroize::Zeroizing;

use crate::Error;

/// The API takes 10 MB at most.
const LARGEST: usize = 10_000_000;

#[derive(Serialize)]
struct Envelope<'a, A> {
    data: Data<'a, A>,
}

#[derive(Serialize)]
struct Data<'a, A> {
    r#type: &'static str,
    attributes: &'a A,
}

/// `{"data":{"type":..,"attributes":{..}}}`.
///
/// # Errors
/// [`Error::TooLarge`] for more than the API takes.
pub(super) fn body(
    kind: &'static str,
    attributes: &impl Serialize,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let envelope = Envelope { data: Data { r#type: kind, attributes } };
    let mut length = Length(0);
    serde_json::to_writer(&mut length, &envelope).map_err(|_| Error::Setup)?;
    if length.0 > LARGEST {
        return Err(Error::TooLarge { limit: LARGEST });
    }
    // Growing would leave unwiped copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(length.0));
    serde_json::to_writer(&mut *body, &envelope).map_err(|_| Error::Setup)?;
    Ok(body)
}

struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_written_without_growing() {
        let body = body("passwords", &serde_json::json!({ "name": "a\"b" })).unwrap();
        assert_eq!(body.capacity(), body.len());
        let expected = br#"{"data":{"type":"passwords","attributes":{"name":"a\"b"}}}"#;
        assert_eq!(body.as_slice(), expected);
    }

    #[test]
    fn more_than_the_api_takes_is_not_sent() {
        let long = "a".repeat(LARGEST);
        assert_eq!(body("passwords", &long).err(), Some(Error::TooLarge { limit: LARGEST }));
    }
}
