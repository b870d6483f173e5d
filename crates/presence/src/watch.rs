//! The watch over one OS session: it looks when a limit could be reached, and listens meanwhile.

use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::turn::{Turn, Turned};

/// Between two looks, however close the limit is.
const SHORTEST: Duration = Duration::from_secs(1);
/// For how long a suspend is held back. logind waits for 5 seconds, Windows for 2 or more.
const PATIENCE: Duration = Duration::from_secs(4);

/// This system does not tell for how long nobody was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdleUnknown;

/// The OS session of the person.
pub trait Session: Send {
    /// For how long nobody has touched keyboard, mouse or screen, in any program.
    ///
    /// # Errors
    /// [`IdleUnknown`].
    fn idle(&self) -> impl Future<Output = Result<Duration, IdleUnknown>> + Send;

    /// Waits for what happens next. Never ready where the system does not tell.
    fn turned(&mut self) -> impl Future<Output = Turned> + Send;
}

/// Who is told, and decides.
pub trait Warden: Sync {
    /// Nobody has touched the computer for so long. The answer: after what time it is worth looking
    /// again; `None`: not before somebody asks for it.
    fn idle(
        &self,
        idle: Result<Duration, IdleUnknown>,
    ) -> impl Future<Output = Option<Duration>> + Send;

    /// Something happened.
    fn turned(&self, turn: Turn) -> impl Future<Output = ()> + Send;
}

/// Watches for ever. `look_again` is for when the limit may have changed or the vault was opened.
pub async fn watch(mut session: impl Session, warden: &impl Warden, look_again: &Notify) {
    let mut next = warden.idle(session.idle().await).await;
    loop {
        let turned = tokio::select! {
            () = limit(next) => None,
            () = look_again.notified() => None,
            turned = session.turned() => Some(turned),
        };
        match turned {
            None => next = warden.idle(session.idle().await).await,
            Some(turned) => deal_with(turned, warden).await,
        }
    }
}

async fn limit(next: Option<Duration>) {
    match next {
        Some(after) => sleep(after.max(SHORTEST)).await,
        None => std::future::pending().await,
    }
}

async fn deal_with(turned: Turned, warden: &impl Warden) {
    if timeout(PATIENCE, warden.turned(turned.turn())).await.is_err() {
        tracing::warn!(turn = ?turned.turn(), "Dealing with it took too long");
    }
}

#[cfg(test)]
mod tests;
