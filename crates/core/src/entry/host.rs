//! Hosts as people write them, checked once at the door.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// A host name or address that is safe to hand to a resolver or a client.
///
/// An IPv4 or IPv6 literal, or a DNS name of letters, digits, hyphens and underscores (NetBIOS
/// names have them): at most 253 characters, labels of 1 to 63, none beginning with a hyphen.
/// Spaces, control characters, a leading `-` or `/` never pass (`security.md` section 5, Input).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Host(Box<str>);

/// Why some text is not a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAHost {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// More than 253 characters, or a label of more than 63.
    #[error("too long")]
    TooLong,
    /// This character cannot stand in a host name.
    #[error("holds a character that no host name has")]
    Character(char),
    /// A label is empty or begins or ends with a hyphen.
    #[error("a part of the name is malformed")]
    Label,
}

impl Host {
    /// The host as text: an IPv6 address without brackets.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address, where the host is one.
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        self.0.parse().ok()
    }
}

impl FromStr for Host {
    type Err = NotAHost;

    fn from_str(text: &str) -> Result<Self, NotAHost> {
        if text.is_empty() {
            return Err(NotAHost::Empty);
        }
        if let Ok(address) = bare(text).parse::<IpAddr>() {
            return Ok(Self(address.to_string().into()));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        check_name(name)?;
        Ok(Self(name.to_ascii_lowercase().into()))
    }
}

fn bare(text: &str) -> &str {
    text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text)
}

fn check_name(name: &str) -> Result<(), NotAHost> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if let Some(stranger) = name.chars().find(|c| !allowed(*c)) {
        return Err(NotAHost::Character(stranger));
    }
    if name.len() > 253 {
        return Err(NotAHost::TooLong);
    }
    // `127.1` and `srv.1` are an address to some programs and a name to others.
    let last = name.rsplit_once('.').map_or("", |(_, last)| last);
    if !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotAHost::Label);
    }
    name.split('.').try_for_each(check_label)
}

fn check_label(label: &str) -> Result<(), NotAHost> {
    if label.is_empty() || label.starts_with('-') || label.ends_with('-') {
        return Err(NotAHost::Label);
    }
    if label.len() > 63 { Err(NotAHost::TooLong) } else { Ok(()) }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A TCP port, never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(u16);

impl Port {
    /// The port RDP hosts listen on unless told otherwise.
    pub const RDP: Self = Self(3389);

    /// A port from its number; `None` for 0.
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        if number == 0 { None } else { Some(Self(number)) }
    }

    /// The port's number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_pass_in_one_spelling() {
        for (typed, kept) in [
            ("SRV-DC01.corp.example.", "srv-dc01.corp.example"),
            ("10.0.0.7", "10.0.0.7"),
            ("[2001:DB8::1]", "2001:db8::1"),
            ("old_nas", "old_nas"),
        ] {
            assert_eq!(typed.parse::<Host>().map(|h| h.to_string()), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn what_could_be_an_option_or_a_second_line_is_refused() {
        for typed in [
            "",
            " ",
            "a b",
            "-oProxy",
            "/v:evil",
            "a\nb",
            "a\r",
            "a;b",
            "a..b",
            "host-",
            "%COMSPEC%",
            "127.1",
            "srv.1",
            "\u{2028}x",
        ] {
            assert!(typed.parse::<Host>().is_err(), "{typed:?} must be refused");
        }
        assert_eq!("a".repeat(64).parse::<Host>(), Err(NotAHost::TooLong));
    }
}
