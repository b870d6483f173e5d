//! The wire: what is sent, how often, and the only place that puts the key on it.

mod body;
mod exchange;
mod failure;
mod get;
mod patience;
mod reach;
mod resolver;
mod retry_after;
mod send;
mod settings;
mod tally;
mod tls;
#[cfg(test)]
mod wire_tests;

use reqwest::Url;

use crate::{ApiKey, Error, Limiter, limit::Purpose};
pub(crate) use body::{Body, Limit};
pub(crate) use patience::Patience;
pub(crate) use reach::reach;
pub use settings::{CompanyRoot, InvalidCompanyRoot, InvalidProxy, Proxy};
#[cfg(feature = "test-server")]
pub(crate) use settings::{TIMEOUTS, Timeouts};
pub use tally::Stats;

/// One account's way to the API.
pub(crate) struct Transport {
    http: reqwest::Client,
    base: Url,
    key: ApiKey,
    limiter: Limiter,
    tally: tally::Tally,
}

/// What is asked for with a GET.
pub(crate) struct Question<'a> {
    pub(crate) path: &'a [&'a str],
    pub(crate) query: &'a [(&'a str, &'a str)],
    pub(crate) limit: Limit,
    pub(crate) purpose: Purpose,
    /// Whether the asker will ask for half of it where it is too much at once.
    pub(crate) divisible: bool,
}

impl Transport {
    pub(crate) fn new(http: reqwest::Client, base: Url, key: ApiKey, limiter: Limiter) -> Self {
        Self { http, base, key, limiter, tally: tally::Tally::default() }
    }

    pub(crate) fn limiter(&self) -> &Limiter {
        &self.limiter
    }

    pub(crate) fn stats(&self) -> Stats {
        self.tally.stats()
    }

    /// Heeds what an answer says of the rate. A refusal that is worth waiting out is no answer yet.
    fn settle(
        &self,
        answer: Result<Body, Error>,
        patience: &Patience<'_>,
    ) -> Option<Result<Body, Error>> {
        match &answer {
            Ok(_) => self.limiter.accepted(),
            Err(Error::RateLimited { retry_after }) => {
                self.limiter.pause(*retry_after);
                if retry_after.is_none_or(|wait| patience.bears(wait)) {
                    return None;
                }
            }
            Err(_) => {}
        }
        Some(answer)
    }

    /// Built here from constants and ids, never from anything an answer said.
    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Error> {
        let mut url = self.base.clone();
        url.path_segments_mut().map_err(|()| Error::Setup)?.pop_if_empty().extend(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }
}

pub(crate) use settings::Settings;

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;
    use crate::{Region, Share};

    #[test]
    fn every_address_is_on_the_regions_host_over_tls() {
        for region in Region::ALL {
            let http = Settings::default().client().unwrap();
            let base = Url::parse(region.base_url()).unwrap();
            let key = ApiKey::new(Zeroizing::new("ITG.a".to_owned())).unwrap();
            let transport = Transport::new(http, base, key, Limiter::new(Share::default()));
            let url = transport.url(&["organizations", "7"], &[("sort", "a&b/../c")]).unwrap();
            assert_eq!((url.scheme(), url.host_str()), ("https", Some(region.host())));
            assert_eq!(url.path(), "/organizations/7");
            assert_eq!(url.query(), Some("sort=a%26b%2F..%2Fc"));
        }
    }
}
