//! A host asked for its protocol, on a fresh connection.

use ironrdp_pdu::nego::SecurityProtocol;
use usher_core::ports::{Takes, Target, Unreachable, Unsupported};

use super::connect::connect;
use super::negotiate::{Answer, negotiate};
use crate::framed::Broken;

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

/// TCP and X.224: which of these protocols the host takes. No cookie, no credential.
pub(crate) async fn reach(target: &Target, wanted: SecurityProtocol) -> Result<Answer, Refused> {
    let tcp = connect(target).await.map_err(Refused::Unreachable)?;
    negotiate(tcp, wanted).await
}

/// How a host that chose this protocol takes a credential.
pub(crate) fn takes(protocol: SecurityProtocol) -> Takes {
    if protocol == SecurityProtocol::SSL { Takes::Tls } else { Takes::Nla }
}
