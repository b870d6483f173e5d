//! What happens to an OS session while somebody may be away from it.

use tokio::sync::oneshot;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The screen was locked, or somebody else's session is in front.
    ScreenLocked,
    /// The computer is about to sleep.
    Suspending,
}

/// What happened, and what it holds back until this is dropped: the system sleeps only then.
#[derive(Debug)]
pub struct Turned {
    turn: Turn,
    _until_dealt_with: oneshot::Sender<()>,
}

impl Turned {
    /// A turn, and what gets ready when it was dealt with.
    #[must_use]
    pub fn new(turn: Turn) -> (Self, oneshot::Receiver<()>) {
        let (until, dealt_with) = oneshot::channel();
        (Self { turn, _until_dealt_with: until }, dealt_with)
    }

    /// What happened.
    #[must_use]
    pub fn turn(&self) -> Turn {
        self.turn
    }
}
