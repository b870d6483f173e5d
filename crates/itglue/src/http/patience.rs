//! How long a request waits for its turn, and who is told.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::{
    Error, Limiter,
    limit::{Purpose, WINDOW},
};

/// A single record is waited for by a person, or by a program that gives up after some seconds
/// (an RDP client after about nine): better to say soon that it takes long.
const SINGLE: Duration = Duration::from_secs(5);

/// How long a request may wait for its turn in all. The wait is no try: see `get`.
pub(crate) struct Patience<'a> {
    left: Duration,
    tell: &'a (dyn Fn(Duration) + Send + Sync),
}

impl<'a> Patience<'a> {
    /// A page of a list: as long as the account's own window, and every wait is told.
    pub(crate) fn list(tell: &'a (dyn Fn(Duration) + Send + Sync)) -> Self {
        Self { left: WINDOW, tell }
    }

    /// One record, or a change of one.
    pub(crate) fn single() -> Self {
        Self { left: SINGLE, tell: &|_| {} }
    }

    /// Waits until the share has room and no pause holds.
    ///
    /// Dropping the future takes nothing from the share.
    pub(crate) async fn turn(&mut self, limiter: &Limiter, purpose: Purpose) -> Result<(), Error> {
        while let Err(until) = limiter.take(purpose) {
            let started = Instant::now();
            let wait = until.saturating_duration_since(started);
            if wait > self.left {
                return Err(Error::RateLimited { retry_after: Some(wait) });
            }
            (self.tell)(wait);
            sleep_until(until).await;
            self.left = self.left.saturating_sub(started.elapsed());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

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
        Patience::list(&tell).turn(&limiter, Purpose::Page).await.unwrap();
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
        let mut patience = Patience::single();
        limiter.pause(Some(Duration::from_secs(3)));
        patience.turn(&limiter, Purpose::Single).await.unwrap();
        limiter.pause(Some(Duration::from_secs(3)));
        let refused = patience.turn(&limiter, Purpose::Single).await;
        assert_eq!(refused, Err(Error::RateLimited { retry_after: Some(Duration::from_secs(3)) }));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_stops_waiting_takes_no_place() {
        let limiter = used_up();
        let waiting = async { Patience::list(&|_| {}).turn(&limiter, Purpose::Page).await };
        let given_up = tokio::time::timeout(Duration::from_secs(5), waiting).await;
        assert!(given_up.is_err());
        tokio::time::advance(WINDOW).await;
        assert_eq!(limiter.left().requests, 1);
    }
}
