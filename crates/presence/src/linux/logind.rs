//! logind: `Lock`, `LockedHint` and `Active` of the own session, and `PrepareForSleep`.
//!
//! Source: org.freedesktop.login1(5).

use futures_util::stream::{BoxStream, SelectAll, StreamExt as _};
use tokio::sync::mpsc::UnboundedSender;
use zbus::zvariant::{OwnedFd, OwnedObjectPath};
use zbus::{Connection, Proxy};

use crate::turn::{Turn, Turned};

const LOGIND: &str = "org.freedesktop.login1";

/// What was heard.
enum Heard {
    Locked,
    Sleeping,
    Awake,
}

/// Tells what it hears until the bus is gone.
pub(super) async fn listen(system: &Connection, to: &UnboundedSender<Turned>) -> zbus::Result<()> {
    let manager = manager(system).await?;
    let mut heard = SelectAll::new();
    heard.push(sleep(&manager).await?);
    match own_session(system, &manager).await {
        Ok(session) => heard.extend(locks(&session).await?),
        Err(error) => tracing::warn!(%error, "logind knows no session of ours"),
    }
    let mut delay = delay_lock(&manager).await;
    while let Some(heard) = heard.next().await {
        match heard {
            // The lock screen waits for nobody, so neither do we.
            Heard::Locked => drop(tell(to, Turn::ScreenLocked)),
            Heard::Sleeping => {
                let dealt_with = tell(to, Turn::Suspending);
                // An error means that it was dropped, which is how a turn is dealt with.
                drop(dealt_with.await);
                delay = None;
            }
            Heard::Awake => delay = delay_lock(&manager).await,
        }
    }
    drop(delay);
    Ok(())
}

/// Whether there is a session of ours, and whether suspends are told.
pub(super) async fn is_there(system: &Connection) -> (bool, bool) {
    let Ok(manager) = manager(system).await else { return (false, false) };
    let version = manager.get_property::<bool>("PreparingForSleep").await;
    (own_session(system, &manager).await.is_ok(), version.is_ok())
}

fn tell(to: &UnboundedSender<Turned>, turn: Turn) -> tokio::sync::oneshot::Receiver<()> {
    let (turned, dealt_with) = Turned::new(turn);
    if to.send(turned).is_err() {
        tracing::debug!("Nobody listens any more");
    }
    dealt_with
}

async fn manager(system: &Connection) -> zbus::Result<Proxy<'static>> {
    let path = "/org/freedesktop/login1";
    Proxy::new(system, LOGIND, path, "org.freedesktop.login1.Manager").await
}

/// The session that this process was started in. Desktops start programs as services of the person,
/// outside any session: then the person's graphical one.
async fn own_session(system: &Connection, manager: &Proxy<'_>) -> zbus::Result<Proxy<'static>> {
    let process = std::process::id();
    let found: zbus::Result<OwnedObjectPath> = manager.call("GetSessionByPID", &(process,)).await;
    let path = match found {
        Ok(path) => path,
        Err(_) => graphical_session(system, manager, process).await?,
    };
    Proxy::new(system, LOGIND, path, "org.freedesktop.login1.Session").await
}

async fn graphical_session(
    system: &Connection,
    manager: &Proxy<'_>,
    process: u32,
) -> zbus::Result<OwnedObjectPath> {
    let user: OwnedObjectPath = manager.call("GetUserByPID", &(process,)).await?;
    let user = Proxy::new(system, LOGIND, user, "org.freedesktop.login1.User").await?;
    let (_, path): (String, OwnedObjectPath) = user.get_property("Display").await?;
    Ok(path)
}

async fn sleep(manager: &Proxy<'static>) -> zbus::Result<BoxStream<'static, Heard>> {
    let signals = manager.receive_signal("PrepareForSleep").await?;
    let heard = signals.filter_map(async |signal| match signal.body().deserialize() {
        Ok(true) => Some(Heard::Sleeping),
        Ok(false) => Some(Heard::Awake),
        Err(_) => None,
    });
    Ok(heard.boxed())
}

/// Asked to lock, locked, or not in front any more.
async fn locks(session: &Proxy<'static>) -> zbus::Result<[BoxStream<'static, Heard>; 3]> {
    let asked = session.receive_signal("Lock").await?.map(|_| Heard::Locked);
    let locked = turns(session, "LockedHint", true).await;
    let left = turns(session, "Active", false).await;
    Ok([asked.boxed(), locked, left])
}

/// Each time that a property of the session turns to this value.
async fn turns(
    session: &Proxy<'static>,
    name: &'static str,
    to: bool,
) -> BoxStream<'static, Heard> {
    let changes = session.receive_property_changed::<bool>(name).await;
    let heard = changes.filter_map(move |change| async move {
        let turned = change.get().await.is_ok_and(|value| value == to);
        turned.then_some(Heard::Locked)
    });
    heard.boxed()
}

/// While this is held, logind waits for us before it sleeps, for 5 seconds by default.
async fn delay_lock(manager: &Proxy<'_>) -> Option<OwnedFd> {
    let words = ("sleep", "Usher", "The vault is locked first", "delay");
    match manager.call("Inhibit", &words).await {
        Ok(lock) => Some(lock),
        Err(error) => {
            tracing::warn!(%error, "The system will not wait for the vault to be locked");
            None
        }
    }
}
