//! After both sign-ins: bytes both ways, with the few messages that must not pass as they are.

mod channels;
mod end;
mod flow;
mod introduction;
mod sight;
#[cfg(test)]
mod tests;
mod to_client;
mod to_host;
mod traffic;
mod watch;

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, split};
use tokio::sync::mpsc;
use usher_core::entry::DevicePolicy;

#[cfg(feature = "fuzzing")]
pub(crate) use channels::Probe;
use end::LastWords;
pub(crate) use end::{How, RelayEnd, Side};
pub(crate) use introduction::ClientInfo;
pub(crate) use sight::Sight;
pub(crate) use traffic::Counters;

use crate::framed::Framed;
use channels::Policy;
use flow::{Flow, Verdict};
use sight::Sights;
use watch::Watch;

/// How long the last bytes and the goodbye may take once one side has closed.
const GOODBYE: Duration = Duration::from_secs(2);
/// Room for one read.
const READ: usize = 64 * 1024;
/// Answers to the host that may wait to be written; more are left out.
const ANSWERS: usize = 256;

/// Both signed-in sides of a session.
pub(crate) struct Relay<C, H> {
    pub(crate) client: Framed<C>,
    pub(crate) host: Framed<H>,
    /// The protocol the host selected, as its bits.
    pub(crate) protocol: u32,
    /// Whom the host reads in the Client Info.
    pub(crate) info: ClientInfo,
    /// What of this computer the session may use.
    pub(crate) devices: DevicePolicy,
    /// Whether the desktop may follow the window's size.
    pub(crate) dynamic_resolution: bool,
    /// Where what passes is counted.
    pub(crate) traffic: Arc<Counters>,
    /// Told how far the host is with it.
    pub(crate) sight: tokio::sync::watch::Sender<Sight>,
}

impl<C, H> Relay<C, H>
where
    C: AsyncRead + AsyncWrite + Send + Unpin,
    H: AsyncRead + AsyncWrite + Send + Unpin,
{
    /// Relays until one side closes.
    pub(crate) async fn run(self) -> RelayEnd {
        let (answers, to_write) = mpsc::channel(ANSWERS);
        let policy = Policy { devices: self.devices, dynamic_resolution: self.dynamic_resolution };
        let watch = Watch::new(self.protocol, self.info, policy, Sights::new(self.sight), answers);
        let watch = Mutex::new(watch);
        let (client, early) = self.client.into_parts();
        let (mut client_reads, mut client_writes) = split(client);
        let (host, waiting) = self.host.into_parts();
        let (mut host_reads, mut host_writes) = split(host);
        let how = {
            let traffic = &*self.traffic;
            let (from, to) = (Side::Client, Side::Host);
            let flow = Flow { from, to, writes: &mut host_writes, traffic, waiting: early };
            let to_host = pin!(to_host::to_host(&mut client_reads, flow, &watch, to_write));
            let flow = Flow { from: to, to: from, writes: &mut client_writes, traffic, waiting };
            let to_client = pin!(to_client::to_client(&mut host_reads, flow, &watch));
            both(to_host, to_client).await
        };
        let goodbye = async { client_writes.shutdown().await.and(host_writes.shutdown().await) };
        if !matches!(tokio::time::timeout(GOODBYE, goodbye).await, Ok(Ok(()))) {
            tracing::debug!("A side was gone before the goodbye");
        }
        let watch = watch.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        watch.end(how)
    }
}

/// Both ways, until one ends. A write can fail before the last words from there are read: they are
/// waited for.
async fn both(
    mut to_host: impl Future<Output = How> + Unpin,
    mut to_client: impl Future<Output = How> + Unpin,
) -> How {
    tokio::select! {
        how = &mut to_host => {
            if how == How::Broke(Side::Host) { last(how, to_client).await } else { how }
        }
        how = &mut to_client => {
            if how == How::Broke(Side::Client) { last(how, to_host).await } else { how }
        }
    }
}

async fn last(how: How, rest: impl Future<Output = How>) -> How {
    tokio::time::timeout(GOODBYE, rest).await.unwrap_or(how)
}

/// A judge that broke lets nothing pass.
fn judged(watch: &Mutex<Watch>, judge: impl FnOnce(&mut Watch) -> Verdict) -> Verdict {
    watch.lock().map_or(Verdict::Drops, |mut watch| judge(&mut watch))
}
