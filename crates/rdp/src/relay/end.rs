//! Why a relay ended, so that an end is not taken for a lost line.

use crate::pdu::HostReason;

/// One of the two that a relay stands between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Host,
}

/// How it ended, and what was said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RelayEnd {
    pub(crate) how: How,
    /// The client has asked for the end: its window was closed.
    pub(crate) client_asked: bool,
    /// The host has taken its leave (MCS Disconnect Provider Ultimatum).
    pub(crate) host_left: bool,
    /// The last reason that the host gave, if it gave any.
    pub(crate) host_said: Option<HostReason>,
}

/// What ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// This side closed its line; `FreeRDP` does so without a TLS goodbye.
    Closed(Side),
    /// The line to this side broke.
    Broke(Side),
    /// The client sent no Client Info in time.
    Silent,
    /// The host redirects elsewhere; the message was not relayed.
    Redirected,
    /// This side sent what is not the protocol; it was not relayed.
    Nonsense(Side),
}

impl RelayEnd {
    /// The side whose line was lost without a word; `None` where somebody ended the session.
    ///
    /// A client on this computer does not lose its line: it closed or died. A host that restarts
    /// comes back, so its reason counts as none.
    pub(crate) fn lost(&self) -> Option<Side> {
        let on_purpose = self.host_said.is_some_and(HostReason::is_final)
            || self.client_asked
            || (self.host_left && self.host_said.is_none());
        match self.how {
            How::Closed(side) | How::Broke(side) if !on_purpose => Some(side),
            How::Closed(_) | How::Broke(_) | How::Silent | How::Redirected | How::Nonsense(_) => {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOST: RelayEnd = RelayEnd {
        how: How::Broke(Side::Host),
        client_asked: false,
        host_left: false,
        host_said: None,
    };

    #[test]
    fn a_line_is_lost_only_if_nobody_ended_the_session() {
        assert_eq!(LOST.lost(), Some(Side::Host));
        let closed = RelayEnd { how: How::Closed(Side::Client), ..LOST };
        assert_eq!(closed.lost(), Some(Side::Client));
        for ended in [
            RelayEnd { client_asked: true, ..LOST },
            RelayEnd { host_left: true, ..LOST },
            RelayEnd { host_said: Some(HostReason::LoggedOff), ..LOST },
            RelayEnd { how: How::Redirected, ..LOST },
            RelayEnd { how: How::Nonsense(Side::Host), ..LOST },
        ] {
            assert_eq!(ended.lost(), None, "{ended:?}");
        }
    }

    #[test]
    fn a_host_that_restarts_is_waited_for() {
        let restarts = RelayEnd { host_left: true, host_said: Some(HostReason::Restarts), ..LOST };
        assert_eq!(restarts.lost(), Some(Side::Host));
    }
}
