//! Credentials that Windows keeps for Remote Desktop: which are ours, and which another tool has left.
//!
//! They are listed on Windows alone; what follows from their names is plain logic, tried everywhere.

use std::net::Ipv4Addr;

use usher_core::entry::Host;
use usher_core::ports::LoopbackPool;

/// What every one-time user begins with (usher-rdp, `one_time`).
const ONE_TIME_USER: &str = "ot-";
/// How Windows names the kind in front, where all kinds are listed.
const KINDS: [&str; 2] = ["Domain:target=", "LegacyGeneric:target="];
const SERVICE: &str = "TERMSRV/";

/// A credential that Windows keeps for Remote Desktop. Its password is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCredential {
    /// Its name in Credential Manager, like `TERMSRV/srv.corp.example`.
    pub target: String,
    /// The user in it.
    pub user: String,
}

impl StoredCredential {
    /// Whether it is a one-time credential of ours, by address and by user.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        is_of_a_session(&self.target) && is_one_time(&self.user)
    }

    /// Whether mstsc would use it for this host if it were started without us.
    #[must_use]
    pub fn is_for(&self, wanted: &Host) -> bool {
        host(&self.target).is_some_and(|host| host.eq_ignore_ascii_case(&wanted.to_string()))
    }
}

/// Whether this is the name of a credential for an address that a session may have.
pub(crate) fn is_of_a_session(target: &str) -> bool {
    let address = host(target).and_then(|host| host.parse::<Ipv4Addr>().ok());
    address.is_some_and(LoopbackPool::contains)
}

/// Whether only a session of ours can have this user.
pub(crate) fn is_one_time(user: &str) -> bool {
    user.starts_with(ONE_TIME_USER)
}

/// The name of the credential for an address.
#[cfg(any(windows, test))]
pub(crate) fn target(address: Ipv4Addr) -> String {
    format!("{SERVICE}{address}")
}

/// As it is asked for and removed.
pub(crate) fn name(target: &str) -> &str {
    KINDS.iter().find_map(|kind| target.strip_prefix(kind)).unwrap_or(target)
}

fn host(target: &str) -> Option<&str> {
    let (service, host) = name(target).split_at_checked(SERVICE.len())?;
    service.eq_ignore_ascii_case(SERVICE).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(target: &str, user: &str) -> StoredCredential {
        StoredCredential { target: target.to_owned(), user: user.to_owned() }
    }

    #[test]
    fn ours_is_what_has_our_address_and_a_one_time_user() {
        let own = target(Ipv4Addr::new(127, 77, 0, 5));
        assert_eq!(own, "TERMSRV/127.77.0.5");
        assert!(stored(&own, "ot-abcdefgh").is_ours());
        assert!(stored("Domain:target=TERMSRV/127.77.0.64", "ot-abcdefgh").is_ours());
        for (target, user) in [
            (own.as_str(), "adm"),
            ("TERMSRV/127.0.0.1", "ot-abcdefgh"),
            ("TERMSRV/127.77.0.65", "ot-abcdefgh"),
            ("TERMSRV/srv.corp.example", "ot-abcdefgh"),
            ("HTTP/127.77.0.5", "ot-abcdefgh"),
            ("ä", "ot-abcdefgh"),
            ("", ""),
        ] {
            assert!(!stored(target, user).is_ours(), "{target} {user}");
        }
    }

    #[test]
    fn a_credential_of_another_tool_is_found_by_its_host_whatever_its_kind() {
        let host: Host = "srv.corp.example".parse().unwrap();
        assert!(stored("TERMSRV/SRV.corp.example", "adm").is_for(&host));
        assert!(stored("LegacyGeneric:target=TERMSRV/srv.corp.example", "adm").is_for(&host));
        assert!(!stored("TERMSRV/srv", "adm").is_for(&host));
        assert!(!stored("srv.corp.example", "adm").is_for(&host));
    }
}
