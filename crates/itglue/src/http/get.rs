//! A GET with its tries: it changes nothing, so it can be repeated.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use tokio::time::{Instant, sleep, timeout_at};

use super::{Body, Patience, Question, Transport, exchange};
use crate::{Error, limit::Purpose};

/// After the first try.
const MORE_TRIES: usize = 2;
/// All tries together, the waits for the rate limit not counted.
const ALL_TRIES: Duration = Duration::from_mins(1);
const FIRST_DELAY: Duration = Duration::from_millis(250);

impl Transport {
    /// Asks until there is an answer, a failure that asking again cannot cure, or no try left.
    /// Waiting for the rate limit is no try.
    pub(crate) async fn get(
        &self,
        question: &Question<'_>,
        patience: &Patience<'_>,
    ) -> Result<Body, Error> {
        let mut tries = Tries::new();
        loop {
            self.turn(question.purpose, patience, &mut tries).await?;
            let answer = self.once(question, tries.deadline).await;
            match self.settle(answer, patience) {
                None => {}
                Some(Ok(body)) => return Ok(body),
                Some(Err(error)) => tries.next(error, question.divisible).await?,
            }
        }
    }

    /// Waits for a place in the share; what it took is given back to the tries.
    async fn turn(
        &self,
        purpose: Purpose,
        patience: &Patience<'_>,
        tries: &mut Tries,
    ) -> Result<(), Error> {
        let started = Instant::now();
        patience.turn(&self.limiter, purpose).await?;
        if let Some(deadline) = tries.deadline.checked_add(started.elapsed()) {
            tries.deadline = deadline;
        }
        Ok(())
    }

    async fn once(&self, question: &Question<'_>, deadline: Instant) -> Result<Body, Error> {
        let url = self.url(question.path, question.query)?;
        let request = self.http.get(url).header("accept-encoding", question.limit.encoding());
        // Only while it is under way: whoever waits for the limit holds nobody up.
        let _place = match question.purpose {
            Purpose::Page => Some(self.limiter.page().await?),
            Purpose::Single => None,
        };
        let answer = exchange::run(request, &self.key, question.limit, &self.tally);
        let answer = timeout_at(deadline, answer).await;
        answer.unwrap_or(Err(Error::TimedOut { connected: true }))
    }
}

/// The tries that are left, and until when.
struct Tries {
    delays: ExponentialBackoff,
    deadline: Instant,
}

impl Tries {
    fn new() -> Self {
        let delays = ExponentialBuilder::new()
            .with_min_delay(FIRST_DELAY)
            .with_max_times(MORE_TRIES)
            .with_jitter()
            .build();
        let now = Instant::now();
        Self { delays, deadline: now.checked_add(ALL_TRIES).unwrap_or(now) }
    }

    /// Waits before the next try; gives the error back if there is none.
    async fn next(&mut self, error: Error, divisible: bool) -> Result<(), Error> {
        if !may_pass(&error, divisible) {
            return Err(error);
        }
        let delay = self.delays.next().ok_or_else(|| error.clone())?;
        let left = self.deadline.saturating_duration_since(Instant::now());
        if delay >= left {
            return Err(error);
        }
        sleep(delay).await;
        Ok(())
    }
}

/// Whether asking for the same again can help.
fn may_pass(error: &Error, divisible: bool) -> bool {
    match error {
        too_much if too_much.is_too_much() => {
            !divisible && !matches!(error, Error::TooLarge { .. })
        }
        Error::Unreachable(kind) => kind.may_pass(),
        Error::CutShort | Error::TimedOut { .. } => true,
        Error::UnexpectedStatus(status) => *status >= 500,
        Error::KeyRefused
        | Error::NotAllowed
        | Error::NoPasswordAccess
        | Error::NotFound
        | Error::RateLimited { .. }
        | Error::TooLarge { .. }
        | Error::Excessive(_)
        | Error::Malformed { .. }
        | Error::Unprocessable { .. }
        | Error::UnexpectedRedirect(_)
        | Error::ForeignOrganization { .. }
        | Error::WrongRecord { .. }
        | Error::Vaulted
        | Error::NoPassword
        | Error::Paging(_)
        | Error::Setup => false,
    }
}
