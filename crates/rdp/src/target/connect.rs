//! TCP to a host, with each way to fail kept apart.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, lookup_host};
use usher_core::ports::{Target, Unreachable};

const PATIENCE: Duration = Duration::from_secs(10);
const QUIET: Duration = Duration::from_secs(30);

/// Connects to the first address of the host that answers, within 10 seconds in all.
pub(crate) async fn connect(target: &Target) -> Result<TcpStream, Unreachable> {
    let reached = tokio::time::timeout(PATIENCE, reach(target)).await;
    let stream = reached.unwrap_or(Err(Unreachable::TimedOut))?;
    keep_alive(&stream);
    Ok(stream)
}

async fn reach(target: &Target) -> Result<TcpStream, Unreachable> {
    let found = lookup_host((target.host.as_str(), target.port.number())).await;
    let addresses = found.map_err(|_| Unreachable::NameNotFound)?.collect::<Vec<_>>();
    if addresses.is_empty() {
        return Err(Unreachable::NameNotFound);
    }
    TcpStream::connect(addresses.as_slice()).await.map_err(|error| meaning(&error))
}

fn meaning(error: &Error) -> Unreachable {
    let kind = error.kind();
    if matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::PermissionDenied) {
        return Unreachable::ConnectionRefused;
    }
    // No machine answers at that address, or no way leads there: nobody said no.
    let silence = matches!(
        kind,
        ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable
    );
    if silence { Unreachable::TimedOut } else { Unreachable::BrokenOff }
}

/// Notices a peer that vanished without a word, and sends small messages at once.
pub(crate) fn keep_alive(stream: &TcpStream) {
    let keep = TcpKeepalive::new().with_time(QUIET).with_interval(QUIET / 3);
    let set =
        SockRef::from(stream).set_tcp_keepalive(&keep).and_then(|()| stream.set_nodelay(true));
    if set.is_err() {
        tracing::debug!("TCP keepalive could not be set");
    }
}
