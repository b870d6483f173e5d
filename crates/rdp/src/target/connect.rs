//! TCP to a host, with each way to fail kept apart.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, lookup_host};
use usher_core::ports::{Target, Unreachable};

const PATIENCE: Duration = Duration::from_secs(10);
/// A line that is quiet for so long is probed.
const QUIET: Duration = Duration::from_secs(30);
/// Unanswered probes after which it is lost.
const PROBES: u32 = 3;
/// What is sent to a host must be answered in that time. With it Linux counts this for probes too, so
/// that it must be no less than they take together.
#[cfg(target_os = "linux")]
const LOST: Duration = Duration::from_mins(1);

/// Connects to the first address of the host that answers, within 10 seconds in all.
pub(crate) async fn connect(target: &Target) -> Result<TcpStream, Unreachable> {
    let reached = tokio::time::timeout(PATIENCE, reach(target)).await;
    let stream = reached.unwrap_or(Err(Unreachable::TimedOut))?;
    keep_alive(&stream);
    give_up(&stream);
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
    let keep = TcpKeepalive::new().with_time(QUIET).with_interval(QUIET / 3).with_retries(PROBES);
    let stream = SockRef::from(stream);
    if stream.set_tcp_keepalive(&keep).and_then(|()| stream.set_tcp_nodelay(true)).is_err() {
        tracing::debug!("TCP keepalive could not be set");
    }
}

/// While something sent is unanswered there are no probes, and Linux would go on sending it for a
/// quarter of an hour. Only towards hosts: a client that is stopped for a while may go on.
#[cfg(target_os = "linux")]
fn give_up(stream: &TcpStream) {
    if SockRef::from(stream).set_tcp_user_timeout(Some(LOST)).is_err() {
        tracing::debug!("The limit for unanswered data could not be set");
    }
}

/// Windows gives up by itself after some 20 seconds.
#[cfg(not(target_os = "linux"))]
fn give_up(_stream: &TcpStream) {}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_without_answer_is_given_up_after_a_minute() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let host = "127.0.0.1".parse().unwrap();
        let target = Target { host, port: usher_core::entry::Port::new(port).unwrap() };
        let stream = connect(&target).await.unwrap();
        let set = SockRef::from(&stream);
        assert_eq!(set.tcp_user_timeout().unwrap(), Some(LOST));
        let interval = set.tcp_keepalive_interval().unwrap();
        let probed = interval * set.tcp_keepalive_retries().unwrap();
        assert_eq!(set.tcp_keepalive_time().unwrap() + probed, LOST);
    }
}
