//! How long a request waits for its turn, and who is told.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use crate::{
    Error, Limiter,
    limit::{Purpose, WINDOW},
};

/// A single record is waited for by a person, or by a program that gives up after some seconds
/// (an RDP client after about nine): better to say soon that it takes long.
const SINGLE: Duration = Duration::from_secs(5);

/// Who hears of a wait.
type Tell<'a> = Box<dyn Fn(Duration) + Send + Sync + 'a>;

/// How long requests may wait for their turn, all those of one call together. The wait is no try:
/// see `get`.
pub(crate) struct Patience<'a> {
    spent: Mutex<Spent>,
    tell: Tell<'a>,
}

struct Spent {
    left: Duration,
    /// Until when a wait is counted already: pages of a list wait beside one another.
    until: Instant,
}

impl<'a> Patience<'a> {
    /// A list: as long as the account's own window, and every wait is told.
    pub(crate) fn list(tell: impl Fn(Duration) + Send + Sync + 'a) -> Self {
        Self::new(WINDOW, Box::new(tell))
    }

    /// One record, or a change of one.
    pub(crate) fn single() -> Self {
        Self::new(SINGLE, Box::new(|_| {}))
    }

    fn new(left: Duration, tell: Tell<'a>) -> Self {
        Self { spent: Mutex::new(Spent { left, until: Instant::now() }), tell }
    }

    /// Whether it would wait this long.
    pub(crate) fn bears(&self, wait: Duration) -> bool {
        wait <= self.spent().left
    }

    /// Waits until the share has room and no pause holds.
    ///
    /// Dropping the future takes nothing from the share.
    pub(crate) async fn turn(&self, limiter: &Limiter, purpose: Purpose) -> Result<(), Error> {
        while let Err(until) = limiter.take(purpose) {
            let wait = until.saturating_duration_since(Instant::now());
            if !self.bears(wait) {
                return Err(Error::RateLimited { retry_after: Some(wait) });
            }
            (self.tell)(wait);
            let from = Instant::now();
            sleep_until(until).await;
            self.spent().waited(from, Instant::now());
        }
        Ok(())
    }

    fn spent(&self) -> MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Spent {
    fn waited(&mut self, from: Instant, to: Instant) {
        let fresh = to.saturating_duration_since(from.max(self.until));
        self.left = self.left.saturating_sub(fresh);
        self.until = self.until.max(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Share;

    fn used_up() -> Limiter {
        let limiter = Limiter::new(Share { requests: 1, kept_for_launches: 0 });
        limiter.take(Purpose::Page).unwrap();
        limiter
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_waits_for_room_and_says_so() {
        let (limiter, told) = (used_up(), Mutex::new(Vec::new()));
        let started = Instant::now();
        let tell = |wait| told.lock().unwrap().push(wait);
        Patience::list(tell).turn(&limiter, Purpose::Page).await.unwrap();
        assert_eq!(started.elapsed(), WINDOW);
        assert_eq!(*told.lock().unwrap(), [WINDOW]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_single_record_is_refused_at_once_where_the_wait_is_long() {
        let started = Instant::now();
        let refused = Patience::single().turn(&used_up(), Purpose::Single).await;
        assert_eq!(refused, Err(Error::RateLimited { retry_after: Some(WINDOW) }));
        assert_eq!(started.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn pauses_in_a_row_use_up_one_patience() {
        let limiter = Limiter::new(Share::default());
        let patience = Patience::single();
        limiter.pause(Some(Duration::from_secs(3)));
        patience.turn(&limiter, Purpose::Single).await.unwrap();
        limiter.pause(Some(Duration::from_secs(3)));
        let refused = patience.turn(&limiter, Purpose::Single).await;
        assert_eq!(refused, Err(Error::RateLimited { retry_after: Some(Duration::from_secs(3)) }));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_stops_waiting_takes_no_place() {
        let limiter = used_up();
        let waiting = async { Patience::list(|_| {}).turn(&limiter, Purpose::Page).await };
        let given_up = tokio::time::timeout(Duration::from_secs(5), waiting).await;
        assert!(given_up.is_err());
        tokio::time::advance(WINDOW).await;
        assert_eq!(limiter.left().requests, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn waits_beside_one_another_are_one_wait() {
        let limiter = Limiter::new(Share::default());
        let patience = Patience::list(|_| {});
        limiter.pause(Some(Duration::from_secs(200)));
        let turn = || patience.turn(&limiter, Purpose::Page);
        let (one, other, third) = tokio::join!(turn(), turn(), turn());
        assert_eq!((one, other, third), (Ok(()), Ok(()), Ok(())));
        assert!(patience.bears(Duration::from_secs(100)));
        assert!(!patience.bears(Duration::from_secs(101)), "200 of 300 are spent");
    }
}
