//! A change: sent once. Whether a broken-off one arrived cannot be known, so it is not repeated.

use bytes::Bytes;
use reqwest::Method;
use zeroize::Zeroizing;

use super::{Body, Limit, Patience, Transport, exchange};
use crate::{Error, limit::Purpose};

/// What the API wants to read; the character set is needed where text is not ASCII.
const JSON_API: &str = "application/vnd.api+json; charset=utf-8";

impl Transport {
    /// Sends a change and reads the record that comes back. The body is wiped when it has gone.
    ///
    /// A refusal for its rate is the one failure after which it is sent again, since such a
    /// request was not carried out.
    pub(crate) async fn send(
        &self,
        method: &Method,
        path: &[&str],
        body: Zeroizing<Vec<u8>>,
        limit: Limit,
    ) -> Result<Body, Error> {
        let body = Bytes::from_owner(body);
        let patience = Patience::single();
        loop {
            patience.turn(&self.limiter, Purpose::Single).await?;
            let request = self
                .http
                .request(method.clone(), self.url(path, &[])?)
                .header("accept-encoding", limit.encoding())
                .header("content-type", JSON_API)
                .body(body.clone());
            let answer = exchange::run(request, &self.key, limit, &self.tally).await;
            if let Some(answer) = self.settle(answer, &patience) {
                return answer;
            }
        }
    }
}
