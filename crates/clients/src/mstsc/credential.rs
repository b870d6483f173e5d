//! How mstsc finds a credential: by `TERMSRV/` and the host, without the port.

use std::net::Ipv4Addr;

use usher_core::Secret;
use usher_core::entry::Host;
use usher_core::ports::LoopbackPool;
use zeroize::Zeroizing;

/// What every one-time user begins with (usher-rdp, `one_time`).
const ONE_TIME_USER: &str = "ot-";

/// All that Remote Desktop stores.
#[cfg(windows)]
pub(super) const ALL: &str = "TERMSRV/*";

/// A credential that Windows keeps for Remote Desktop. Its password is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(windows), expect(unreachable_pub, reason = "public on Windows"))]
pub struct StoredCredential {
    /// Its name in Credential Manager, like `TERMSRV/srv.corp.example`.
    pub target: String,
    /// The user in it.
    pub user: String,
}

impl StoredCredential {
    /// Whether it is a one-time credential of ours, by address and by user.
    pub(super) fn is_ours(&self) -> bool {
        let address = host(&self.target).and_then(|host| host.parse::<Ipv4Addr>().ok());
        address.is_some_and(LoopbackPool::contains) && self.user.starts_with(ONE_TIME_USER)
    }

    /// Whether mstsc would use it for this host if it were started without us.
    pub(super) fn is_for(&self, wanted: &Host) -> bool {
        host(&self.target).is_some_and(|host| host.eq_ignore_ascii_case(&wanted.to_string()))
    }
}

/// The name of the credential for an address.
pub(super) fn target(address: Ipv4Addr) -> String {
    format!("TERMSRV/{address}")
}

/// As it is asked for and removed: where all kinds are listed, Windows writes the kind in front.
pub(super) fn name(target: &str) -> &str {
    target.strip_prefix("Domain:target=").unwrap_or(target)
}

fn host(target: &str) -> Option<&str> {
    let (service, host) = name(target).split_at_checked("TERMSRV/".len())?;
    service.eq_ignore_ascii_case("TERMSRV/").then_some(host)
}

/// The password as Windows stores it: UTF-16, low byte first, without a NUL at the end.
pub(super) fn blob(password: &Secret) -> Zeroizing<Vec<u8>> {
    // EXPOSE: the one-time password, worthless outside this session, for the client it is for
    let text = password.expose();
    // Reserved in full: a buffer that grows leaves copies behind.
    let mut blob = Zeroizing::new(Vec::with_capacity(text.len() * 2));
    for unit in text.encode_utf16() {
        blob.extend_from_slice(&unit.to_le_bytes());
    }
    blob
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
    fn a_credential_of_another_tool_is_found_by_its_host() {
        let host: Host = "srv.corp.example".parse().unwrap();
        assert!(stored("TERMSRV/SRV.corp.example", "adm").is_for(&host));
        assert!(!stored("TERMSRV/srv", "adm").is_for(&host));
        assert!(!stored("srv.corp.example", "adm").is_for(&host));
    }

    #[test]
    fn a_blob_is_utf_16_without_an_end() {
        let blob = blob(&Secret::new("aB9€".to_owned()));
        assert_eq!(*blob, [b'a', 0, b'B', 0, b'9', 0, 0xAC, 0x20]);
    }
}
