//! What the broker answers.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    AccountRow, At, AuditRow, CertificateRow, ChoiceRow, CredentialRow, Failure, FolderRow, May,
    OrganizationRow, PersonRow, Region, RunRow, SecretText, SessionRow, Whom,
};

/// The answer to one request.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// It was done.
    Done,
    /// It was not done.
    Failed {
        /// Why.
        failure: Failure,
    },
    /// The vault is open.
    Unlocked {
        /// Names this person's open vault from now on; the shell keeps it.
        handle: String,
        /// Who they are.
        person: Whom,
    },
    /// Everything the main window shows.
    Snapshot {
        /// All of it.
        snapshot: Snapshot,
    },
    /// The account, as it is after what was done with it.
    Account {
        /// The account.
        account: AccountRow,
        /// How many organizations the key can see, where a key was checked.
        organizations: Option<u32>,
    },
    /// The region behind a pasted address.
    AccountAddress {
        /// The region.
        region: Region,
    },
    /// Where a browser shows what was asked for. For the shell only.
    WebPage {
        /// An https address on one of the region's own hosts.
        url: String,
    },
    /// Organizations, by name.
    Organizations {
        /// The rows.
        organizations: Vec<OrganizationRow>,
    },
    /// A list is open and filling; `PickerPage` reads it.
    PickerOpened {
        /// The list.
        picker: String,
    },
    /// A page of a list.
    PickerPage {
        /// The page.
        page: PickerPage,
    },
    /// An entry or folder was made.
    Created {
        /// Its id.
        id: String,
    },
    /// A launch was prepared.
    Prepared {
        /// What comes next.
        prepared: Prepared,
    },
    /// A launch stands or waits for trust.
    Launch {
        /// Which.
        launch: Launch,
    },
    /// A password, to be shown or copied.
    Revealed {
        /// It.
        revealed: Revealed,
    },
    /// Rows of the audit log, newest first.
    Audit {
        /// The rows.
        rows: Vec<AuditRow>,
    },
}

/// Everything the main window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Snapshot {
    /// The number of the newest event that is already in here.
    pub event: u32,
    /// Who looks.
    pub person: Whom,
    /// The people of the vault, for administrators; anybody else reads themselves alone.
    pub people: Vec<PersonRow>,
    /// The accounts.
    pub accounts: Vec<AccountRow>,
    /// The folders that this person may see, the root first.
    pub folders: Vec<FolderRow>,
    /// The credential entries that this person may see.
    pub credentials: Vec<CredentialRow>,
    /// The session entries that this person may see.
    pub sessions: Vec<SessionRow>,
    /// Launches that run, and those that ended and were not dismissed.
    pub runs: Vec<RunRow>,
    /// Whether this person may read the audit log.
    pub audit: May,
    /// Whether this person may add accounts.
    pub administer: May,
    /// A door for tests is open in this build.
    pub test_build: bool,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PickerPage {
    /// Rows from the offset asked for.
    pub rows: Vec<ChoiceRow>,
    /// How many rows match what was typed.
    pub matching: u32,
    /// How the list fills.
    pub progress: PickerProgress,
}

/// How a list fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PickerProgress {
    /// Rows so far.
    pub loaded: u32,
    /// Rows that IT Glue announced.
    pub total: Option<u32>,
    /// No more will come.
    pub done: bool,
    /// Why no more will come, if that was not the end.
    pub failure: Option<Failure>,
    /// The organization listed.
    pub organization: String,
    /// IT Glue's limit, or our share of it, is used up: the list goes on by itself after about so
    /// many seconds. `None` while it does not wait.
    pub waiting_seconds: Option<u32>,
}

/// What comes after the first half of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "next", rename_all = "snake_case")]
pub enum Prepared {
    /// Launch right away.
    Ready,
    /// Choose from this list first.
    Pick {
        /// The list.
        picker: String,
        /// The organization, always in sight.
        organization: String,
        /// The host it will be sent to.
        host: String,
    },
    /// The session has no credential: there is nothing to sign in with.
    NoCredential,
}

/// How far a launch came.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Launch {
    /// The injector listens; start the client with this. For the shell only.
    Opened {
        /// The launch.
        run: String,
        /// What the client is started with.
        handoff: Handoff,
    },
    /// The client was started. What the window gets from the shell.
    Started {
        /// The launch.
        run: String,
    },
    /// The host's certificate is not trusted yet, or has changed. No credential was sent.
    NeedsTrust {
        /// The certificate that the host showed.
        shown: CertificateRow,
        /// The one that was trusted before, if it has changed.
        before: Option<CertificateRow>,
        /// The host.
        host: String,
        /// Whether this person may trust it.
        trust: May,
        /// Who else may.
        ask: Vec<String>,
    },
}

/// What a client is started with. Worthless outside its session; never for a page.
#[derive(Serialize, Deserialize, Type)]
pub struct Handoff {
    /// `127.x.y.z:port`.
    pub address: String,
    /// The one-time user name.
    pub user: String,
    /// The one-time password.
    pub password: SecretText,
    /// SHA-256 of the injector's certificate, lower-case hex.
    pub certificate_sha256: String,
    /// The client's window title.
    pub title: String,
}

/// A password, to be shown or copied.
#[derive(Serialize, Deserialize, Type)]
pub struct Revealed {
    /// The record's name.
    pub record: String,
    /// Its user name.
    pub username: Option<String>,
    /// The characters.
    pub password: SecretText,
    /// When it was last changed.
    pub changed: Option<At>,
    /// For how many seconds it may stand on screen, or in the clipboard.
    pub seconds: u32,
}
