//! The stage: account and host, agreed on one credential.

use rand::RngExt as _;
use rand::distr::Alphanumeric;

use crate::account::{Account, AccountData, NewPassword, NoSuchRecord, RunningAccount};
use crate::program::SandboxError;
use crate::rdp_host::RdpHost;

/// The client that is set up.
pub const CLIENT: &str = "Northwind Dental";
/// Who administers the demo's vault.
pub const ADMINISTRATOR: &str = "Demo administrator";
/// The record that the host takes.
pub const RECORD: &str = "Domain Admin (NW-DC01)";
/// Its user.
pub const USER: &str = "nw-admin";

/// Account and host.
pub struct Stage {
    /// The stand-in IT Glue account.
    pub account: RunningAccount,
    /// The real RDP host.
    pub host: RdpHost,
    /// What the vault is seeded with.
    pub facts: Facts,
}

/// What a vault needs to know of a stage. Holds the key of the stand-in account, which opens
/// nothing but this stage.
#[derive(Clone)]
pub struct Facts {
    /// Where the account answers.
    pub account: String,
    /// Its key.
    pub key: String,
    /// The client's organization.
    pub organization: String,
    /// The record that the host takes.
    pub record: String,
    /// The host.
    pub host: std::net::SocketAddr,
    /// What the demo's administrator opens the vault with; made up for this stage.
    pub passphrase: String,
}

impl Facts {
    /// As one line of JSON, for another process of the demo.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::json!({
            "account": self.account,
            "key": self.key,
            "organization": self.organization,
            "record": self.record,
            "host": self.host.to_string(),
            "passphrase": self.passphrase,
        })
        .to_string()
    }

    /// Reads what [`Facts::to_json`] wrote.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        Some(Self {
            account: text("account")?,
            key: text("key")?,
            organization: text("organization")?,
            record: text("record")?,
            host: text("host")?.parse().ok()?,
            passphrase: text("passphrase")?,
        })
    }
}

impl Stage {
    /// Sets it up; the password is made up for this stage and stands nowhere else.
    ///
    /// # Errors
    /// If a program is missing or does not become ready.
    pub fn set_up() -> Result<Self, SandboxError> {
        let account = Account::start(Account::seeded(1))?;
        let password = made_up();
        let (organization, record) =
            account.edit(|data| client(data, &password)).map_err(|_| SandboxError::Account)?;
        let host = RdpHost::start_as("NW-DC01", &[(USER, &password)])?;
        let facts = Facts {
            account: account.base_url(),
            key: account.api_key(),
            organization: organization.to_string(),
            record: record.to_string(),
            host: host.address(),
            passphrase: made_up(),
        };
        Ok(Self { account, host, facts })
    }
}

impl Stage {
    /// The value of the record that the host takes, as the account has it now: for tests that look
    /// for it where it must not be.
    ///
    /// # Errors
    /// [`SandboxError::Account`] where the record was deleted.
    pub fn password(&self) -> Result<String, SandboxError> {
        let id: u64 = self.facts.record.parse().map_err(|_| SandboxError::Account)?;
        let value = self.account.edit(|data| data.password(id).map(|row| row.value.clone()));
        value.ok_or(SandboxError::Account)
    }
}

impl Stage {
    /// Gives the record another value, as somebody at IT Glue would, and answers with it. The host goes
    /// on taking the old one.
    ///
    /// # Errors
    /// [`SandboxError::Account`] where the record was deleted.
    pub fn change_password(&self) -> Result<String, SandboxError> {
        let id: u64 = self.facts.record.parse().map_err(|_| SandboxError::Account)?;
        let value = made_up();
        let changed = self.account.edit(|data| data.rotate(id, &value));
        changed.map_err(|_| SandboxError::Account)?;
        Ok(value)
    }
}

/// The client with its records: the organization's id, and the id of the one that the host takes.
fn client(data: &mut AccountData, password: &str) -> Result<(u64, u64), NoSuchRecord> {
    let organization_id = data.add_organization(CLIENT);
    let (name, username) = (RECORD, USER);
    let record =
        data.add_password(NewPassword { organization_id, name, username, value: password })?;
    for (name, username) in OTHERS {
        let value = made_up();
        data.add_password(NewPassword { organization_id, name, username, value: &value })?;
    }
    Ok((organization_id, record))
}

/// What else the client has, so that there is something to choose from.
const OTHERS: [(&str, &str); 7] = [
    ("Backup service", "svc-backup"),
    ("DSRM", "Administrator"),
    ("Firewall", "admin"),
    ("Local administrator (workstations)", ".\\itadmin"),
    ("Microsoft 365 break glass", "breakglass@northwind.example"),
    ("Practice software", "sa"),
    ("Wi-Fi controller", "root"),
];

/// A password that stands in no source.
#[must_use]
pub fn made_up() -> String {
    rand::rng().sample_iter(Alphanumeric).take(24).map(char::from).collect()
}
