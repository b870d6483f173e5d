//! What the tests stand on: a broker over files of its own, asked and heard in JSON only.

pub(crate) mod book;
pub(crate) mod client;
pub(crate) mod clock;
pub(crate) mod cutter;
pub(crate) mod events;
pub(crate) mod forms;
pub(crate) mod held_line;
pub(crate) mod host;
pub(crate) mod logs;
pub(crate) mod people;
pub(crate) mod room;
pub(crate) mod stage;

use std::time::Duration;

pub(crate) use client::Client;
pub(crate) use cutter::Cutter;
pub(crate) use held_line::HeldLine;
pub(crate) use host::Host;
pub(crate) use room::Room;
pub(crate) use stage::Stage;

/// How long anything may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);
/// How long to wait before looking at a condition again.
pub(crate) const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The label and a random tail: text that stands nowhere but where a test put it.
pub(crate) fn canary(label: &str) -> String {
    format!("{label}-{}", uuid::Uuid::new_v4().simple())
}

/// Looks again and again until there is something to see.
pub(crate) async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = std::time::Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    panic!("never seen: {what}");
}
