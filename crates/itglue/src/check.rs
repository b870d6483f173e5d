//! What one cheap call says about a key.

use std::time::Duration;

use serde::de::IgnoredAny;

use crate::{
    Client, Error, UnreachableKind,
    http::{Limit, Patience, Question},
    json::{self, Many},
    limit::Purpose,
};

/// What [`Client::check`] learnt of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It works here. Whether it has *Password Access* cannot be known from this.
    Good {
        /// How many organizations it sees.
        organizations: u64,
    },
    /// The gateway lets it not through. It is wrong or revoked, belongs to another region, the
    /// account's IP allow-list excludes this machine, or the plan has no API: the API does not
    /// say which. Other regions are never tried, since the key would be shown to them.
    Refused,
    /// No connection came about.
    Unreachable(UnreachableKind),
    /// No answer came in time.
    TimedOut,
    /// What answers has a certificate that is not trusted: a proxy or filter is in the way. The
    /// key was not sent.
    CertificateNotTrusted,
    /// Too many requests were made with this account to tell now.
    RateLimited {
        /// How long until it is worth asking again, as far as that is known.
        retry_after: Option<Duration>,
    },
    /// Something answered, and not as the API does.
    Odd(Error),
}

impl Client {
    /// Asks for one organization to learn whether the key works here.
    pub async fn check(&self) -> Verdict {
        match self.count_organizations().await {
            Ok(organizations) => Verdict::Good { organizations },
            Err(Error::KeyRefused) => Verdict::Refused,
            Err(Error::Unreachable(UnreachableKind::Certificate)) => Verdict::CertificateNotTrusted,
            Err(Error::Unreachable(kind)) => Verdict::Unreachable(kind),
            Err(Error::TimedOut { .. }) => Verdict::TimedOut,
            Err(Error::RateLimited { retry_after }) => Verdict::RateLimited { retry_after },
            Err(error) => Verdict::Odd(error),
        }
    }

    async fn count_organizations(&self) -> Result<u64, Error> {
        let question = Question {
            path: &["organizations"],
            query: &[("page[number]", "1"), ("page[size]", "1")],
            limit: Limit::List,
            purpose: Purpose::Single,
            divisible: false,
        };
        let body = self.transport().get(&question, &Patience::single()).await?;
        let page: Many<IgnoredAny> = json::parse(&body, Limit::List)?;
        Ok(page.meta.total_count)
    }
}
