//! X.224 with the host: it chooses network level authentication, or at least TLS.

use ironrdp_pdu::nego::{ConnectionConfirm, FailureCode, ResponseFlags, SecurityProtocol};
use tokio::net::TcpStream;
use usher_core::ports::{Unreachable, Unsupported};

use super::reach::Refused;
use crate::framed::{Framed, step};
use crate::x224;

/// What a host answered: `HYBRID` or `HYBRID_EX` (with `CredSSP`), or `SSL` (TLS alone).
pub(crate) struct Answer {
    pub(crate) stream: TcpStream,
    /// What it was asked for.
    pub(crate) asked: SecurityProtocol,
    pub(crate) protocol: SecurityProtocol,
    pub(crate) flags: ResponseFlags,
}

/// Asks for exactly these protocols; no cookie, no credential.
pub(super) async fn negotiate(
    stream: TcpStream,
    asked: SecurityProtocol,
) -> Result<Answer, Refused> {
    let mut framed = Framed::new(stream);
    let (protocol, flags) = step(ask(&mut framed, asked)).await?;
    Ok(Answer { stream: framed.into_bare()?, asked, protocol, flags })
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
    if chosen.is_empty() {
        return Err(Refused::Unsupported(Unsupported::StandardSecurity));
    }
    let one = [SecurityProtocol::SSL, SecurityProtocol::HYBRID, SecurityProtocol::HYBRID_EX];
    let is_an_answer = one.contains(&chosen) && wanted.contains(chosen);
    if is_an_answer { Ok(chosen) } else { Err(Refused::Unreachable(Unreachable::NotRdp)) }
}

/// Failure codes: MS-RDPBCGR 2.2.1.2.2. TLS and more was always asked for, so a host that *requires*
/// either of them as its failure is not making sense.
fn failure(code: FailureCode) -> Refused {
    match code {
        FailureCode::ENTRA_AUTH_REQUIRED_BY_SERVER => Refused::Unsupported(Unsupported::EntraOnly),
        FailureCode::SSL_NOT_ALLOWED_BY_SERVER
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
    fn network_level_authentication_and_tls_are_usable_and_nothing_less() {
        for protocol in [SecurityProtocol::HYBRID, SecurityProtocol::SSL] {
            assert_eq!(usable(protocol, ASKED), Ok(protocol));
        }
        let none = Err(Refused::Unsupported(Unsupported::StandardSecurity));
        assert_eq!(usable(SecurityProtocol::empty(), ASKED), none);
        let entra = Err(Refused::Unsupported(Unsupported::EntraOnly));
        assert_eq!(usable(SecurityProtocol::RDSAAD, ASKED), entra);
    }

    #[test]
    fn a_protocol_that_nobody_asked_for_or_two_at_once_are_no_answer() {
        let stranger = Err(Refused::Unreachable(Unreachable::NotRdp));
        assert_eq!(usable(SecurityProtocol::HYBRID_EX, ASKED), stranger);
        assert_eq!(usable(SecurityProtocol::SSL | SecurityProtocol::HYBRID, ASKED), stranger);
        assert_eq!(usable(SecurityProtocol::SSL, SecurityProtocol::HYBRID), stranger);
    }

    #[test]
    fn failure_codes_keep_their_meaning() {
        let standard = Refused::Unsupported(Unsupported::StandardSecurity);
        let senseless = Refused::Unreachable(Unreachable::NotRdp);
        for (code, meaning) in [
            (1, senseless),
            (2, standard),
            (3, standard),
            (4, senseless),
            (5, senseless),
            (7, Refused::Unsupported(Unsupported::EntraOnly)),
            (99, senseless),
        ] {
            assert_eq!(failure(FailureCode::from(code)), meaning, "{code}");
        }
    }
}
