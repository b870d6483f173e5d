//! What may be asked of the broker.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Region, SecretText};

/// One question or order. Who asks is known from the unlock handle.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Opens the vault (makes it on the very first start); the only one that needs no handle.
    Unlock,
    /// Everything the main window shows, with the number of the newest event it includes.
    Snapshot,
    /// Checks a key and adds the account. The key goes to the OS keyring.
    AddAccount {
        /// What people call it.
        name: String,
        /// Its region.
        region: Region,
        /// The key; it can be set and tested, never read back.
        api_key: SecretText,
    },
    /// Checks a new key and puts it in the place of the old one.
    ReplaceKey {
        /// The account.
        connection: String,
        /// The new key.
        api_key: SecretText,
    },
    /// Asks IT Glue whether the account's key is still accepted.
    CheckAccount {
        /// The account.
        connection: String,
    },
    /// The region behind the address of IT Glue's app, as a person copies it from their browser.
    ReadAccountAddress {
        /// What was pasted: `https://contoso.eu.itglue.com/...`, `app.itglue.com` ...
        text: String,
    },
    /// Fetches one record's password to learn whether the account's key has *Password Access*. The
    /// value is dropped unread.
    TestPasswordAccess {
        /// The account.
        connection: String,
        /// The organization of the record.
        organization: String,
        /// The record that the administrator chose.
        password: String,
    },
    /// Checks a key of one person's own and uses it instead of the account's when they work.
    SetPersonKey {
        /// The account.
        connection: String,
        /// The person.
        person: String,
        /// The key.
        api_key: SecretText,
    },
    /// Takes a person's own key away; from then on they work with the account's.
    RemovePersonKey {
        /// The account.
        connection: String,
        /// The person.
        person: String,
    },
    /// Whether Usher may make a cheap call now and then, so that IT Glue does not revoke the
    /// account's keys for not being used.
    SetKeepAlive {
        /// The account.
        connection: String,
        /// Whether it may.
        on: bool,
    },
    /// Where a browser shows a thing of IT Glue. For the shell, which opens the browser.
    PageInItGlue {
        /// Of what.
        of: PageOf,
    },
    /// Removes an account and its keys; refused while an entry or folder names it.
    RemoveAccount {
        /// The account.
        connection: String,
    },
    /// The account's organizations.
    Organizations {
        /// The account.
        connection: String,
    },
    /// Opens a list of an organization's password records while creating an entry.
    BrowsePasswords {
        /// The account.
        connection: String,
        /// The organization.
        organization: String,
    },
    /// A page of an open list, filtered and ranked.
    PickerPage {
        /// The list.
        picker: String,
        /// What was typed.
        query: String,
        /// First row wanted.
        offset: u32,
        /// How many rows at most (500 at most).
        limit: u32,
    },
    /// Closes a list.
    ClosePicker {
        /// The list.
        picker: String,
    },
    /// Makes a folder.
    CreateFolder {
        /// The folder it lies in.
        parent: String,
        /// What it is.
        form: FolderForm,
    },
    /// Changes a folder.
    ChangeFolder {
        /// The folder.
        folder: String,
        /// The version that was edited.
        version: u32,
        /// What it is to be.
        form: FolderForm,
    },
    /// Deletes an empty folder.
    DeleteFolder {
        /// The folder.
        folder: String,
    },
    /// Makes a credential entry.
    CreateCredential {
        /// Where it lies.
        folder: String,
        /// What it is.
        form: CredentialForm,
    },
    /// Changes a credential entry; repointing needs Source.
    ChangeCredential {
        /// The entry.
        credential: String,
        /// The version that was edited.
        version: u32,
        /// What it is to be.
        form: CredentialForm,
    },
    /// Deletes a credential entry that nothing uses.
    DeleteCredential {
        /// The entry.
        credential: String,
    },
    /// Makes a session entry.
    CreateSession {
        /// Where it lies.
        folder: String,
        /// What it is.
        form: SessionForm,
    },
    /// Changes a session entry.
    ChangeSession {
        /// The entry.
        session: String,
        /// The version that was edited.
        version: u32,
        /// What it is to be.
        form: SessionForm,
    },
    /// Deletes a session entry.
    DeleteSession {
        /// The entry.
        session: String,
    },
    /// First half of a launch: is a choice needed, and from which list?
    PrepareLaunch {
        /// The session entry.
        session: String,
        /// Another credential entry than the session's own.
        credential: Option<String>,
    },
    /// Second half: opens the injector. For the shell, which starts the client.
    Launch {
        /// The session entry.
        session: String,
        /// Another credential entry than the session's own.
        credential: Option<String>,
        /// The record chosen from the list.
        choice: Option<String>,
    },
    /// Trusts the certificate that a launch stopped at.
    TrustCertificate {
        /// The session entry.
        session: String,
        /// The fingerprint (SHA-256, hex) that the person saw; another one is refused.
        sha256: String,
    },
    /// The shell could not start the client.
    ClientMissing {
        /// The launch.
        run: String,
    },
    /// The client that the shell started has ended.
    ClientExited {
        /// The launch.
        run: String,
    },
    /// Ends a running session.
    EndSession {
        /// The launch.
        run: String,
    },
    /// Takes an ended launch off the Running list.
    DismissRun {
        /// The launch.
        run: String,
    },
    /// The password of an entry, to be shown. `confirmed`: the person has just agreed.
    ShowPassword {
        /// The credential entry.
        credential: String,
        /// The person has just confirmed it.
        confirmed: bool,
    },
    /// The password of an entry, for the clipboard. For the shell, never for a page.
    CopyPassword {
        /// The credential entry.
        credential: String,
        /// The person has just confirmed it.
        confirmed: bool,
    },
    /// The audit log, newest first.
    Audit {
        /// Only rows before this one.
        before: Option<u32>,
        /// How many rows at most (500 at most).
        limit: u32,
    },
}

impl Request {
    /// Whether a page may make this request itself. The others are the shell's: it starts clients,
    /// owns clipboard and browser, and has a command of its own for the answer that carries a
    /// password.
    #[must_use]
    pub fn is_for_pages(&self) -> bool {
        match self {
            Self::Launch { .. }
            | Self::ClientMissing { .. }
            | Self::ClientExited { .. }
            | Self::PageInItGlue { .. }
            | Self::ShowPassword { .. }
            | Self::CopyPassword { .. } => false,
            Self::Unlock
            | Self::Snapshot
            | Self::AddAccount { .. }
            | Self::ReplaceKey { .. }
            | Self::CheckAccount { .. }
            | Self::RemoveAccount { .. }
            | Self::ReadAccountAddress { .. }
            | Self::TestPasswordAccess { .. }
            | Self::SetPersonKey { .. }
            | Self::RemovePersonKey { .. }
            | Self::SetKeepAlive { .. }
            | Self::Organizations { .. }
            | Self::BrowsePasswords { .. }
            | Self::PickerPage { .. }
            | Self::ClosePicker { .. }
            | Self::CreateFolder { .. }
            | Self::ChangeFolder { .. }
            | Self::DeleteFolder { .. }
            | Self::CreateCredential { .. }
            | Self::ChangeCredential { .. }
            | Self::DeleteCredential { .. }
            | Self::CreateSession { .. }
            | Self::ChangeSession { .. }
            | Self::DeleteSession { .. }
            | Self::PrepareLaunch { .. }
            | Self::TrustCertificate { .. }
            | Self::EndSession { .. }
            | Self::DismissRun { .. }
            | Self::Audit { .. } => true,
        }
    }
}

/// What is to be shown in IT Glue itself.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PageOf {
    /// The account.
    Account {
        /// The account.
        connection: String,
    },
    /// One of its organizations.
    Organization {
        /// The account.
        connection: String,
        /// The organization.
        organization: String,
    },
    /// A password record.
    Record {
        /// The account.
        connection: String,
        /// The organization.
        organization: String,
        /// The record.
        password: String,
    },
}

/// What a folder is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct FolderForm {
    /// Its name.
    pub name: String,
    /// The account and organization it is mapped to.
    pub client: Option<ClientForm>,
    /// The credential that sessions below may inherit.
    pub credential: Option<String>,
}

/// Which organization a folder is mapped to.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ClientForm {
    /// The account.
    pub connection: String,
    /// The organization.
    pub organization: String,
}

/// What a credential entry is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CredentialForm {
    /// Its name.
    pub name: String,
    /// The account.
    pub connection: String,
    /// The organization.
    pub organization: String,
    /// Which password.
    pub target: Target,
    /// Hosts, `*.domain` or networks it may be sent to, one each.
    pub allowed_hosts: Vec<String>,
}

/// Which password a credential entry means.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Target {
    /// This record.
    Specific {
        /// The record.
        password: String,
    },
    /// Chosen at launch.
    AlwaysPromptWithList {
        /// Only records of this category.
        category: Option<String>,
    },
}

/// What a session entry is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SessionForm {
    /// Its name.
    pub name: String,
    /// The host.
    pub host: String,
    /// Its port.
    pub port: u32,
    /// Where its credential comes from.
    pub credentials: super::CredentialsRow,
}
