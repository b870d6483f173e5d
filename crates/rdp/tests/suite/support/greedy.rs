//! What a client that asks for everything says, and what a host answers: written by another crate than
//! the one that is tried.

use std::borrow::Cow;

use ironrdp_core::{decode, encode_vec};
use ironrdp_pdu::gcc::{
    ChannelDef, ChannelName, ChannelOptions, ClientCoreData, ClientCoreOptionalData,
    ClientEarlyCapabilityFlags, ClientGccBlocks, ClientNetworkData, ClientSecurityData, ColorDepth,
    ConferenceCreateResponse, ConnectionType, HighColorDepth, KeyboardType,
    MultiTransportChannelData, MultiTransportFlags, RdpVersion, SecureAccessSequence,
    ServerCoreData, ServerCoreOptionalData, ServerGccBlocks, ServerNetworkData, ServerSecurityData,
    SupportedColorDepths,
};
use ironrdp_pdu::mcs::{
    ConnectInitial, ConnectResponse, DomainParameters, McsMessage, SendDataIndication,
    SendDataRequest,
};
use ironrdp_pdu::nego::SecurityProtocol;
use ironrdp_pdu::x224::{X224, X224Data};

/// The channels that it asks for, in this order; the host gives them ids from 1004 on.
pub(crate) const CHANNELS: [&str; 7] =
    ["rdpdr", "rail", "rdpsnd", "VENDOR1", "cliprdr", "drdynvc", "encomsp"];

/// The id of a channel.
pub(crate) fn id(name: &str) -> u16 {
    let index = CHANNELS.iter().position(|channel| *channel == name).expect("a channel");
    1004 + u16::try_from(index).expect("few")
}

fn x224(data: Vec<u8>) -> Vec<u8> {
    encode_vec(&X224(X224Data { data: Cow::Owned(data) })).expect("encodes")
}

/// The client's Connect Initial.
pub(crate) fn connect_initial() -> Vec<u8> {
    let channels = CHANNELS.map(|name| ChannelDef {
        name: ChannelName::from_utf8(name).expect("a name"),
        options: ChannelOptions::INITIALIZED | ChannelOptions::COMPRESS_RDP,
    });
    let udp =
        MultiTransportFlags::TRANSPORT_TYPE_UDP_FECR | MultiTransportFlags::SOFT_SYNC_TCP_TO_UDP;
    let blocks = ClientGccBlocks {
        core: core(),
        security: ClientSecurityData::no_security(),
        network: Some(ClientNetworkData { channels: channels.to_vec() }),
        cluster: None,
        monitor: None,
        message_channel: None,
        multi_transport_channel: Some(MultiTransportChannelData { flags: udp }),
        monitor_extended: None,
    };
    x224(encode_vec(&ConnectInitial::with_gcc_blocks(blocks).expect("fits")).expect("encodes"))
}

fn core() -> ClientCoreData {
    ClientCoreData {
        version: RdpVersion::V5_PLUS,
        desktop_width: 1024,
        desktop_height: 768,
        color_depth: ColorDepth::Bpp8,
        sec_access_sequence: SecureAccessSequence::Del,
        keyboard_layout: 0x0407,
        client_build: 19041,
        client_name: "CLIENT".to_owned(),
        keyboard_type: KeyboardType::IBM_ENHANCED,
        keyboard_subtype: 0,
        keyboard_functional_keys_count: 12,
        ime_file_name: String::new(),
        optional_data: ClientCoreOptionalData {
            post_beta2_color_depth: Some(ColorDepth::Bpp8),
            client_product_id: Some(1),
            serial_number: Some(0),
            high_color_depth: Some(HighColorDepth::Bpp24),
            supported_color_depths: Some(SupportedColorDepths::BPP32),
            early_capability_flags: Some(ClientEarlyCapabilityFlags::empty()),
            dig_product_id: Some(String::new()),
            connection_type: Some(ConnectionType::Lan),
            server_selected_protocol: Some(SecurityProtocol::empty()),
            ..ClientCoreOptionalData::default()
        },
    }
}

/// What a host read of a Connect Initial.
pub(crate) fn read_connect_initial(frame: &[u8]) -> ClientGccBlocks {
    let X224(X224Data { data }) = decode::<X224<X224Data<'_>>>(frame).expect("a frame");
    let initial: ConnectInitial = decode(&data).expect("a Connect Initial");
    initial.conference_create_request.into_gcc_blocks()
}

/// The host's Connect Response: ids from 1004 on, in the client's order.
pub(crate) fn connect_response() -> Vec<u8> {
    let blocks = ServerGccBlocks {
        core: ServerCoreData {
            version: RdpVersion::V5_PLUS,
            optional_data: ServerCoreOptionalData::default(),
        },
        network: ServerNetworkData { channel_ids: CHANNELS.map(id).to_vec(), io_channel: 1003 },
        security: ServerSecurityData::no_security(),
        message_channel: None,
        multi_transport_channel: None,
    };
    let response = ConnectResponse {
        conference_create_response: ConferenceCreateResponse::new(1002, blocks).expect("fits"),
        called_connect_id: 0,
        domain_parameters: DomainParameters::target(),
    };
    x224(encode_vec(&response).expect("encodes"))
}

/// A message of the client on a channel, in one chunk.
pub(crate) fn to_host(channel: u16, message: &[u8]) -> Vec<u8> {
    let user_data = Cow::Owned(chunk(message));
    let request = SendDataRequest { initiator_id: 1007, channel_id: channel, user_data };
    encode_vec(&X224(McsMessage::SendDataRequest(request))).expect("encodes")
}

/// A message of the host on a channel, in one chunk.
pub(crate) fn to_client(channel: u16, message: &[u8]) -> Vec<u8> {
    let user_data = Cow::Owned(chunk(message));
    let indication = SendDataIndication { initiator_id: 1002, channel_id: channel, user_data };
    encode_vec(&X224(McsMessage::SendDataIndication(indication))).expect("encodes")
}

fn chunk(message: &[u8]) -> Vec<u8> {
    let total = u32::try_from(message.len()).expect("short").to_le_bytes();
    [total.as_slice(), &3_u32.to_le_bytes(), message].concat()
}

/// A list with a device of each type: serial, parallel, printer, drive, smart card.
pub(crate) fn all_devices() -> Vec<u8> {
    let mut list = b"rDAD\x05\0\0\0".to_vec();
    for (id, kind) in [1_u32, 2, 4, 8, 0x20].into_iter().enumerate() {
        list.extend_from_slice(&kind.to_le_bytes());
        list.extend_from_slice(&u32::try_from(id).expect("few").to_le_bytes());
        list.extend_from_slice(b"NAME\0\0\0\0\x04\0\0\0data");
    }
    list
}

/// Clipboard capabilities with everything for files.
pub(crate) const CLIPBOARD: &[u8] =
    b"\x07\0\0\0\x10\0\0\0\x01\0\0\0\x01\0\x0c\0\x02\0\0\0\x3e\0\0\0";

/// A list of long format names: text and files.
pub(crate) fn text_and_files() -> Vec<u8> {
    format_list(&[(13, ""), (0xC0BC, "FileGroupDescriptorW"), (0xC0BD, "FileContents")])
}

/// A list of long format names.
pub(crate) fn format_list(formats: &[(u32, &str)]) -> Vec<u8> {
    let mut names = Vec::new();
    for (id, name) in formats {
        names.extend_from_slice(&id.to_le_bytes());
        names.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        names.extend_from_slice(&[0, 0]);
    }
    let length = u32::try_from(names.len()).expect("short").to_le_bytes();
    [b"\x02\0\0\0".as_slice(), &length, &names].concat()
}
