//! What the broker answers.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    AccountRow, At, AuditRow, AuditVerdict, ChoiceRow, ClientReport, CredentialRow, DeviceCard,
    Door, DriftRow, Failure, FolderRow, GroupCard, HostLook, Launch, LockPreview, May,
    OrganizationRow, PersonCard, PersonRow, Prepared, Proved, ReachRow, Region, RightsSheet,
    RotationRow, RunRow, SecretText, SessionRow, SettingsRow, SourceRow, Strength, TrafficRow,
    Unlocked, VaultVerdict, Whom,
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
    /// How the door stands.
    Door {
        /// It.
        door: Door,
    },
    /// The vault is open.
    Unlocked(Unlocked),
    /// How strong a passphrase is.
    Strength {
        /// It.
        strength: Strength,
    },
    /// How the vault's file is.
    VaultVerdict {
        /// It.
        verdict: VaultVerdict,
    },
    /// Whether IT Glue answers.
    ItGlueReached {
        /// Which of its hosts.
        region: Region,
        /// How long its answer took, if one came.
        millis: Option<u32>,
        /// Why none came.
        failure: Option<Failure>,
    },
    /// For how long the shell need not tell again that nobody touches the computer.
    Idle {
        /// In so many seconds the vault could lock at the earliest, if nobody does; `None`: not at
        /// all.
        again_in: Option<u32>,
    },
    /// A new recovery kit: shown once, never again.
    RecoveryKit {
        /// The code, to be printed.
        kit: SecretText,
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
    /// What a session's host shows.
    HostLook {
        /// It.
        look: HostLook,
    },
    /// What has passed through running sessions.
    Traffic {
        /// Each of them.
        runs: Vec<TrafficRow>,
    },
    /// A password, to be shown or copied.
    Revealed {
        /// It.
        revealed: Revealed,
    },
    /// People, groups and devices.
    People {
        /// The people.
        people: Vec<PersonCard>,
        /// The groups.
        groups: Vec<GroupCard>,
        /// The devices.
        devices: Vec<DeviceCard>,
    },
    /// A code to enrol with: shown once, never again.
    Invited {
        /// For whom.
        person: String,
        /// The code, to be handed over.
        code: SecretText,
        /// It works until then.
        until: At,
    },
    /// Somebody has left; these passwords are to be changed in IT Glue.
    Rotation {
        /// Who has left, by name.
        person: String,
        /// The passwords.
        rows: Vec<RotationRow>,
        /// The same as comma-separated values.
        csv: String,
    },
    /// The rights of an entry or folder.
    Rights {
        /// All about them.
        sheet: RightsSheet,
    },
    /// Who has Source.
    Sources {
        /// Each row.
        rows: Vec<SourceRow>,
    },
    /// What *Lock for technicians* would do.
    LockPreview {
        /// All of it.
        preview: LockPreview,
    },
    /// Entries that technicians can do more with than launch.
    Drift {
        /// Each entry.
        rows: Vec<DriftRow>,
    },
    /// Who can sign in with how many passwords.
    Reach {
        /// It.
        reach: ReachRow,
    },
    /// An edit was taken back.
    Undone {
        /// Which: the audit word of what was taken back, and the entry's name.
        what: String,
    },
    /// Rows of the audit log, newest first.
    Audit {
        /// The rows.
        rows: Vec<AuditRow>,
        /// The first row that no signature covers yet.
        unsigned_from: Option<u32>,
    },
    /// Whether the audit log is whole.
    AuditVerdict {
        /// It.
        verdict: AuditVerdict,
    },
    /// A file's content, to be saved by the shell.
    Exported {
        /// The content.
        text: String,
    },
    /// Who worked for a client.
    Report {
        /// All of it.
        report: ClientReport,
    },
}

/// Everything the main window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Snapshot {
    /// The number of the newest event that is already in here.
    pub event: u32,
    /// Who looks.
    pub person: Whom,
    /// The people of the vault, for administrators, those who left as well; anybody else reads
    /// themselves alone.
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
    /// Whether this person may administer people, accounts, rights and settings.
    pub administer: May,
    /// The vault's settings, and this person's own.
    pub settings: SettingsRow,
    /// How many IT Glue entries technicians can do more with than launch; told to administrators.
    pub drift: u32,
    /// What `Undo` would take back, by name.
    pub undo: Option<String>,
    /// Opened as it was found: nothing can be changed.
    pub read_only: bool,
    /// By what this person proved who they are.
    pub proved: Proved,
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
