//! Reading an answer: capped while it arrives, wiped when done with.

use zeroize::Zeroizing;

use super::{failure, tally::Tally};
use crate::Error;

/// The largest answer of a kind, in bytes.
#[derive(Clone, Copy)]
pub(crate) enum Limit {
    /// A page of at most 1,000 rows. The API's own maximum is 10 MB.
    List,
    /// One record.
    Single,
}

impl Limit {
    pub(crate) const fn bytes(self) -> usize {
        match self {
            Self::List => 8 * 1024 * 1024,
            Self::Single => 256 * 1024,
        }
    }

    /// Lists shrink to a tenth; a record may hold a password, of which a decompressor would leave
    /// copies behind.
    pub(super) const fn encoding(self) -> &'static str {
        match self {
            Self::List => "gzip",
            Self::Single => "identity",
        }
    }
}

/// What came, wiped when dropped.
pub(crate) type Body = Zeroizing<Vec<u8>>;

/// Reads chunk by chunk. What is counted is what comes out of decompression.
pub(super) async fn read(
    mut answer: reqwest::Response,
    limit: Limit,
    tally: &Tally,
) -> Result<Body, Error> {
    let limit_bytes = limit.bytes();
    let too_large = Error::TooLarge { limit: limit_bytes };
    let announced = answer.content_length().and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > limit_bytes) {
        return Err(too_large);
    }
    // A single record may hold a password: growing would leave an unwiped copy behind.
    let room = match limit {
        Limit::List => announced.unwrap_or(0),
        Limit::Single => limit_bytes,
    };
    let mut body = Zeroizing::new(Vec::with_capacity(room));
    while let Some(chunk) = answer.chunk().await.map_err(|e| failure::of(&e))? {
        tally.received(chunk.len());
        if body.len().saturating_add(chunk.len()) > limit_bytes {
            return Err(too_large);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
