//! The message that a window's frame sends when its close button is pressed (ICCCM 4.2.8.1). There is
//! no window manager here that would.

use std::error::Error;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{Atom, ClientMessageEvent, ConnectionExt as _, EventMask};
use x11rb::rust_connection::RustConnection;

pub(super) fn ask(display: &str, window: u32) -> Result<(), Box<dyn Error>> {
    let (connection, _screen) = x11rb::connect(Some(display))?;
    let (kind, close) =
        (atom(&connection, "WM_PROTOCOLS")?, atom(&connection, "WM_DELETE_WINDOW")?);
    let event = ClientMessageEvent::new(32, window, kind, [close, x11rb::CURRENT_TIME, 0, 0, 0]);
    connection.send_event(false, window, EventMask::NO_EVENT, event)?.check()?;
    connection.flush()?;
    Ok(())
}

fn atom(connection: &RustConnection, name: &str) -> Result<Atom, Box<dyn Error>> {
    Ok(connection.intern_atom(false, name.as_bytes())?.reply()?.atom)
}
