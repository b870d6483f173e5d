//! One session, from the client's first byte to its end, over as many lines as it takes.

mod attempt;
mod desktop;
mod reconnect;
mod renewal;
mod sign_in;
mod wait;
mod wishes;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use usher_core::entry::{DevicePolicy, Spki};
use usher_core::ports::{End, Lease, Outcome, Takes, Target};

use crate::client_leg::{Leaf, Listener};
use crate::one_time::Gate;
use crate::relay::Side;
use crate::target::Tls;
use desktop::{Left, Up};
use wait::Wait;

pub(crate) use wishes::{Hold, Wishes};

/// What one session works with.
pub(crate) struct Session {
    pub(crate) listener: Listener,
    pub(crate) leaf: Leaf,
    pub(crate) gate: Gate,
    pub(crate) tls: Tls,
    pub(crate) target: Target,
    pub(crate) trusted: Spki,
    /// How the host took a credential at the preflight.
    pub(crate) takes: Takes,
    pub(crate) patience: Duration,
    pub(crate) devices: DevicePolicy,
    pub(crate) dynamic_resolution: bool,
    pub(crate) wishes: Arc<Wishes>,
}

impl Session {
    /// Runs the session to its end, which the caller reports.
    pub(crate) async fn run<L: Lease>(self, lease: Arc<Mutex<L>>) -> End {
        match Arc::new(self).through(&lease).await {
            Ok(end) | Err(end) => end,
        }
    }

    /// The steps.
    async fn through<L: Lease>(self: Arc<Self>, lease: &Mutex<L>) -> Result<End, End> {
        // 1 the client passes the one-time credential; the host was only asked for its protocol
        let admitted =
            self.next_client(&mut Wait::first(self.patience, self.gate.attempts())).await?;
        lease.lock().await.report(Outcome::ClientSignedIn).await;
        // 2-4 TLS to the host, only then the real credential, and the sign-in with it
        let mut line = self.sign_in(lease, admitted).await?;
        let mut up = Up::default();
        loop {
            // 5 everything else is between the client and the host
            match self.desktop(line, lease, &mut up).await {
                Left::Over(end) => return Ok(end),
                Left::Early(end) if !up.had_desktop() => return Ok(end),
                // A client that died, or whose window was closed without a word.
                Left::Lost(Side::Client) if self.wishes.client_dies().await => {
                    return Ok(up.closed());
                }
                // A code that was typed is good once.
                Left::Early(_) | Left::Lost(_) if self.gate.is_dead() => return Ok(up.closed()),
                Left::Early(_) | Left::Lost(_) | Left::ToSignInAgain => {}
            }
            // 6 the line is lost: the client may come back, and each sign-in has a lease of its own
            lease.lock().await.report(Outcome::Dropped).await;
            line = self.returned(lease, up.closed()).await?;
        }
    }
}
