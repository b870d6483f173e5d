//! The two buses that a desktop has.

use zbus::Connection;
use zbus::connection::Builder;

/// Where the buses are; nothing: where the environment says.
#[derive(Debug, Clone, Default)]
pub struct Buses {
    /// The address of the system bus.
    pub system: Option<String>,
    /// The address of the session bus.
    pub session: Option<String>,
}

impl Buses {
    pub(super) async fn system(&self) -> zbus::Result<Connection> {
        match &self.system {
            Some(address) => Builder::address(address.as_str())?.build().await,
            None => Connection::system().await,
        }
    }

    pub(super) async fn session(&self) -> zbus::Result<Connection> {
        match &self.session {
            Some(address) => Builder::address(address.as_str())?.build().await,
            None => Connection::session().await,
        }
    }
}
