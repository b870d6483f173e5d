//! What the injector says of hosts, as the protocol's failures.

use usher_core::ports::{Unreachable, Unsupported};

use super::failure::faulty;
use crate::protocol::{Code, Failure, Fault};

/// A host that cannot be reached.
pub(crate) fn unreachable(why: Unreachable) -> Failure {
    match why {
        Unreachable::NameNotFound => faulty(Code::Unreachable, Fault::HostNameNotFound),
        Unreachable::ConnectionRefused => faulty(Code::Unreachable, Fault::HostRefusedConnection),
        Unreachable::TimedOut => faulty(Code::TimedOut, Fault::HostTimedOut),
        Unreachable::BrokenOff => faulty(Code::Unreachable, Fault::HostBrokeOff),
        Unreachable::TlsFailed => faulty(Code::UntrustedHost, Fault::HostTls),
        Unreachable::NotRdp => faulty(Code::Unreachable, Fault::HostNotRdp),
    }
}

/// A host that wants what we cannot do.
pub(crate) fn unsupported(why: Unsupported) -> Failure {
    let fault = match why {
        Unsupported::StandardSecurity => Fault::HostStandardSecurity,
        Unsupported::EntraOnly => Fault::HostEntraOnly,
        Unsupported::RestrictedAdmin => Fault::RestrictedAdmin,
        Unsupported::Redirection => Fault::HostRedirects,
        Unsupported::Kerberos => Fault::NeedsKerberos,
        Unsupported::Gateway => Fault::NeedsGateway,
        Unsupported::Weaker => Fault::HostWeaker,
    };
    faulty(Code::RefusedByHost, fault)
}
