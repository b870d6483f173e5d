//! Stand-ins for time, chance and the rest of the world in unit tests.

mod door;
mod host;
mod office;
mod scene;
mod source;
mod world;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use crate::Secret;
use crate::ports::{Clock, Random};
use crate::time::{Moment, Uptime};

pub(crate) use host::certificate;
pub(crate) use office::{
    AT_SRV1, BY_HAND, DESK, DOMAIN_ADMIN, EVE, KEYS, NIGHT, WORK, hosts, named, office, rdp,
    through_gateway,
};
pub(crate) use scene::{ACCOUNT, ADA, BOB, CLIENT, OTHER, ROOT, Scene, edit, record};
pub(crate) use world::World;

/// What comes of it at once; `None` if it would have to wait.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// A key's characters: tests ask which key lies where, and which was used.
fn characters(key: &Secret) -> String {
    // EXPOSE: the keys of these tests are made up on the spot
    key.expose().to_owned()
}

pub(crate) struct FixedClock(u64);

impl FixedClock {
    pub(crate) fn at(millis: u64) -> Self {
        Self(millis)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        Moment::from_unix_millis(self.0)
    }

    fn uptime(&self) -> Uptime {
        Uptime(Duration::from_millis(self.0))
    }

    async fn wait(&self, _time: Duration) {}
}

#[derive(Default)]
pub(crate) struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        for byte in buffer {
            *byte = self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
