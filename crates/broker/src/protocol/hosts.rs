//! What a session's host shows before anything is sent to it, and what passes once it is up.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{CertificateRow, Failure, May};

/// What a host shows: X.224 and TLS, without any credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum HostLook {
    /// The key that somebody has trusted.
    Trusted {
        /// The certificate.
        certificate: CertificateRow,
        /// How it takes a credential.
        takes: HostTakes,
    },
    /// Nobody has trusted a key yet, and none needs to: publicly valid for this name.
    Public {
        /// The certificate.
        certificate: CertificateRow,
        /// How it takes a credential.
        takes: HostTakes,
    },
    /// Nobody has trusted a key yet.
    Unknown {
        /// What it shows.
        shown: CertificateRow,
        /// How it takes a credential.
        takes: HostTakes,
        /// Whether this person may trust it.
        trust: May,
        /// Who else may.
        ask: Vec<String>,
    },
    /// Another key than the trusted one, be it publicly valid or not.
    Changed {
        /// What it shows.
        shown: CertificateRow,
        /// What was trusted.
        before: CertificateRow,
        /// How it takes a credential.
        takes: HostTakes,
        /// Whether this person may trust it.
        trust: May,
        /// Who else may.
        ask: Vec<String>,
    },
    /// It cannot be reached, or wants what is not supported.
    Unreachable {
        /// Why.
        failure: Failure,
    },
}

/// How a host takes a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HostTakes {
    /// Network level authentication: before a session begins.
    Nla,
    /// Inside TLS, with the session's first messages.
    Tls,
}

/// What has passed through one session, without TLS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TrafficRow {
    /// The launch.
    pub run: String,
    /// Bytes from the client to the host.
    pub to_host: Bytes,
    /// Bytes from the host to the client.
    pub to_client: Bytes,
}

/// A number of bytes, exact in a JavaScript number up to 8 PiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct Bytes(#[specta(type = f64)] pub u64);
