//! Why a relay ended, so that an end is not taken for a lost line.

use crate::pdu::{HostReason, Share};

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

/// What both sides have said of the end so far.
#[derive(Debug, Default)]
pub(super) struct LastWords {
    client_left: bool,
    shutdown_asked: bool,
    host_left: bool,
    host_said: Option<HostReason>,
}

impl LastWords {
    pub(super) fn client_leaves(&mut self) {
        self.client_left = true;
    }

    pub(super) fn host_leaves(&mut self) {
        self.host_left = true;
    }

    pub(super) fn hear(&mut self, share: Share) {
        match share {
            Share::Reason(reason) => self.host_said = Some(reason),
            Share::NoReason => self.host_said = None,
            Share::ShutdownDenied => self.shutdown_asked = false,
            Share::ShutdownRequest => self.shutdown_asked = true,
            Share::DemandActive | Share::SignedIn | Share::Other => {}
        }
    }

    pub(super) fn end(&self, how: How) -> RelayEnd {
        RelayEnd {
            how,
            client_asked: self.client_left || self.shutdown_asked,
            host_left: self.host_left,
            host_said: self.host_said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_to_end_that_the_host_denied_is_none() {
        let mut words = LastWords::default();
        words.hear(Share::ShutdownRequest);
        assert!(words.end(LOST.how).client_asked);
        words.hear(Share::ShutdownDenied);
        assert_eq!(words.end(LOST.how), LOST);
        words.client_leaves();
        assert!(words.end(LOST.how).client_asked);
    }

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
