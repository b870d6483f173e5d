//! X11: the window manager is asked (EWMH `_NET_ACTIVE_WINDOW`), and where there is none the window is
//! raised by hand.

mod family;

use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::errors::{ConnectError, ReplyOrIdError};
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt as _, EventMask, InputFocus,
    MapState, StackMode, Window,
};
use x11rb::rust_connection::RustConnection;
use x11rb::{CURRENT_TIME, NONE};

use self::family::family;
use super::NotRaised;

x11rb::atom_manager! {
    /// The names of EWMH.
    Atoms: AtomsCookie {
        ACTIVE_WINDOW: b"_NET_ACTIVE_WINDOW".as_slice(),
        CLIENT_LIST: b"_NET_CLIENT_LIST".as_slice(),
        SUPPORTING_WM_CHECK: b"_NET_SUPPORTING_WM_CHECK".as_slice(),
        WM_PID: b"_NET_WM_PID".as_slice(),
    }
}

/// How long a window manager may take.
const PATIENCE: Duration = Duration::from_secs(1);
/// EWMH: the wish comes from a program that stands for the person, as a pager does.
const FOR_THE_PERSON: u32 = 2;

/// Brings the window of this process, or of one that it started, to the front.
pub(crate) fn raise(process: u32) -> Result<(), NotRaised> {
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty());
    let raised = match raise_on(None, process) {
        Ok(raised) => raised,
        Err(error) => {
            tracing::warn!(%error, "The X server could not be asked");
            Err(NotRaised::NoDesktop)
        }
    };
    // Its X server knows only the programs that use it, and only asks the compositor.
    raised.map_err(|why| if wayland { NotRaised::Wayland } else { why })
}

/// What can go wrong with an X server.
#[derive(Debug, thiserror::Error)]
pub(super) enum XError {
    #[error(transparent)]
    NotConnected(#[from] ConnectError),
    #[error(transparent)]
    NoReply(#[from] ReplyOrIdError),
}

impl From<x11rb::errors::ReplyError> for XError {
    fn from(error: x11rb::errors::ReplyError) -> Self {
        Self::NoReply(error.into())
    }
}

impl From<x11rb::errors::ConnectionError> for XError {
    fn from(error: x11rb::errors::ConnectionError) -> Self {
        Self::NoReply(error.into())
    }
}

pub(super) fn raise_on(
    display: Option<&str>,
    process: u32,
) -> Result<Result<(), NotRaised>, XError> {
    let (connection, screen) = x11rb::connect(display)?;
    let Some(root) = connection.setup().roots.get(screen).map(|screen| screen.root) else {
        return Ok(Err(NotRaised::NoDesktop));
    };
    let atoms = Atoms::new(&connection)?.reply()?;
    let desktop = Desktop { connection, root, atoms };
    let managed = desktop.first(root, desktop.atoms.SUPPORTING_WM_CHECK)?.is_some();
    let windows = if managed { desktop.managed()? } else { desktop.on_top()? };
    let family = family(process);
    for window in windows {
        let owner = desktop.first(window, desktop.atoms.WM_PID)?;
        if owner.is_some_and(|owner| family.contains(&owner)) {
            return if managed { desktop.activate(window) } else { desktop.lift(window).map(Ok) };
        }
    }
    Ok(Err(NotRaised::NoWindow))
}

struct Desktop {
    connection: RustConnection,
    root: Window,
    atoms: Atoms,
}

impl Desktop {
    /// The windows that the window manager knows.
    fn managed(&self) -> Result<Vec<Window>, XError> {
        self.numbers(self.root, self.atoms.CLIENT_LIST, u32::MAX)
    }

    /// The windows on the screen itself, the foremost first.
    fn on_top(&self) -> Result<Vec<Window>, XError> {
        let tree = self.connection.query_tree(self.root)?.reply()?;
        let mut shown = Vec::new();
        for window in tree.children.into_iter().rev() {
            // One that has gone meanwhile is not shown.
            let about = self.connection.get_window_attributes(window)?.reply().ok();
            if about.is_some_and(|about| about.map_state == MapState::VIEWABLE) {
                shown.push(window);
            }
        }
        Ok(shown)
    }

    fn first(&self, of: Window, name: u32) -> Result<Option<u32>, XError> {
        Ok(self.numbers(of, name, 1)?.first().copied())
    }

    /// A property that is a list of numbers; empty where there is none, or the window has gone.
    fn numbers(&self, of: Window, name: u32, most: u32) -> Result<Vec<u32>, XError> {
        let asked = self.connection.get_property(false, of, name, AtomEnum::ANY, 0, most)?;
        let Ok(property) = asked.reply() else { return Ok(Vec::new()) };
        Ok(property.value32().map(Iterator::collect).unwrap_or_default())
    }

    /// Asks the window manager, and looks whether it did it.
    fn activate(&self, window: Window) -> Result<Result<(), NotRaised>, XError> {
        let wish = [FOR_THE_PERSON, CURRENT_TIME, NONE, 0, 0];
        let wish = ClientMessageEvent::new(32, window, self.atoms.ACTIVE_WINDOW, wish);
        let to = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.connection.send_event(false, self.root, to, wish)?;
        self.connection.flush()?;
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.first(self.root, self.atoms.ACTIVE_WINDOW)? == Some(window) {
                return Ok(Ok(()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Err(NotRaised::Refused))
    }

    fn lift(&self, window: Window) -> Result<(), XError> {
        let above = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
        self.connection.configure_window(window, &above)?.check()?;
        let focus = self.connection.set_input_focus(InputFocus::PARENT, window, CURRENT_TIME)?;
        focus.check()?;
        Ok(())
    }
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests;
#[cfg(target_os = "linux")]
#[cfg(test)]
pub(crate) use self::tests::{raised_on, titles_on};
