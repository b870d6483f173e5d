//! Keeps listening: a bus that goes away is looked for again.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use super::{buses::Buses, logind, screen_saver};
use crate::turn::Turned;

/// Until a bus is looked for again.
const PAUSE: Duration = Duration::from_mins(1);

pub(super) async fn to_logind(buses: Buses, to: UnboundedSender<Turned>) {
    loop {
        let ended = async { logind::listen(&buses.system().await?, &to).await }.await;
        tracing::warn!(why = ?ended.err(), "The system does not tell when it is locked or sleeps");
        tokio::time::sleep(PAUSE).await;
    }
}

pub(super) async fn to_screen_savers(buses: Buses, to: UnboundedSender<Turned>) {
    loop {
        let ended = async { screen_saver::listen(&buses.session().await?, &to).await }.await;
        tracing::warn!(why = ?ended.err(), "The desktop does not tell when its screen is locked");
        tokio::time::sleep(PAUSE).await;
    }
}
