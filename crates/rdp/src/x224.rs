//! The X.224 handshake's two messages (MS-RDPBCGR 2.2.1.1 and 2.2.1.2).

use ironrdp_core::{decode, encode_vec};
use ironrdp_pdu::nego::{ConnectionConfirm, ConnectionRequest, RequestFlags, SecurityProtocol};
use ironrdp_pdu::x224::X224;

use crate::framed::Broken;

/// A request for these protocols, without a cookie: the cookie would carry a user name in clear.
pub(crate) fn request(protocol: SecurityProtocol) -> Result<Vec<u8>, Broken> {
    let request = ConnectionRequest {
        nego_data: None,
        flags: RequestFlags::empty(),
        protocol,
        correlation_info: None,
    };
    encode_vec(&X224(request)).map_err(|_| Broken::Nonsense)
}

pub(crate) fn read_request(frame: &[u8]) -> Result<ConnectionRequest, Broken> {
    let X224(request) = decode(frame).map_err(|_| Broken::Nonsense)?;
    Ok(request)
}

pub(crate) fn confirm(confirm: ConnectionConfirm) -> Result<Vec<u8>, Broken> {
    encode_vec(&X224(confirm)).map_err(|_| Broken::Nonsense)
}

pub(crate) fn read_confirm(frame: &[u8]) -> Result<ConnectionConfirm, Broken> {
    let X224(confirm) = decode(frame).map_err(|_| Broken::Nonsense)?;
    Ok(confirm)
}
