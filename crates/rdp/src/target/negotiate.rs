//! X.224 with the host: it must choose network level authentication.

use ironrdp_pdu::nego::{ConnectionConfirm, FailureCode, ResponseFlags, SecurityProtocol};
use tokio::net::TcpStream;
use usher_core::ports::{Unreachable, Unsupported};

use crate::framed::{Broken, Framed, step};
use crate::x224;

/// What a host answered: a protocol with `CredSSP`, `HYBRID` or `HYBRID_EX`.
pub(crate) struct Answer {
    pub(crate) stream: TcpStream,
    pub(crate) protocol: SecurityProtocol,
    pub(crate) flags: ResponseFlags,
}

/// Why no sign-in is possible there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    Unreachable(Unreachable),
    Unsupported(Unsupported),
}

impl From<Broken> for Refused {
    fn from(broken: Broken) -> Self {
        Self::Unreachable(match broken {
            Broken::TimedOut => Unreachable::TimedOut,
            Broken::Off => Unreachable::BrokenOff,
            Broken::Nonsense => Unreachable::NotRdp,
        })
    }
}

/// Asks for exactly these protocols; no cookie, no credential.
pub(crate) async fn negotiate(
    stream: TcpStream,
    wanted: SecurityProtocol,
) -> Result<Answer, Refused> {
    let mut framed = Framed::new(stream);
    let (protocol, flags) = step(ask(&mut framed, wanted)).await?;
    Ok(Answer { stream: framed.into_bare()?, protocol, flags })
}

async fn ask(
    framed: &mut Framed<TcpStream>,
    wanted: SecurityProtocol,
) -> Result<(SecurityProtocol, ResponseFlags), Refused> {
    framed.send(&x224::request(wanted)?).await?;
    match x224::read_confirm(&framed.tpkt().await?)? {
        ConnectionConfirm::Response { flags, protocol } => Ok((usable(protocol, wanted)?, flags)),
        ConnectionConfirm::Failure { code } => Err(failure(code)),
    }
}

fn usable(chosen: SecurityProtocol, wanted: SecurityProtocol) -> Result<SecurityProtocol, Refused> {
    if chosen == SecurityProtocol::RDSAAD {
        return Err(Refused::Unsupported(Unsupported::EntraOnly));
    }
    let nla = chosen == SecurityProtocol::HYBRID || chosen == SecurityProtocol::HYBRID_EX;
    match (nla, wanted.contains(chosen)) {
        (true, true) => Ok(chosen),
        (true, false) => Err(Refused::Unreachable(Unreachable::NotRdp)),
        (false, _) => Err(Refused::Unsupported(Unsupported::StandardSecurity)),
    }
}

/// Failure codes: MS-RDPBCGR 2.2.1.2.2.
fn failure(code: FailureCode) -> Refused {
    match code {
        FailureCode::ENTRA_AUTH_REQUIRED_BY_SERVER => Refused::Unsupported(Unsupported::EntraOnly),
        FailureCode::SSL_REQUIRED_BY_SERVER
        | FailureCode::SSL_NOT_ALLOWED_BY_SERVER
        | FailureCode::SSL_CERT_NOT_ON_SERVER
        | FailureCode::SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER => {
            Refused::Unsupported(Unsupported::StandardSecurity)
        }
        _ => Refused::Unreachable(Unreachable::NotRdp),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: SecurityProtocol =
        SecurityProtocol::SSL.union(SecurityProtocol::HYBRID).union(SecurityProtocol::RDSAAD);

    #[test]
    fn only_network_level_authentication_is_usable() {
        assert_eq!(usable(SecurityProtocol::HYBRID, ASKED), Ok(SecurityProtocol::HYBRID));
        let none = Err(Refused::Unsupported(Unsupported::StandardSecurity));
        assert_eq!(usable(SecurityProtocol::SSL, ASKED), none);
        assert_eq!(usable(SecurityProtocol::empty(), ASKED), none);
        let entra = Err(Refused::Unsupported(Unsupported::EntraOnly));
        assert_eq!(usable(SecurityProtocol::RDSAAD, ASKED), entra);
    }

    #[test]
    fn a_protocol_that_nobody_asked_for_is_no_answer() {
        let stranger = Err(Refused::Unreachable(Unreachable::NotRdp));
        assert_eq!(usable(SecurityProtocol::HYBRID_EX, ASKED), stranger);
    }

    #[test]
    fn failure_codes_keep_their_meaning() {
        assert_eq!(failure(FailureCode::from(7)), Refused::Unsupported(Unsupported::EntraOnly));
        assert_eq!(
            failure(FailureCode::from(2)),
            Refused::Unsupported(Unsupported::StandardSecurity)
        );
        assert_eq!(failure(FailureCode::from(99)), Refused::Unreachable(Unreachable::NotRdp));
    }
}
