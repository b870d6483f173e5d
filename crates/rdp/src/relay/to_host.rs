//! The client's way to the host.

use std::io::ErrorKind;
use std::pin::pin;
use std::sync::Mutex;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::sync::mpsc::Receiver;

use super::flow::Flow;
use super::watch::Watch;
use super::{How, Side, judged};

/// How long a client may take from the host's acceptance to its Client Info.
const CLIENT_INFO: Duration = Duration::from_secs(30);

/// Relays until one side closes; what the relay itself has to say to the host goes in between.
pub(super) async fn to_host<R: AsyncRead + Unpin, W: AsyncWrite + Unpin>(
    client: &mut R,
    mut flow: Flow<'_, W>,
    watch: &Mutex<Watch>,
    mut answers: Receiver<Vec<u8>>,
) -> How {
    let mut too_long = pin!(tokio::time::sleep(CLIENT_INFO));
    loop {
        let passed = flow.relay(|frame| judged(watch, |watch| watch.client_frame(frame))).await;
        if let Err(how) = passed {
            return how;
        }
        let state = watch.lock().map(|watch| (watch.introduced(), watch.may_answer()));
        let (introduced, may_answer) = state.unwrap_or_default();
        flow.waiting.reserve(super::READ);
        let sent = tokio::select! {
            read = client.read_buf(&mut flow.waiting) => arrived(read, Side::Client),
            Some(answer) = answers.recv(), if may_answer => flow.send(&answer).await,
            () = &mut too_long, if !introduced => Err(How::Silent),
        };
        if let Err(how) = sent {
            return how;
        }
    }
}

/// Whether a read brought anything.
pub(super) fn arrived(read: std::io::Result<usize>, from: Side) -> Result<(), How> {
    match read {
        Ok(0) => Err(How::Closed(from)),
        Ok(_) => Ok(()),
        // TLS without a goodbye.
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(How::Closed(from)),
        Err(_) => Err(How::Broke(from)),
    }
}
