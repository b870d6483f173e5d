//! A session entry's row.

use serde::{Deserialize, Serialize};
use usher_core::entry::{Credentials, Port, SessionEntry, SessionKind, Version, Vouched};
use usher_core::ids::SessionEntryId;

use super::rdp::RdpPart;
use super::words::InheritanceWord;
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionRow {
    folder: String,
    name: String,
    kind: KindPart,
    credentials: CredentialsPart,
    vouched: Option<VouchedPart>,
    inheritance: InheritanceWord,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum KindPart {
    Rdp {
        host: String,
        port: u16,
        /// Left out where nothing was set, as in rows of before there was anything to set.
        #[serde(default, skip_serializing_if = "RdpPart::is_default")]
        settings: RdpPart,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CredentialsPart {
    Linked(String),
    Inherited,
    AskMe,
    None,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VouchedPart {
    credential: String,
    host: String,
    by: String,
}

impl KindPart {
    fn write(core: &SessionKind) -> Self {
        match core {
            SessionKind::Rdp { host, port, settings } => Self::Rdp {
                host: host.as_str().to_owned(),
                port: port.number(),
                settings: RdpPart::write(settings),
            },
        }
    }

    fn read(&self) -> Option<SessionKind> {
        match self {
            Self::Rdp { host, port, settings } => Some(SessionKind::Rdp {
                host: host.parse().ok()?,
                port: Port::new(*port)?,
                settings: settings.read()?,
            }),
        }
    }
}

impl CredentialsPart {
    fn write(core: Credentials) -> Self {
        match core {
            Credentials::Linked(id) => Self::Linked(id.to_string()),
            Credentials::Inherited => Self::Inherited,
            Credentials::AskMe => Self::AskMe,
            Credentials::None => Self::None,
        }
    }

    fn read(&self) -> Option<Credentials> {
        match self {
            Self::Linked(id) => id.parse().ok().map(Credentials::Linked),
            Self::Inherited => Some(Credentials::Inherited),
            Self::AskMe => Some(Credentials::AskMe),
            Self::None => Some(Credentials::None),
        }
    }
}

impl VouchedPart {
    fn write(core: &Vouched) -> Self {
        Self {
            credential: core.credential.to_string(),
            host: core.host.as_str().to_owned(),
            by: core.by.to_string(),
        }
    }

    fn read(&self) -> Option<Vouched> {
        Some(Vouched {
            credential: self.credential.parse().ok()?,
            host: self.host.parse().ok()?,
            by: self.by.parse().ok()?,
        })
    }
}

impl Row for SessionRow {
    type Thing = SessionEntry;
    const TABLE: Table = Table::Session;

    fn key(thing: &SessionEntry) -> Key {
        thing.id.to_bytes()
    }

    fn version(thing: &SessionEntry) -> Option<u64> {
        Some(thing.version.0)
    }

    fn write(thing: &SessionEntry) -> Self {
        Self {
            folder: thing.folder.to_string(),
            name: thing.name.as_str().to_owned(),
            kind: KindPart::write(&thing.kind),
            credentials: CredentialsPart::write(thing.credentials),
            vouched: thing.vouched.as_ref().map(VouchedPart::write),
            inheritance: thing.inheritance.into(),
        }
    }

    fn read(self, key: Key, version: u64) -> Option<SessionEntry> {
        Some(SessionEntry {
            id: SessionEntryId::from_bytes(key),
            folder: self.folder.parse().ok()?,
            name: self.name.parse().ok()?,
            kind: self.kind.read()?,
            credentials: self.credentials.read()?,
            vouched: match self.vouched {
                Some(vouched) => Some(vouched.read()?),
                None => None,
            },
            inheritance: self.inheritance.into(),
            version: Version(version),
        })
    }
}
