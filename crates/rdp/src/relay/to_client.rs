//! The host's way to the client.

use std::sync::Mutex;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};

use super::flow::Flow;
use super::to_host::arrived;
use super::watch::Watch;
use super::{How, Side, judged};

/// Relays until one side closes.
pub(super) async fn to_client<R: AsyncRead + Unpin, W: AsyncWrite + Unpin>(
    host: &mut R,
    mut flow: Flow<'_, W>,
    watch: &Mutex<Watch>,
) -> How {
    loop {
        let passed = flow.relay(|frame| judged(watch, |watch| watch.host_frame(frame))).await;
        if let Err(how) = passed {
            return how;
        }
        flow.waiting.reserve(super::READ);
        if let Err(how) = arrived(host.read_buf(&mut flow.waiting).await, Side::Host) {
            return how;
        }
    }
}
