//! A client that asks for everything, and a host that reaches for everything: the entry's policy
//! decides what the other side sees.

use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use usher_core::entry::{Clipboard, Device, DevicePolicy, Display};
use usher_core::ports::SessionControl;

use crate::changed_messages::{frame, info};
use crate::support::greedy::{
    CHANNELS, CLIPBOARD, all_devices, connect_initial, connect_response, format_list, id,
    read_connect_initial, text_and_files, to_client, to_host,
};
use crate::support::{
    HostKey, Script, StubHost, TestLease, Then, Wire, canary, one_time, opened, session, shown_key,
    sign_in,
};

/// A fast-path frame: what passes in any case, so that what came before it has been judged.
const MARKER: &[u8] = &[0x00, 0x04, 0xAB, 0xCD];

/// What a host begins with: it writes long names, and takes files.
fn greeting() -> Vec<u8> {
    to_client(id("cliprdr"), CLIPBOARD)
}

/// What a hostile host sends once the client is there: to devices and channels that it may not have,
/// and requests for dynamic channels. The graphics channel is the only one that is everybody's.
fn reaches() -> Vec<Vec<u8>> {
    let dynamic = |id: u8, name: &str| [&[0x10, id], name.as_bytes(), &[0]].concat();
    let io_request = |device: u8| [b"rDRI\0\0\0\0".as_slice(), &[0; 16]].concat().with(4, device);
    vec![
        to_client(id("rail"), b"start a program"),
        to_client(id("VENDOR1"), b"vendor data"),
        to_client(1099, b"a channel that nobody asked for"),
        to_client(id("rdpdr"), &io_request(3)),
        to_client(id("rdpdr"), &io_request(4)),
        to_client(id("cliprdr"), &text_and_files()),
        to_client(id("cliprdr"), b"\x08\0\0\0\x04\0\0\0file"),
        to_client(id("cliprdr"), b"\x04\0\0\0\x04\0\0\0\xbc\xc0\0\0"),
        to_client(id("drdynvc"), &[0x50, 0, 3, 0]),
        to_client(id("drdynvc"), &dynamic(1, "URBDRC")),
        to_client(id("drdynvc"), &dynamic(2, "AUDIO_INPUT")),
        to_client(id("drdynvc"), &dynamic(3, "RDCamera_Device_Enumerator")),
        to_client(id("drdynvc"), &dynamic(4, "Microsoft::Windows::RDS::Graphics")),
        to_client(id("drdynvc"), &[0x30, 1, 9, 9]),
        to_client(id("drdynvc"), &[0x30, 2, 9, 9]),
        to_client(id("drdynvc"), &[0x30, 4, 9, 9]),
        MARKER.to_vec(),
    ]
}

trait With {
    fn with(self, at: usize, byte: u8) -> Self;
}

impl With for Vec<u8> {
    fn with(mut self, at: usize, byte: u8) -> Self {
        self[at] = byte;
        self
    }
}

/// What the client sends after its Client Info.
fn asks() -> Vec<Vec<u8>> {
    vec![
        to_host(id("rdpdr"), &all_devices()),
        to_host(id("rail"), b"rail data"),
        to_host(id("VENDOR1"), b"vendor data"),
        to_host(id("encomsp"), b"encomsp data"),
        to_host(id("drdynvc"), &[0x50, 0, 3, 0]),
        to_host(id("cliprdr"), CLIPBOARD),
        to_host(id("cliprdr"), &text_and_files()),
        to_host(id("cliprdr"), b"\x09\0\x01\0\x04\0\0\0file"),
        MARKER.to_vec(),
    ]
}

struct Scene {
    host: StubHost,
    wire: Wire<TlsStream<TcpStream>>,
    greeted: Vec<Vec<u8>>,
    _control: SessionControl,
}

async fn until_marker(wire: &mut Wire<TlsStream<TcpStream>>) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    loop {
        let frame = wire.frame().await.expect("the session goes on");
        if frame == MARKER {
            return frames;
        }
        frames.push(frame);
    }
}

/// A client that has said all it has to say, and a host that answers with all it has.
async fn scene(devices: DevicePolicy) -> Scene {
    scene_of(devices, |_| {}).await
}

/// The same, where the client that is started is not trusted with all that the entry allows.
async fn scene_of(devices: DevicePolicy, before: impl FnOnce(&SessionControl)) -> Scene {
    let password = canary("Real");
    let first = [connect_response(), greeting(), MARKER.to_vec()].concat();
    let then = Then::Play { first, until: MARKER.to_vec(), then: reaches().concat() };
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), then).await;
    let port = host.address.port();
    let (lease, _watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let mut session = session(port, shown_key(port).await);
    session.devices = devices;
    session.display = Display { dynamic_resolution: true, ..Display::default() };
    let (handoff, control) = opened(session, lease).await;
    before(&control);
    let mut wire = one_time(&handoff).sign_in(handoff.address).await.expect("signed in");
    wire.send(&connect_initial()).await.expect("sent");
    let mut greeted = until_marker(&mut wire).await;
    assert_eq!(greeted.remove(0), connect_response(), "the host's answer is untouched");
    let introduces = frame(&info(&handoff.user, "none"));
    for bytes in [introduces].into_iter().chain(asks()) {
        wire.send(&bytes).await.expect("sent");
    }
    Scene { host, wire, greeted, _control: control }
}

impl Scene {
    /// What the host has seen after the Client Info, up to the client's marker.
    async fn host_saw(&self) -> Vec<Vec<u8>> {
        let marker = |frames: &[Vec<u8>]| frames.iter().any(|frame| frame == MARKER);
        self.host.until(|seen| marker(&seen.frames), "the marker arrives").await;
        let frames = self.host.seen(|seen| seen.frames.clone());
        frames.into_iter().skip(2).take_while(|frame| frame != MARKER).collect()
    }

    /// What the client has seen since the Connect Response.
    async fn client_saw(&mut self) -> Vec<Vec<u8>> {
        let greeted = std::mem::take(&mut self.greeted);
        [greeted, until_marker(&mut self.wire).await].concat()
    }

    fn names(&self) -> Vec<String> {
        let blocks = self.host.seen(|seen| read_connect_initial(&seen.frames[0]));
        let channels = blocks.network.expect("a list").channels;
        let name =
            |channel: &ironrdp_pdu::gcc::ChannelDef| channel.name.as_str().map(str::to_owned);
        channels.iter().map(|channel| name(channel).expect("a name")).collect()
    }
}

/// A channel that a host asks for and does not get.
fn refused(id: u8) -> Vec<u8> {
    to_host(self::id("drdynvc"), &[0x10, id, 1, 0, 0, 0xC0])
}

#[tokio::test]
async fn by_default_the_host_sees_none_of_it() {
    let mut scene = scene(DevicePolicy::default()).await;
    let empty = b"rDAD\0\0\0\0";
    let text = format_list(&[(13, "")]);
    let plain = CLIPBOARD.to_vec().with(20, 0x02);
    let seen = scene.host_saw().await;
    let expected = [
        to_host(id("rdpdr"), empty),
        to_host(id("drdynvc"), &[0x50, 0, 3, 0]),
        to_host(id("cliprdr"), &plain),
        to_host(id("cliprdr"), &text),
    ];
    assert_eq!(seen, expected);
    let names = ["rdpdr", "x-off01", "rdpsnd", "x-off03", "cliprdr", "drdynvc", "x-off06"];
    assert_eq!(scene.names(), names);

    let graphics = [b"\x10\x04Microsoft::Windows::RDS::Graphics".as_slice(), &[0]].concat();
    let expected = [
        to_client(id("cliprdr"), &plain),
        to_client(id("cliprdr"), &text),
        to_client(id("drdynvc"), &[0x50, 0, 3, 0]),
        to_client(id("drdynvc"), &graphics),
        to_client(id("drdynvc"), &[0x30, 4, 9, 9]),
    ];
    assert_eq!(scene.client_saw().await, expected);
    let refusals = [refused(1), refused(2), refused(3)];
    let answered = |frames: &[Vec<u8>]| refusals.iter().all(|refusal| frames.contains(refusal));
    scene.host.until(|seen| answered(&seen.frames), "the host is answered").await;
}

/// The control of the test above: the same client and host, and an entry that allows it.
#[tokio::test]
async fn with_everything_allowed_the_host_sees_it_as_it_was_sent() {
    let everything = DevicePolicy::new(Device::ALL, Clipboard::TextAndFiles);
    let mut scene = scene(everything).await;
    let passes = |channel: u16| [id("rdpdr"), id("cliprdr"), id("drdynvc")].contains(&channel);
    let sent = |frame: &Vec<u8>| passes(u16::from_be_bytes([frame[10], frame[11]]));
    let expected: Vec<_> = asks().into_iter().filter(|f| f != MARKER).filter(sent).collect();
    assert_eq!(scene.host_saw().await, expected);
    let names = ["rdpdr", "x-off01", "rdpsnd", "x-off03", "cliprdr", "drdynvc", "x-off06"];
    assert_eq!(scene.names(), names, "what no entry can allow stays struck");

    let seen = scene.client_saw().await;
    let usb =
        [to_client(id("drdynvc"), b"\x10\x01URBDRC\0"), to_client(id("drdynvc"), &[0x30, 1, 9, 9])];
    let expected: Vec<_> = [greeting()]
        .into_iter()
        .chain(reaches())
        .filter(|f| f != MARKER)
        .filter(sent)
        .filter(|frame| !usb.contains(frame))
        .collect();
    assert_eq!(seen, expected);
}

/// A client that cannot ask for text alone asks for the whole clipboard, and gets its text.
#[tokio::test]
async fn files_are_struck_for_a_client_that_is_not_trusted_with_them() {
    let files = || DevicePolicy::new([], Clipboard::TextAndFiles);
    let on_clipboard = |frames: Vec<Vec<u8>>| {
        let channel = id("cliprdr").to_be_bytes();
        frames.into_iter().filter(|frame| frame[10..12] == channel).collect::<Vec<_>>()
    };
    let plain = CLIPBOARD.to_vec().with(20, 0x02);
    let text = format_list(&[(13, "")]);
    let mut struck = scene_of(files(), SessionControl::strike_files).await;
    let asked = [to_host(id("cliprdr"), &plain), to_host(id("cliprdr"), &text)];
    assert_eq!(on_clipboard(struck.host_saw().await), asked);
    let answered = [to_client(id("cliprdr"), &plain), to_client(id("cliprdr"), &text)];
    assert_eq!(on_clipboard(struck.client_saw().await), answered);
    let whole = scene(files()).await;
    let sent = whole.host_saw().await;
    assert!(sent.contains(&to_host(id("cliprdr"), &text_and_files())), "the control: all of it");
}

#[tokio::test]
async fn with_nothing_allowed_only_the_picture_has_a_channel() {
    let mut scene = scene(DevicePolicy::nothing()).await;
    assert_eq!(scene.host_saw().await, [to_host(id("drdynvc"), &[0x50, 0, 3, 0])]);
    let names = scene.names();
    let kept: Vec<_> = names.iter().filter(|name| !name.starts_with("x-off")).collect();
    assert_eq!(kept, ["drdynvc"]);
    assert_eq!(names.len(), CHANNELS.len());
    assert_eq!(scene.client_saw().await.len(), 3);
}

#[tokio::test]
async fn the_host_reads_no_udp_and_its_own_protocol() {
    let scene = scene(DevicePolicy::default()).await;
    scene.host_saw().await;
    let blocks = scene.host.seen(|seen| read_connect_initial(&seen.frames[0]));
    let udp = blocks.multi_transport_channel.expect("the block stays").flags;
    assert!(udp.is_empty(), "{udp:?}");
    let protocol = blocks.core.optional_data.server_selected_protocol;
    assert_eq!(protocol, Some(ironrdp_pdu::nego::SecurityProtocol::HYBRID_EX));
    let options = blocks
        .network
        .expect("a list")
        .channels
        .iter()
        .map(|c| c.options.bits())
        .collect::<Vec<_>>();
    let (plain, open, none) = (0x8000_0000, 0x8080_0000, 0);
    assert_eq!(options, [plain, none, open, none, plain, plain, none]);
}
