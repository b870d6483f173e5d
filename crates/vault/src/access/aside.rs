//! What takes its time, beside the threads that must not wait: keys are derived, the keyring asked.

use std::thread;

use tokio::sync::oneshot;
use usher_core::error::StoreError;
use usher_core::ports::AccessError;
use zeroize::zeroize_stack;

use crate::worker::DEEP;

/// Runs the job on a thread of its own. It is done even if nobody waits for it.
///
/// # Errors
/// The job's; `Failed` where it broke.
pub(super) async fn aside<T: Send + 'static>(
    job: impl FnOnce() -> Result<T, AccessError> + Send + 'static,
) -> Result<T, AccessError> {
    const BROKEN: AccessError = AccessError::Store(StoreError::Failed);
    let (answer, answered) = oneshot::channel();
    thread::Builder::new()
        .name("usher-door".to_owned())
        .spawn(move || {
            run(job, answer);
            // The C library keeps the stack of a thread that ended for the next one.
            zeroize_stack::<DEEP>();
        })
        .map_err(|_| BROKEN)?;
    answered.await.unwrap_or(Err(BROKEN))
}

/// Never a part of its caller, whose own stack stays when the rest is wiped.
#[inline(never)]
fn run<T>(
    job: impl FnOnce() -> Result<T, AccessError>,
    answer: oneshot::Sender<Result<T, AccessError>>,
) {
    // Whoever asked may have gone; what was written stays written.
    answer.send(job()).ok();
}
