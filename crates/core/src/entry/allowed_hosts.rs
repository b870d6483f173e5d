//! Which hosts a credential may be sent to.

use std::fmt;
use std::str::FromStr;

use ipnet::IpNet;

use crate::entry::Host;

/// The hosts a credential may be sent to. Empty means none but those that an editor vouched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedHosts(Vec<HostPattern>);

impl AllowedHosts {
    /// These hosts.
    #[must_use]
    pub fn new(patterns: Vec<HostPattern>) -> Self {
        Self(patterns)
    }

    /// Whether the credential may be sent to this host.
    #[must_use]
    pub fn allow(&self, host: &Host) -> bool {
        self.0.iter().any(|pattern| pattern.matches(host))
    }

    /// The patterns, in the order they were typed.
    #[must_use]
    pub fn patterns(&self) -> &[HostPattern] {
        &self.0
    }
}

/// One host, all names below a domain, or a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostPattern {
    /// This host only.
    Exactly(Host),
    /// `*.domain`: every name below the domain, at any depth, but not the domain itself.
    Below(Host),
    /// Every address of a network, `10.1.0.0/16`. Names are not resolved for this.
    Network(IpNet),
}

/// Text that is no host, `*.domain` or network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a host, *.domain or network")]
pub struct NotAHostPattern;

impl HostPattern {
    fn matches(&self, host: &Host) -> bool {
        match self {
            Self::Exactly(one) => one == host,
            Self::Below(domain) => is_below(host, domain),
            Self::Network(network) => host.address().is_some_and(|a| network.contains(&a)),
        }
    }
}

fn is_below(host: &Host, domain: &Host) -> bool {
    host.address().is_none()
        && host
            .as_str()
            .strip_suffix(domain.as_str())
            .is_some_and(|front| front.len() > 1 && front.ends_with('.'))
}

impl FromStr for HostPattern {
    type Err = NotAHostPattern;

    fn from_str(text: &str) -> Result<Self, NotAHostPattern> {
        let text = text.trim();
        let host = |name: &str| name.parse::<Host>().map_err(|_| NotAHostPattern);
        if let Some(domain) = text.strip_prefix("*.") {
            return host(domain).map(Self::Below);
        }
        if text.contains('/') {
            return text
                .parse::<IpNet>()
                .map(|n| Self::Network(n.trunc()))
                .map_err(|_| NotAHostPattern);
        }
        host(text).map(Self::Exactly)
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(host) => host.fmt(f),
            Self::Below(domain) => write!(f, "*.{domain}"),
            Self::Network(network) => network.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(patterns: &[&str]) -> AllowedHosts {
        AllowedHosts::new(patterns.iter().map(|p| p.parse().expect("a pattern")).collect())
    }

    fn host(text: &str) -> Host {
        text.parse().expect("a host")
    }

    #[test]
    fn only_named_hosts_domains_and_networks_are_allowed() {
        let hosts = allowed(&["SRV1", "*.corp.example", "10.1.0.0/16"]);
        for inside in ["srv1", "a.corp.example", "a.b.corp.example", "10.1.2.3"] {
            assert!(hosts.allow(&host(inside)), "{inside}");
        }
        for outside in ["srv2", "corp.example", "evilcorp.example", "10.2.0.1", "srv1.evil.example"]
        {
            assert!(!hosts.allow(&host(outside)), "{outside}");
        }
    }

    #[test]
    fn nothing_named_allows_nothing() {
        assert!(!AllowedHosts::default().allow(&host("srv1")));
    }

    #[test]
    fn patterns_print_as_they_are_typed_and_bad_ones_are_refused() {
        for text in ["srv1", "*.corp.example", "10.1.0.0/16", "2001:db8::/32"] {
            assert_eq!(text.parse::<HostPattern>().map(|p| p.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "*", "*.", "10.1.0.0/33", "-x", "a b"] {
            assert_eq!(text.parse::<HostPattern>(), Err(NotAHostPattern), "{text}");
        }
    }
}
