//! A relay between two streams in memory: what passes, what is counted, and how it ends.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use usher_core::entry::{DevicePolicy, UserName};
use usher_core::ports::Traffic;

use super::{ClientInfo, Counters, How, Relay, RelayEnd, Side, Sight};
use crate::framed::Framed;
use crate::pdu::HostReason;

const FAST: &[u8] = &[0x00, 0x04, 0xAB, 0xCD];
const LEAVES: &[u8] = b"\x03\0\0\x09\x02\xf0\x80\x21\x80";

struct Scene {
    client: DuplexStream,
    host: DuplexStream,
    sight: watch::Receiver<Sight>,
    traffic: Arc<Counters>,
    relay: JoinHandle<RelayEnd>,
}

fn scene() -> Scene {
    let (client, clients) = duplex(1 << 20);
    let (host, hosts) = duplex(1 << 20);
    let (told, sight) = watch::channel(Sight::Nothing);
    let traffic = Arc::new(Counters::default());
    let user = UserName { domain: None, user: "adm".to_owned() };
    let relay = Relay {
        client: Framed::new(clients),
        host: Framed::new(hosts),
        protocol: 2,
        info: ClientInfo { user, password: None },
        devices: DevicePolicy::default(),
        dynamic_resolution: true,
        traffic: Arc::clone(&traffic),
        sight: told,
    };
    Scene { client, host, sight, traffic, relay: tokio::spawn(relay.run()) }
}

/// A message of the host on the I/O channel.
fn from_host(channel: u16, data: &[u8]) -> Vec<u8> {
    sent(0x68, channel, data)
}

fn sent(choice: u8, channel: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    let total = (length + 15).to_be_bytes();
    let [high, low] = channel.to_be_bytes();
    let head = [3, 0, total[0], total[1], 2, 0xF0, 0x80, choice, 0, 6, high, low, 0x70];
    [head.as_slice(), &(length | 0x8000).to_be_bytes(), data].concat()
}

/// A share control PDU of this type.
fn share(kind: u8, body: &[u8]) -> Vec<u8> {
    let total = u16::try_from(body.len() + 6).unwrap().to_le_bytes();
    [total.as_slice(), &[kind, 0, 0xEA, 3], body].concat()
}

/// The host says why it ends the session.
fn error_info(code: u8) -> Vec<u8> {
    let header = [1, 0, 1, 0, 0, 1, 0, 0, 0x2F, 0, 0, 0];
    from_host(1003, &share(0x17, &[header.as_slice(), &[code, 0, 0, 0]].concat()))
}

async fn read(from: &mut DuplexStream, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).await.expect("the session goes on");
    bytes
}

impl Scene {
    /// Sends to the client's side of the relay and expects these bytes at the host.
    async fn client_sends(&mut self, bytes: &[u8], passes: &[u8]) {
        self.client.write_all(&[bytes, FAST].concat()).await.expect("sent");
        let expected = [passes, FAST].concat();
        assert_eq!(read(&mut self.host, expected.len()).await, expected);
    }

    async fn host_sends(&mut self, bytes: &[u8], passes: &[u8]) {
        self.host.write_all(&[bytes, FAST].concat()).await.expect("sent");
        let expected = [passes, FAST].concat();
        assert_eq!(read(&mut self.client, expected.len()).await, expected);
    }

    /// The relay's end, and what both sides still read of it.
    async fn end(self) -> (RelayEnd, Vec<u8>, Vec<u8>) {
        let Self { mut client, mut host, relay, .. } = self;
        let (mut to_client, mut to_host) = (Vec::new(), Vec::new());
        let end = relay.await.expect("no panic");
        client.read_to_end(&mut to_client).await.expect("closed");
        host.read_to_end(&mut to_host).await.expect("closed");
        (end, to_client, to_host)
    }
}

#[tokio::test]
async fn a_client_that_closes_is_told_from_one_that_leaves() {
    let mut quiet = scene();
    quiet.client.shutdown().await.unwrap();
    let (end, ..) = quiet.end().await;
    assert_eq!((end.how, end.client_asked), (How::Closed(Side::Client), false));
    assert_eq!(end.lost(), Some(Side::Client));

    let mut leaving = scene();
    leaving.client_sends(LEAVES, LEAVES).await;
    leaving.client.shutdown().await.unwrap();
    let (end, ..) = leaving.end().await;
    assert_eq!((end.client_asked, end.lost()), (true, None));
}

#[tokio::test]
async fn what_the_host_said_last_tells_an_end_from_a_lost_line() {
    for (words, lost) in [
        (Vec::new(), Some(Side::Host)),
        (error_info(0x0C), None),
        (error_info(0x1A), Some(Side::Host)),
        ([error_info(0x03), error_info(0)].concat(), Some(Side::Host)),
        (LEAVES.to_vec(), None),
    ] {
        let mut scene = scene();
        scene.host_sends(&words, &words).await;
        scene.host.shutdown().await.unwrap();
        let (end, ..) = scene.end().await;
        assert_eq!((end.how, end.lost()), (How::Closed(Side::Host), lost), "{words:?}");
    }
}

#[tokio::test]
async fn a_reason_counts_even_where_the_line_broke_under_the_clients_input() {
    let Scene { mut client, mut host, relay, .. } = scene();
    host.write_all(&error_info(0x05)).await.unwrap();
    drop(host);
    client.write_all(FAST).await.unwrap();
    let end = relay.await.unwrap();
    assert_eq!((end.host_said, end.lost()), (Some(HostReason::Replaced), None));
}

#[tokio::test]
async fn the_desktop_begins_with_the_demand_active_and_not_with_licensing() {
    let mut scene = scene();
    // Behind its first 128 bytes a long licence looks like a Demand Active.
    let mut licence = [0x80, 0, 0, 0, 1, 3, 0x9C, 0].to_vec();
    licence.resize(0x80, 0);
    licence.extend(share(0x11, &[0; 26]));
    let licence = from_host(1003, &licence);
    scene.host_sends(&licence, &licence).await;
    assert_eq!(*scene.sight.borrow(), Sight::Nothing, "no desktop yet");
    let demand = from_host(1003, &share(0x11, &[1, 0, 1, 0]));
    scene.host_sends(&demand, &demand).await;
    assert_eq!(*scene.sight.borrow(), Sight::Desktop);
}

/// A Save Session Info of this type.
fn session_info(kind: u8) -> Vec<u8> {
    let header = [1, 0, 1, 0, 0, 1, 0, 0, 0x26, 0, 0, 0];
    share(0x17, &[header.as_slice(), &[kind, 0, 0, 0], &[0; 40]].concat())
}

#[tokio::test]
async fn somebody_is_signed_in_when_the_host_says_so_and_not_when_the_client_does() {
    let mut scene = scene();
    let demand = from_host(1003, &share(0x11, &[1, 0, 1, 0]));
    let early = from_host(1003, &session_info(2));
    scene.host_sends(&early, &early).await;
    assert_eq!(*scene.sight.borrow(), Sight::Nothing, "there is no desktop to be signed in to");
    scene.host_sends(&demand, &demand).await;
    let info = sent(0x64, 1003, &session_info(2));
    scene.client_sends(&info, &info).await;
    assert_eq!(*scene.sight.borrow(), Sight::Desktop);
    for (kind, sight) in [(3, Sight::Desktop), (1, Sight::SignedIn)] {
        let info = from_host(1003, &session_info(kind));
        scene.host_sends(&info, &info).await;
        assert_eq!(*scene.sight.borrow(), sight, "{kind}");
    }
    scene.host_sends(&demand, &demand).await;
    assert_eq!(*scene.sight.borrow(), Sight::SignedIn, "a new size takes nothing back");
}

#[tokio::test]
async fn a_redirection_ends_it_and_nothing_of_it_passes() {
    let mut scene = scene();
    let redirection = from_host(1003, &share(0x0A, &[0; 40]));
    scene.host.write_all(&[FAST, &redirection, FAST].concat()).await.unwrap();
    let (end, to_client, _) = scene.end().await;
    assert_eq!((end.how, end.lost()), (How::Redirected, None));
    assert_eq!(to_client, FAST);
}

#[tokio::test]
async fn nonsense_from_either_side_ends_it() {
    let short: &[u8] = b"\x03\0\0\x10\x02\xf0\x80\x64\0\x06\x03\xeb\x70\x7fab";
    let second = b"\x03\0\0\x0b\x02\xf0\x80\x7f\x65\x01\x01";
    for bytes in [short, second, b"\x01\x02\x03\x04", b"\x03\0\0\0"] {
        let mut scene = scene();
        scene.client.write_all(&[FAST, bytes, FAST].concat()).await.unwrap();
        let (end, _, to_host) = scene.end().await;
        assert_eq!((end.how, to_host.as_slice()), (How::Nonsense(Side::Client), FAST));
    }
    let mut scene = scene();
    let damaged = b"\x03\0\0\x0b\x02\xf0\x80\x7f\x66\x01\x01";
    scene.host.write_all(damaged).await.unwrap();
    let (end, to_client, _) = scene.end().await;
    assert_eq!((end.how, to_client.len()), (How::Nonsense(Side::Host), 0));
}

#[tokio::test]
async fn what_nobody_asked_for_does_not_pass() {
    let mut scene = scene();
    let uniform = b"\x03\0\0\x10\x02\xf0\x80\x70\0\x06\x03\xeb\x70\x02ab";
    scene.host_sends(&[from_host(1004, b"on no channel"), uniform.to_vec()].concat(), &[]).await;
    scene.client_sends(&sent(0x64, 1004, b"on no channel"), &[]).await;
    let udp = from_host(1003, &[2, 0, 0, 0, 1, 0, 0, 0]);
    scene.host_sends(&udp, &[]).await;
    // The same with the upper half of its header in use.
    let mut request = [0x02, 0, 0x17, 0, 1, 0, 0, 0, 1].to_vec();
    request.resize(28, 0);
    scene.host_sends(&from_host(1003, &request), &[]).await;
}

#[tokio::test]
async fn frames_pass_whole_however_they_come() {
    let mut scene = scene();
    let frame = from_host(1003, &share(0x17, &[7; 40]));
    for byte in &frame {
        scene.host.write_all(&[*byte]).await.unwrap();
        tokio::task::yield_now().await;
    }
    assert_eq!(read(&mut scene.client, frame.len()).await, frame);
    let many: Vec<u8> = std::iter::repeat_n(frame.clone(), 5000).flatten().collect();
    scene.host_sends(&many, &many).await;
    let expected = u64::try_from(frame.len() + many.len() + FAST.len()).unwrap();
    assert_eq!(scene.traffic.traffic(), Traffic { to_host: 0, to_client: expected });
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_introduce_itself_is_not_waited_for() {
    let scene = scene();
    let (end, ..) = scene.end().await;
    assert_eq!((end.how, end.lost()), (How::Silent, None));
}
