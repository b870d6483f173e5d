//! The messages of the stubs.

use ironrdp_pdu::gcc::{
    ChannelDef, ChannelName, ChannelOptions, ClientCoreData, ClientCoreOptionalData,
    ClientEarlyCapabilityFlags, ClientGccBlocks, ClientNetworkData, ClientSecurityData, ColorDepth,
    ConferenceCreateResponse, ConnectionType, HighColorDepth, KeyboardType, RdpVersion,
    SecureAccessSequence, ServerCoreData, ServerCoreOptionalData, ServerGccBlocks,
    ServerNetworkData, ServerSecurityData, SupportedColorDepths,
};
use ironrdp_pdu::mcs::{ConnectInitial, ConnectResponse, DomainParameters};
use ironrdp_pdu::nego::SecurityProtocol;
use ironrdp_pdu::rdp::ClientInfoPdu;
use ironrdp_pdu::rdp::client_info::{
    AddressFamily, ClientInfo, ClientInfoFlags, CompressionType, Credentials, ExtendedClientInfo,
    ExtendedClientOptionalInfo,
};
use ironrdp_pdu::rdp::headers::{BasicSecurityHeader, BasicSecurityHeaderFlags};

use crate::Result;

/// Where the desktop's own messages go.
pub const IO_CHANNEL: u16 = 1003;
/// The user channel that the host gives to everybody.
pub const USER_CHANNEL: u16 = 1001;

/// A first message that asks for these static channels.
///
/// # Errors
/// If a name is longer than 7 bytes.
pub fn connect_initial(channels: &[&str]) -> Result<ConnectInitial> {
    let channels = channels.iter().map(|name| {
        let name = ChannelName::from_utf8(name)?;
        Some(ChannelDef { name, options: ChannelOptions::INITIALIZED })
    });
    let channels = channels.collect::<Option<Vec<_>>>().ok_or("a channel's name")?;
    let blocks = ClientGccBlocks {
        core: core(),
        security: ClientSecurityData::no_security(),
        network: Some(ClientNetworkData { channels }),
        cluster: None,
        monitor: None,
        message_channel: None,
        multi_transport_channel: None,
        monitor_extended: None,
    };
    ConnectInitial::with_gcc_blocks(blocks).map_err(|error| error.to_string().into())
}

fn core() -> ClientCoreData {
    ClientCoreData {
        version: RdpVersion::V5_PLUS,
        desktop_width: 1920,
        desktop_height: 1080,
        color_depth: ColorDepth::Bpp8,
        sec_access_sequence: SecureAccessSequence::Del,
        keyboard_layout: 0x409,
        client_build: 18363,
        client_name: "STUB".to_owned(),
        keyboard_type: KeyboardType::IBM_ENHANCED,
        keyboard_subtype: 0,
        keyboard_functional_keys_count: 12,
        ime_file_name: String::new(),
        optional_data: ClientCoreOptionalData {
            post_beta2_color_depth: Some(ColorDepth::Bpp8),
            client_product_id: Some(1),
            serial_number: Some(0),
            high_color_depth: Some(HighColorDepth::Bpp24),
            supported_color_depths: Some(SupportedColorDepths::all()),
            early_capability_flags: Some(ClientEarlyCapabilityFlags::SUPPORT_ERR_INFO_PDU),
            dig_product_id: Some(String::new()),
            connection_type: Some(ConnectionType::Lan),
            server_selected_protocol: Some(SecurityProtocol::HYBRID),
            ..ClientCoreOptionalData::default()
        },
    }
}

/// The answer to it, with a channel number for each name.
///
/// # Errors
/// If there are too many channels.
pub fn connect_response(channels: usize) -> Result<ConnectResponse> {
    let last = IO_CHANNEL + u16::try_from(channels)?;
    let blocks = ServerGccBlocks {
        core: ServerCoreData {
            version: RdpVersion::V5_PLUS,
            optional_data: ServerCoreOptionalData::default(),
        },
        network: ServerNetworkData {
            channel_ids: (IO_CHANNEL + 1..=last).collect(),
            io_channel: IO_CHANNEL,
        },
        security: ServerSecurityData::no_security(),
        message_channel: None,
        multi_transport_channel: None,
    };
    let response = ConferenceCreateResponse::new(USER_CHANNEL, blocks);
    Ok(ConnectResponse {
        conference_create_response: response.map_err(|error| error.to_string())?,
        called_connect_id: 1,
        domain_parameters: DomainParameters::target(),
    })
}

/// A Client Info of this user, without a password.
#[must_use]
pub fn client_info(user: &str) -> ClientInfoPdu {
    ClientInfoPdu {
        security_header: BasicSecurityHeader { flags: BasicSecurityHeaderFlags::INFO_PKT },
        client_info: ClientInfo {
            credentials: Credentials {
                username: user.to_owned(),
                password: String::new(),
                domain: None,
            },
            password_cookie: None,
            code_page: 0x0409,
            flags: ClientInfoFlags::UNICODE | ClientInfoFlags::MOUSE,
            compression_type: CompressionType::K64,
            alternate_shell: String::new(),
            work_dir: String::new(),
            extra_info: ExtendedClientInfo {
                address_family: AddressFamily::INET,
                address: "127.0.0.1".to_owned(),
                dir: "C:\\client".to_owned(),
                optional_data: ExtendedClientOptionalInfo::default(),
            },
        },
    }
}

/// A Demand Active PDU of the least length (MS-RDPBCGR 2.2.1.13.1): the desktop begins.
pub const DEMAND_ACTIVE: [u8; 18] = [
    18, 0, 0x11, 0, 0xEA, 3, // length, type, source
    1, 0, 1, 0, // share id
    4, 0, 0, 0, // lengths of the source descriptor and of the capabilities
    b'R', b'D', b'P', 0,
];

/// A fast-path output frame (MS-RDPBCGR 2.2.9.1.2) of this length with one update full of this byte.
/// `length` is more than 6 and less than 16,384.
#[must_use]
pub fn update(length: u16, filled_with: u8) -> Vec<u8> {
    let [high, low] = length.to_be_bytes();
    let body = length.saturating_sub(6);
    let [body_low, body_high] = body.to_le_bytes();
    // action, length with its two-byte mark, update code (bitmap, one fragment), size
    let mut frame = vec![0, high | 0x80, low, 0x01, body_low, body_high];
    frame.resize(usize::from(length), filled_with);
    frame
}

/// Lengths as a screen that changes makes them: a few pointers and orders, most bytes in pictures.
pub const LENGTHS: [u16; 16] = [
    60, 120, 1_460, 1_460, 4_096, 4_096, 8_192, 8_192, 8_192, 8_192, 16_000, 16_000, 16_000,
    16_000, 16_000, 16_000,
];

/// Frames of all these lengths, one after another.
#[must_use]
pub fn burst() -> Vec<u8> {
    LENGTHS.iter().flat_map(|length| update(*length, 0x5A)).collect()
}
