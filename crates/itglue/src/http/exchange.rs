//! One request and its answer.

use reqwest::{RequestBuilder, Response, StatusCode};

use super::{Body, Limit, body, failure, retry_after, tally::Tally};
use crate::{ApiKey, Error};

/// Sends the request with the key and reads at most `limit` bytes of a success.
pub(super) async fn run(
    request: RequestBuilder,
    key: &ApiKey,
    limit: Limit,
    tally: &Tally,
) -> Result<Body, Error> {
    let key = key.header().map_err(|_| Error::Setup)?;
    tally.sends();
    let answer = request.header("x-api-key", key).send().await.map_err(|e| failure::of(&e))?;
    match verdict(&answer) {
        Ok(()) => body::read(answer, limit, tally).await,
        Err(Error::Unprocessable { .. }) => {
            let body = body::read(answer, limit, tally).await?;
            Err(Error::Unprocessable { field: crate::json::refused_field(&body) })
        }
        Err(error) => Err(error),
    }
}

/// Bodies of errors are not read, except to learn which attribute was refused: nothing else in
/// them is relied on.
fn verdict(answer: &Response) -> Result<(), Error> {
    match answer.status() {
        StatusCode::OK | StatusCode::CREATED => Ok(()),
        StatusCode::UNAUTHORIZED => Err(Error::NotAllowed),
        StatusCode::FORBIDDEN => Err(Error::KeyRefused),
        StatusCode::NOT_FOUND => Err(Error::NotFound),
        StatusCode::UNPROCESSABLE_ENTITY => Err(Error::Unprocessable { field: None }),
        StatusCode::TOO_MANY_REQUESTS => {
            Err(Error::RateLimited { retry_after: retry_after::of(answer) })
        }
        redirect if redirect.is_redirection() => Err(Error::UnexpectedRedirect(redirect.as_u16())),
        other => Err(Error::UnexpectedStatus(other.as_u16())),
    }
}
