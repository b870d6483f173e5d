//! X.224 with the client.

use ironrdp_pdu::nego::{
    ConnectionConfirm, FailureCode, RequestFlags, ResponseFlags, SecurityProtocol,
};
use tokio::net::TcpStream;

use crate::framed::{Broken, Framed, step};
use crate::x224;

/// What the client can do; relayed to the host as it is, because clients compare what comes back.
pub(crate) struct Asked(pub(crate) SecurityProtocol);

/// Why a client is not served.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotAsked {
    /// It left, was too slow, or speaks something else.
    Broken,
    /// It cannot do network level authentication, and was told that it must.
    NoNla,
    /// It wants a mode in which it sends no password.
    RestrictedAdmin,
}

impl From<Broken> for NotAsked {
    fn from(_: Broken) -> Self {
        Self::Broken
    }
}

/// The client's request.
pub(crate) async fn read(framed: &mut Framed<TcpStream>) -> Result<Asked, NotAsked> {
    let request = x224::read_request(&step(framed.tpkt()).await?)?;
    let credential_less = RequestFlags::RESTRICTED_ADMIN_MODE_REQUIRED
        | RequestFlags::REDIRECTED_AUTHENTICATION_MODE_REQUIRED;
    if request.flags.intersects(credential_less) {
        return Err(NotAsked::RestrictedAdmin);
    }
    let nla = SecurityProtocol::HYBRID | SecurityProtocol::HYBRID_EX;
    if !request.protocol.intersects(nla) {
        let code = FailureCode::HYBRID_REQUIRED_BY_SERVER;
        framed.send(&x224::confirm(ConnectionConfirm::Failure { code })?).await?;
        return Err(NotAsked::NoNla);
    }
    Ok(Asked(request.protocol))
}

/// Answers with what the host chose, less the modes that send no password.
pub(crate) async fn answer(
    mut framed: Framed<TcpStream>,
    protocol: SecurityProtocol,
    flags: ResponseFlags,
) -> Result<TcpStream, NotAsked> {
    let credential_less = ResponseFlags::RESTRICTED_ADMIN_MODE_SUPPORTED
        | ResponseFlags::REDIRECTED_AUTHENTICATION_MODE_SUPPORTED;
    let flags = flags.difference(credential_less);
    let confirm = x224::confirm(ConnectionConfirm::Response { flags, protocol })?;
    step(framed.send(&confirm)).await?;
    Ok(framed.into_bare()?)
}
