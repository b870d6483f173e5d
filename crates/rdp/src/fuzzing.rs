//! Doors for fuzzers: the readers of what clients and hosts send, as plain functions on bytes.
//!
//! That nothing panics or hangs is what a fuzzer looks for. Each asserts besides what must hold, where
//! it can by another reader than ours.

use std::borrow::Cow;

use ironrdp_core::decode;
use ironrdp_pdu::mcs::{ConnectInitial, McsMessage};
use ironrdp_pdu::rdp::ClientInfoPdu;
use ironrdp_pdu::rdp::server_redirection::decode_server_redirection;
use ironrdp_pdu::x224::{X224, X224Data};
use usher_core::entry::UserName;

use crate::framed::frame_length;
use crate::pdu::{
    Asked, HostSends, Way, host_channels, host_sends, is_client_info, message,
    patch_connect_initial, rewrite_client_info,
};
use crate::relay::{Probe, Side};
use crate::x224::{read_confirm, read_request};

/// X.224 requests and confirms, and where frames end: no frame is two of them.
///
/// # Panics
/// If that does not hold.
pub fn x224(bytes: &[u8]) {
    let whole = matches!(frame_length(bytes), Ok(Some(length)) if length == bytes.len());
    let request = read_request(bytes).is_ok();
    assert!(!(request && read_confirm(bytes).is_ok()), "one frame is both");
    assert!(!(request && whole && message(bytes, Way::ToHost).is_some()), "X.224 as MCS");
}

/// Connect Initial and Connect Response. The host must read of no channel but the one that is kept.
///
/// # Panics
/// If that does not hold.
pub fn connect(bytes: &[u8]) {
    let response = host_channels(bytes).is_some();
    let mut patched = bytes.to_vec();
    let judge = |name: &[u8]| if name == b"rdpsnd" { Asked::Kept } else { Asked::Struck };
    let taken = patch_connect_initial(&mut patched, 8, judge);
    assert_eq!(patched.len(), bytes.len(), "a patch never changes the length");
    assert!(!(response && taken.is_some()), "one frame is both");
    let Ok(X224(X224Data { data })) = decode::<X224<X224Data<'_>>>(&patched) else { return };
    let initial: Option<ConnectInitial> = decode(&data).ok().filter(|_| taken.is_some());
    let channels = initial.and_then(|initial| initial.channel_names()).unwrap_or_default();
    for channel in channels {
        let name = channel.name.as_bytes();
        assert!(name.starts_with(b"x-off") || name.starts_with(b"rdpsnd\0"), "{name:?}");
    }
}

/// The Client Info: another reader finds the given user and password in it, and nobody else's.
///
/// # Panics
/// If that does not hold.
pub fn client_info(bytes: &[u8]) {
    let user = UserName { domain: Some("CORP".to_owned()), user: "adm".to_owned() };
    let Some(rewritten) = rewrite_client_info(bytes, &user, "typed") else { return };
    assert_eq!(is_client_info(bytes), is_client_info(&rewritten));
    let Ok(X224(McsMessage::SendDataRequest(request))) = decode(&rewritten) else { return };
    let Ok(info) = decode::<ClientInfoPdu>(&request.user_data) else { return };
    let read = info.client_info.credentials;
    assert_eq!((read.username.as_str(), read.password.as_str()), ("adm", "typed"));
    assert_eq!(read.domain.as_deref(), Some("CORP"));
}

/// Server Redirection: what another reader takes for one never passes as it is.
///
/// # Panics
/// If that does not hold.
pub fn redirection(bytes: &[u8]) {
    for begun in [false, true] {
        let mut data = Cow::Borrowed(bytes);
        if host_sends(data.to_mut(), begun) != HostSends::Redirection {
            assert!(!matches!(decode_server_redirection(&data), Ok(Some(_))), "it passes");
        }
    }
}

/// The clipboard without files. A list that passes has none, in the one or the other writing.
///
/// # Panics
/// If that does not hold.
pub fn clipboard(bytes: &[u8]) {
    for (_, message) in Probe::new(b"cliprdr").send(bytes) {
        let kind = message.first().copied().unwrap_or_default();
        assert!(![6, 8, 9, 10, 11].contains(&kind), "files pass: {kind}");
        if kind == 2 {
            let length = message.get(4..8).and_then(|length| length.try_into().ok());
            let length = length.map_or(0, u32::from_le_bytes);
            let list = message.iter().skip(8).take(usize::try_from(length).unwrap_or(0));
            let list: Vec<u8> = list.copied().collect();
            assert!(short_list(&list) || long_list(&list), "file formats pass: {list:?}");
        }
    }
}

fn short_list(list: &[u8]) -> bool {
    list.len().is_multiple_of(36) && list.chunks(36).all(|format| is_no_file(format, 15))
}

fn long_list(list: &[u8]) -> bool {
    let mut rest = list;
    while rest.len() >= 4 {
        let units = rest.chunks(2).skip(2).take_while(|unit| **unit != [0, 0]).count();
        let (format, after) = rest.split_at((4 + units * 2).min(rest.len()));
        if !is_no_file(format, 20) {
            return false;
        }
        rest = after.get(2..).unwrap_or_default();
    }
    rest.is_empty()
}

/// Looks for one name only, as far as it is written.
fn is_no_file(format: &[u8], written: usize) -> bool {
    let name = "FileGroupDescriptorW".encode_utf16().take(written).flat_map(u16::to_le_bytes);
    let mut named: Vec<u8> = format.iter().skip(4).copied().collect();
    while named.ends_with(&[0, 0]) && named.len().is_multiple_of(2) {
        named.truncate(named.len() - 2);
    }
    !format.starts_with(&[15, 0, 0, 0]) && named != name.collect::<Vec<u8>>()
}

/// Lists of devices, and what a host asks of them: an entry by itself allows none.
///
/// # Panics
/// If that does not hold.
pub fn devices(bytes: &[u8]) {
    for (to, message) in Probe::new(b"rdpdr").send(bytes) {
        let packet = message.get(..4).unwrap_or_default();
        if to == Side::Host && packet == b"rDAD" {
            assert_eq!(message, b"rDAD\0\0\0\0", "a device is announced");
        }
        assert!(
            !(to == Side::Client
                && [b"rDRI", b"rDrd"].contains(&packet.as_array().unwrap_or(&[0; 4])))
        );
    }
}

/// Dynamic channels: none but the everyday ones opens, and none has data without it.
///
/// # Panics
/// If that does not hold.
pub fn dynamic(bytes: &[u8]) {
    let mut opened = false;
    for (to, message) in Probe::new(b"drdynvc").send(bytes) {
        let command = message.first().map(|first| first >> 4);
        if to == Side::Client && command == Some(1) {
            let named = |name: &[u8]| message.windows(name.len()).any(|at| at == name);
            assert!(
                named(b"ECHO\0")
                    || named(b"Microsoft::Windows::RDS::")
                    || named(b"AUDIO_PLAYBACK_")
            );
            opened = true;
        }
        assert!(opened || matches!(command, None | Some(4 | 5)), "data of no channel: {command:?}");
    }
}
