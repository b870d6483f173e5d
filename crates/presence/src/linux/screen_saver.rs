//! The desktop's screen saver: `ActiveChanged`, by whatever name the desktop gives its own.

use futures_util::stream::StreamExt as _;
use tokio::sync::mpsc::UnboundedSender;
use zbus::fdo::DBusProxy;
use zbus::message::{Message, Type};
use zbus::names::BusName;
use zbus::{Connection, MatchRule, MessageStream};

use crate::turn::{Turn, Turned};

/// Interfaces that have the signal; each is also the name that the screen saver owns.
const SCREEN_SAVERS: [&str; 5] = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];

/// Tells what it hears until the bus is gone. Who sent it does not matter: being told falsely only
/// locks the vault.
pub(super) async fn listen(session: &Connection, to: &UnboundedSender<Turned>) -> zbus::Result<()> {
    let rule = MatchRule::builder().msg_type(Type::Signal).member("ActiveChanged")?.build();
    let mut signals = MessageStream::for_match_rule(rule, session, None).await?;
    while let Some(signal) = signals.next().await {
        if is_lock(&signal?) && to.send(Turned::new(Turn::ScreenLocked).0).is_err() {
            break;
        }
    }
    Ok(())
}

/// Whether a known screen saver is running.
pub(super) async fn is_there(session: &Connection) -> bool {
    let Ok(bus) = DBusProxy::new(session).await else { return false };
    for name in SCREEN_SAVERS {
        let Ok(name) = BusName::try_from(name) else { continue };
        if bus.name_has_owner(name).await.unwrap_or(false) {
            return true;
        }
    }
    false
}

fn is_lock(signal: &Message) -> bool {
    let header = signal.header();
    let known = header.interface().is_some_and(|name| SCREEN_SAVERS.contains(&name.as_str()));
    known && signal.body().deserialize::<bool>().unwrap_or(false)
}
