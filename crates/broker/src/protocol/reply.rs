//! What the broker answers.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    AccountRow, At, AuditRow, AuditVerdict, CertificateRow, ChoiceRow, ClientReport, Clipboard,
    CredentialRow, Device, DeviceCard, Door, DriftRow, Failure, FolderRow, GroupCard, HostLook,
    LockPreview, May, OrganizationRow, PersonCard, PersonRow, Proved, ReachRow, Region,
    RightsSheet, RotationRow, RunRow, SecretText, SessionRow, SettingsRow, SourceRow, Strength,
    TicketAsk, TrafficRow, Unlocked, UserNameFault, VaultVerdict, Whom, WindowSize,
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

/// What comes after the first half of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "next", rename_all = "snake_case")]
pub enum Prepared {
    /// Launch right away.
    Ready {
        /// The ticket that is asked for.
        ticket: TicketAsk,
        /// The launch asks the person to prove who they are.
        proof: bool,
        /// "CORP\adm": whom the host will see, by the record's user name as last seen.
        signs_in_as: Option<String>,
        /// Why that user name cannot be signed in with, if it cannot.
        user_name: Option<UserNameFault>,
    },
    /// *Ask me*: the person types user and password first.
    AskMe {
        /// The host it will be sent to.
        host: String,
        /// The ticket that is asked for.
        ticket: TicketAsk,
        /// The launch asks the person to prove who they are.
        proof: bool,
    },
    /// Choose from this list first.
    Pick {
        /// The list.
        picker: String,
        /// The organization, always in sight.
        organization: String,
        /// The host it will be sent to.
        host: String,
        /// The ticket that is asked for.
        ticket: TicketAsk,
        /// The launch asks the person to prove who they are.
        proof: bool,
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
        /// For how many seconds the client is waited for.
        seconds: u32,
    },
    /// The client was started. What the window gets from the shell.
    Started {
        /// The launch.
        run: String,
    },
    /// The person starts a client by hand, with this one-time credential: worthless outside the
    /// session, and safe to show. What the window gets from the shell.
    ByHand {
        /// The launch.
        run: String,
        /// `127.x.y.z:port`.
        address: String,
        /// The one-time user name.
        user: String,
        /// The one-time password.
        password: SecretText,
        /// For how many seconds the client is waited for.
        seconds: u32,
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
    /// What of this computer the client may ask for; enforced by the injector all the same.
    pub devices: Vec<Device>,
    /// What passes through the clipboard.
    pub clipboard: Clipboard,
    /// How large its window opens.
    pub size: WindowSize,
    /// Whether full screen spans all monitors.
    pub all_monitors: bool,
    /// Whether the desktop follows when the window is resized.
    pub dynamic_resolution: bool,
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
