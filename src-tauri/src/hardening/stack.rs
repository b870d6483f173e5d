//! The stack is wiped after each request, on whichever thread each step of it was done.

use std::future::{Future, poll_fn};
use std::pin::pin;

/// Does the work and, after each step of it, wipes the stack that it used.
pub(crate) async fn wiped<W: Future>(work: W) -> W::Output {
    let mut work = pin!(work);
    poll_fn(|context| usher_core::wiped(|| work.as_mut().poll(context))).await
}

/// Wipes the unused stack of the thread that calls.
pub(crate) fn wipe() {
    usher_core::wiped(|| ());
}
