//! What takes its time, beside the threads that must not wait: keys are derived, the keyring asked.

use std::thread;

use tokio::sync::oneshot;
use usher_core::error::StoreError;
use usher_core::ports::AccessError;
use usher_core::wiped;

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
        // Whoever asked may have gone; what was written stays written. The C library keeps the stack of a
        // thread that ended for the next one.
        .spawn(move || wiped(|| answer.send(job()).is_ok()))
        .map_err(|_| BROKEN)?;
    answered.await.unwrap_or(Err(BROKEN))
}
