//! What is asked of a running session from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use usher_core::entry::{Clipboard, DevicePolicy};
use usher_core::ports::{Again, Client, Controls, Traffic};

use crate::client_leg::is_gone;
use crate::relay::Counters;

/// How long after its client's process has ended a session that lost its line may still be there.
const GONE: Duration = Duration::from_secs(5);
/// How long a process may take to end after it has closed its connection.
const DIES: Duration = Duration::from_secs(2);

/// Whether the person wants to sign in again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Click {
    /// Nothing would come of one: nobody is up, is being signed in just now, or could come back.
    #[default]
    Unheard,
    /// There is none.
    Awaited,
    /// The next sign-in is theirs.
    Given,
}

/// One session's.
#[derive(Default)]
pub(crate) struct Wishes {
    ended: Notify,
    again: watch::Sender<Click>,
    client: watch::Sender<Option<Client>>,
    no_files: AtomicBool,
    pub(super) traffic: Arc<Counters>,
}

impl Wishes {
    /// Waits until the session is to end.
    pub(crate) async fn ended(&self) {
        self.ended.notified().await;
    }

    /// From here on a click to sign in again counts. One that was given already is not forgotten.
    pub(super) fn await_click(&self) {
        self.again.send_if_modified(|click| turned(click, Click::Unheard, Click::Awaited));
    }

    /// Waits until the person wants to sign in again.
    pub(super) async fn again(&self) {
        let mut click = self.again.subscribe();
        // The sender is this very struct, so a click can always come.
        if click.wait_for(|click| *click == Click::Given).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Why the client that has come back is signed in. A click is good for one sign-in; another counts
    /// once that has come to something.
    pub(super) fn taken(&self) -> Again {
        let given = self.again.send_replace(Click::Unheard) == Click::Given;
        if given { Again::Asked } else { Again::LineLost }
    }

    /// Nothing came of that sign-in yet: the click is good for the next.
    pub(super) fn untaken(&self, why: Again) {
        if why == Again::Asked {
            self.again.send_replace(Click::Given);
        }
    }

    /// The session is over: no click counts any more.
    pub(crate) fn over(&self) {
        self.again.send_replace(Click::Unheard);
    }

    /// Whose connections are served; waits until it is said.
    pub(super) async fn client(&self) -> Client {
        let mut said = self.client.subscribe();
        loop {
            if let Some(client) = *said.borrow_and_update() {
                return client;
            }
            // The sender is this very struct, so a change can always come.
            if said.changed().await.is_err() {
                return std::future::pending().await;
            }
        }
    }

    /// What the entry allows, as far as the client that is served may have it.
    pub(super) fn allowed(&self, devices: &DevicePolicy) -> DevicePolicy {
        let mut allowed = devices.clone();
        if allowed.clipboard == Clipboard::TextAndFiles && self.no_files.load(Ordering::SeqCst) {
            allowed.clipboard = Clipboard::Text;
        }
        allowed
    }

    /// Waits until the process that was started has ended: nobody else has the one-time credential.
    pub(super) async fn client_gone(&self) {
        self.gone(GONE).await;
    }

    /// Whether that process ends right after it closed its line; one that stays means to come back.
    pub(super) async fn client_dies(&self) -> bool {
        tokio::time::timeout(DIES, self.gone(DIES / 20)).await.is_ok()
    }

    async fn gone(&self, every: Duration) {
        loop {
            let client = *self.client.borrow();
            if let Some(client) = client
                && is_gone(client).await
            {
                return;
            }
            tokio::time::sleep(every).await;
        }
    }
}

/// Turns one into another; whether it was the one.
fn turned(click: &mut Click, from: Click, to: Click) -> bool {
    let turns = *click == from;
    if turns {
        *click = to;
    }
    turns
}

/// What the Running list holds of a session.
pub(crate) struct Hold(pub(crate) Arc<Wishes>);

impl Controls for Hold {
    fn end(&self) {
        self.0.ended.notify_one();
    }

    fn sign_in_again(&self) -> bool {
        let again = &self.0.again;
        again.send_if_modified(|click| turned(click, Click::Awaited, Click::Given));
        *again.borrow() == Click::Given
    }

    fn serve(&self, client: Client) {
        self.0.client.send_replace(Some(client));
    }

    fn strike_files(&self) {
        self.0.no_files.store(true, Ordering::SeqCst);
    }

    fn traffic(&self) -> Traffic {
        self.0.traffic.traffic()
    }
}
