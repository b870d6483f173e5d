//! What the host lets see of a session, as far as it is.

use tokio::sync::watch;

use crate::pdu::Share;

/// How far a line is; it only goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sight {
    /// No desktop yet.
    Nothing,
    /// The host's desktop begins (its first Demand Active). It may be a sign-in page of the host's own.
    Desktop,
    /// The host says that somebody is signed in.
    SignedIn,
}

/// Tells whoever waits for it how far it is.
pub(super) struct Sights(watch::Sender<Sight>);

impl Sights {
    pub(super) fn new(told: watch::Sender<Sight>) -> Self {
        Self(told)
    }

    pub(super) fn has_begun(&self) -> bool {
        *self.0.borrow() != Sight::Nothing
    }

    /// What the host sends, in its order. Nobody is signed in where there is no desktop.
    pub(super) fn see(&self, share: Share) {
        let sight = match share {
            Share::DemandActive => Sight::Desktop,
            Share::SignedIn if self.has_begun() => Sight::SignedIn,
            Share::SignedIn
            | Share::Reason(_)
            | Share::NoReason
            | Share::ShutdownRequest
            | Share::ShutdownDenied
            | Share::Other => return,
        };
        self.0.send_if_modified(|known| {
            let further = sight > *known;
            *known = sight.max(*known);
            further
        });
    }
}
