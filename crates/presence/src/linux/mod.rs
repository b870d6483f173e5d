//! Linux and its like: the X server or GNOME's compositor for idle, logind and the desktop's screen
//! saver for the rest.

mod buses;
mod idle;
mod listen;
mod logind;
mod screen_saver;

use std::time::Duration;

use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::task::JoinSet;

pub use buses::Buses;

use crate::means::{Means, Source};
use crate::turn::Turned;
use crate::watch::{IdleUnknown, Session};

/// The OS session that this program runs in.
pub struct OsSession {
    buses: Buses,
    turns: UnboundedReceiver<Turned>,
    /// Ends with the session.
    _listening: JoinSet<()>,
}

impl OsSession {
    /// Listens from now on. Needs a tokio runtime around it.
    #[must_use]
    pub fn start() -> Self {
        Self::over(Buses::default())
    }

    /// The same over buses of one's choice.
    #[must_use]
    pub fn over(buses: Buses) -> Self {
        let (to, turns) = mpsc::unbounded_channel();
        let mut listening = JoinSet::new();
        listening.spawn(listen::to_logind(buses.clone(), to.clone()));
        listening.spawn(listen::to_screen_savers(buses.clone(), to));
        Self { buses, turns, _listening: listening }
    }
}

impl Session for OsSession {
    async fn idle(&self) -> Result<Duration, IdleUnknown> {
        idle::ask(&self.buses).await.map(|(_, idle)| idle).ok_or(IdleUnknown)
    }

    async fn turned(&mut self) -> Turned {
        match self.turns.recv().await {
            Some(turned) => turned,
            // Both listeners are gone, which happens only while the program ends.
            None => std::future::pending().await,
        }
    }
}

/// What this session can tell.
pub async fn means() -> Means {
    let buses = Buses::default();
    let mut means = Means { idle: idle::ask(&buses).await.map(|(by, _)| by), ..Means::default() };
    if let Ok(system) = buses.system().await {
        let (session, suspend) = logind::is_there(&system).await;
        means.screen_lock.extend(session.then_some(Source::Logind));
        means.suspend = suspend.then_some(Source::Logind);
    }
    if let Ok(session) = buses.session().await
        && screen_saver::is_there(&session).await
    {
        means.screen_lock.push(Source::ScreenSaver);
    }
    means
}
