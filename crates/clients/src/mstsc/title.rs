//! Keeps the text of mstsc's window, which mstsc changes whenever it connects.

use std::convert::Infallible;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::window;

/// The class of the window that holds a desktop; dialogs keep their texts.
const DESKTOP: &str = "TscShellContainerClass";
/// How long another text may stand there.
const EVERY: Duration = Duration::from_millis(500);

/// The text is kept as long as this is.
#[derive(Debug)]
pub(super) struct Title {
    /// The thread ends when this goes.
    _kept: Sender<Infallible>,
}

impl Title {
    /// From now on. Without a thread the window keeps the text that mstsc gives it.
    pub(super) fn keep(process: u32, text: String) -> Self {
        Self::keep_at(process, DESKTOP, text)
    }

    fn keep_at(process: u32, class: &'static str, text: String) -> Self {
        let (kept, over) = channel();
        let thread = std::thread::Builder::new().name("title".to_owned());
        if let Err(error) = thread.spawn(move || watch(process, class, &text, &over)) {
            tracing::warn!(%error, "The client's window keeps its own text");
        }
        Self { _kept: kept }
    }
}

fn watch(process: u32, class: &str, text: &str, over: &Receiver<Infallible>) {
    while over.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        if let Err(error) = window::set_text(process, class, text) {
            tracing::warn!(%error, "The client's window keeps its own text");
            return;
        }
    }
}
