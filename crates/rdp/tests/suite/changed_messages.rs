//! The messages that are changed on their way, as the host and others read them.

use std::borrow::Cow;

use ironrdp_core::{decode, encode_vec};
use ironrdp_pdu::mcs::{McsMessage, SendDataRequest};
use ironrdp_pdu::rdp::ClientInfoPdu;
use ironrdp_pdu::rdp::client_info::{
    AddressFamily, ClientInfo, ClientInfoFlags, CompressionType, Credentials, ExtendedClientInfo,
    ExtendedClientOptionalInfo, OptionalSystemTime, PerformanceFlags, TimezoneInfo,
};
use ironrdp_pdu::rdp::headers::{BasicSecurityHeader, BasicSecurityHeaderFlags};
use ironrdp_pdu::x224::X224;
use proptest::prelude::*;
use usher_core::entry::UserName;
use usher_core::ports::{Acceptance, End, Outcome, Unsupported};
use usher_rdp::pdu::{
    Asked, host_channels, host_sends, is_client_info, patch_connect_initial, rewrite_client_info,
};

use crate::support::{
    HostKey, Script, StubClient, StubHost, TestLease, Then, canary, one_time, opened, session,
    shown_key, sign_in,
};

pub(crate) fn info(user: &str, password: &str) -> ClientInfoPdu {
    let timezone = TimezoneInfo {
        bias: 0,
        standard_name: "GTB".to_owned(),
        standard_date: OptionalSystemTime(None),
        standard_bias: 0,
        daylight_name: "GTB".to_owned(),
        daylight_date: OptionalSystemTime(None),
        daylight_bias: 0,
    };
    let optional = ExtendedClientOptionalInfo::builder()
        .timezone(timezone)
        .session_id(0)
        .performance_flags(PerformanceFlags::DISABLE_WALLPAPER)
        .build();
    ClientInfoPdu {
        security_header: BasicSecurityHeader { flags: BasicSecurityHeaderFlags::INFO_PKT },
        client_info: ClientInfo {
            credentials: Credentials {
                username: user.to_owned(),
                password: password.to_owned(),
                domain: None,
            },
            password_cookie: None,
            code_page: 0x0407,
            flags: ClientInfoFlags::UNICODE | ClientInfoFlags::MOUSE,
            compression_type: CompressionType::K64,
            alternate_shell: "shell\u{1f511}".to_owned(),
            work_dir: "C:\\work".to_owned(),
            extra_info: ExtendedClientInfo {
                address_family: AddressFamily::INET,
                address: "127.1.2.3".to_owned(),
                dir: "C:\\client".to_owned(),
                optional_data: optional,
            },
        },
    }
}

pub(crate) fn frame(info: &ClientInfoPdu) -> Vec<u8> {
    let user_data = Cow::Owned(encode_vec(info).expect("encodes"));
    let request = SendDataRequest { initiator_id: 1007, channel_id: 1003, user_data };
    encode_vec(&X224(McsMessage::SendDataRequest(request))).expect("encodes")
}

pub(crate) fn read(frame: &[u8]) -> ClientInfoPdu {
    let X224(message): X224<McsMessage<'_>> = decode(frame).expect("a frame");
    let McsMessage::SendDataRequest(request) = message else { panic!("{message:?}") };
    decode(&request.user_data).expect("a client info")
}

#[test]
fn another_reader_finds_the_real_user_no_password_and_all_the_rest() {
    for (text, domain, user) in [
        ("CORP\\adm", Some("CORP"), "adm"),
        ("j\u{f6}rg@corp.example", None, "j\u{f6}rg@corp.example"),
        ("\u{1f511}\\k\u{4e2d}", Some("\u{1f511}"), "k\u{4e2d}"),
    ] {
        let sent = info("ot-abcdefgh", "0123456789");
        let rewritten = rewrite_client_info(&frame(&sent), &UserName::parse(text).unwrap(), "");
        let got = read(&rewritten.expect("rewritten"));
        let mut expected = sent;
        expected.client_info.credentials = Credentials {
            username: user.to_owned(),
            password: String::new(),
            domain: domain.map(str::to_owned),
        };
        expected.client_info.flags |= ClientInfoFlags::AUTOLOGON;
        assert_eq!(got, expected);
    }
}

#[test]
fn a_client_info_in_a_code_page_or_cut_short_is_refused() {
    let user = UserName::parse("adm").unwrap();
    let whole = frame(&info("ot-abcdefgh", "0123456789"));
    for end in 0..whole.len() {
        assert_eq!(rewrite_client_info(&whole[..end], &user, ""), None, "cut at {end}");
    }
    let mut ansi = info("ot-abcdefgh", "0123456789");
    ansi.client_info.flags.remove(ClientInfoFlags::UNICODE);
    ansi.client_info.alternate_shell.clear();
    assert_eq!(rewrite_client_info(&frame(&ansi), &user, ""), None);
}

#[tokio::test]
async fn the_host_reads_the_real_user_and_never_the_one_time_credential() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let (lease, _watch) = TestLease::new(Script::Give(sign_in("CORP\\adm", &password)));
    let session = session(port, shown_key(port).await);
    let (handoff, _control) = opened(session, lease).await;
    // EXPOSE: the stub client signs in with the one-time password, as a real one does
    let one_time = handoff.password.expose();
    let client = StubClient::new(&handoff.user, one_time);
    let mut wire = client.sign_in(handoff.address).await.expect("signed in");
    let later = b"\x03\x00\x00\x0c\x02\xf0\x80\x04\x01\x00\x01\x00";
    for bytes in [frame(&info(&handoff.user, one_time)).as_slice(), later] {
        wire.send(bytes).await.expect("sent");
    }
    host.until(|seen| seen.frames.len() == 2, "both frames arrive").await;
    let frames = host.seen(|seen| seen.frames.clone());
    let credentials = read(&frames[0]).client_info.credentials;
    assert_eq!(credentials.username, "adm");
    assert_eq!(credentials.domain.as_deref(), Some("CORP"));
    assert_eq!(credentials.password, "");
    assert_eq!(frames[1], later);
    let delegated = host.seen(|seen| seen.credentials.clone());
    assert_eq!(delegated, [("CORP\\adm".to_owned(), password)]);
}

#[tokio::test]
async fn a_redirection_ends_the_session_and_does_not_reach_the_client() {
    let mut bytes = b"\x03\x00\x00\x16\x02\xf0\x80\x68\x00\x01\x03\xeb\x70\x08".to_vec();
    bytes.extend_from_slice(&[0x40, 0, 0x17, 0, 0xEA, 0x03, 1, 2]);
    let passes = bytes.clone();
    bytes.extend_from_slice(b"\x03\x00\x00\x16\x02\xf0\x80\x68\x00\x01\x03\xeb\x70\x08");
    bytes.extend_from_slice(&[0x40, 0, 0x1A, 0, 0xEA, 0x03, 1, 2]);

    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Send(bytes)).await;
    let port = host.address.port();
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let session = session(port, shown_key(port).await);
    let (handoff, _control) = opened(session, lease).await;
    let client = one_time(&handoff);
    let mut wire = client.sign_in(handoff.address).await.expect("signed in");
    assert_eq!(wire.frame().await, Some(passes), "what comes before it is relayed");
    assert_eq!(wire.frame().await, None, "the redirection is not");
    let (outcomes, end) = watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]);
    assert_eq!(end, End::Unsupported(Unsupported::Redirection));
}

fn try_everything(bytes: &[u8]) {
    let user = UserName::parse("CORP\\adm").unwrap();
    let before = bytes.len();
    let mut patched = bytes.to_vec();
    let _: Option<()> = patch_connect_initial(&mut patched, 8, |_| Asked::Struck);
    assert_eq!(patched.len(), before, "a patch never changes the length");
    if let Some(rewritten) = rewrite_client_info(bytes, &user, "") {
        assert!(is_client_info(&rewritten) == is_client_info(bytes));
    }
    assert!(!(host_channels(bytes).is_some() && is_client_info(bytes)), "a frame goes one way");
    host_sends(&mut bytes.to_vec(), true);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn bytes_of_any_kind_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        try_everything(&bytes);
    }

    #[test]
    fn damaged_messages_never_panic(
        at in 0_usize..400,
        byte: u8,
        cut in 0_usize..400,
        key in prop::sample::select(vec![*b"Duca", *b"McDn"]),
        tail in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut bytes = frame(&info("ot-abcdefgh", "0123456789"));
        let place = at % bytes.len();
        bytes[place] = byte;
        bytes.truncate(bytes.len().saturating_sub(cut % 60));
        try_everything(&bytes);
        bytes.extend_from_slice(&key);
        bytes.extend_from_slice(&tail);
        try_everything(&bytes);
    }
}
