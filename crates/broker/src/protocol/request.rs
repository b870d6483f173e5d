//! What may be asked of the broker: one catalogue, themes in the order in which people meet them.

mod pages;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    AddPerson, AuditFilter, ChangePassphrase, ChangePerson, ClientReportForm, CreateVault,
    CredentialForm, Duplicate, ExportFormat, FolderForm, LockScope, LockWhy, MoveEntry, ObjectRef,
    PageOf, PassphraseStrength, ReachOf, Region, RevealForm, RightsForm, SaveGroup, SecretText,
    SessionForm, SetPersonKey, SetSource, SettingsForm, SignInAgain, TestPasswordAccess,
    TicketForm, TypedForm, UnlockWith,
};

/// One question or order. Who asks is known from the unlock handle.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// How the door stands. Needs no handle.
    Door,
    /// Makes the vault and opens it for its first administrator. Needs no handle.
    CreateVault(CreateVault),
    /// Opens the vault. Needs no handle.
    Unlock {
        /// Who comes in, with what.
        with: UnlockWith,
        /// Although it is not as it was left: read-only, for administrators.
        as_found: bool,
    },
    /// How strong a passphrase would be. Needs no handle; keeps nothing.
    PassphraseStrength(PassphraseStrength),
    /// Checks the vault's file as far as that can be done without opening it. Needs no handle.
    VaultVerify,
    /// Whether IT Glue answers at all; nothing of ours is sent. Needs no handle.
    ReachItGlue {
        /// Which of its hosts.
        region: Region,
    },
    /// Locks the vault for this person. Running sessions go on.
    Lock,
    /// The same for a reason that the shell sees.
    LockFor {
        /// The reason.
        why: LockWhy,
    },
    /// Nobody has touched the computer for so long; the broker locks where that is too long.
    Idle {
        /// Whole seconds without input in the whole OS session; `None` where the system does not say.
        seconds: Option<u32>,
    },
    /// Proves again who asks: lifts an unlock by PIN for administration.
    Prove {
        /// Their passphrase.
        passphrase: SecretText,
    },
    /// Another passphrase of one's own.
    ChangePassphrase(ChangePassphrase),
    /// A PIN of one's own, or none.
    SetPin {
        /// Their passphrase.
        passphrase: SecretText,
        /// The PIN, six digits or more; `None` takes it away.
        pin: Option<SecretText>,
    },
    /// Another recovery kit of one's own; the one before stops working.
    NewRecoveryKit {
        /// Their passphrase.
        passphrase: SecretText,
    },
    /// Locks sooner for this person on this machine than the vault says; `None`: as the vault says.
    SetOwnIdleLock {
        /// Minutes, from 1.
        minutes: Option<u32>,
    },
    /// Takes the vault as it was found for the true one from now on.
    AcceptAsFound,
    /// Seals everything with new keys.
    Rekey,
    /// Takes a device off: nothing made on it opens the vault any more.
    RemoveDevice {
        /// The device.
        device: String,
    },
    /// Changes the vault's settings.
    SaveSettings {
        /// What they are to be.
        form: SettingsForm,
    },
    /// People, groups and devices, for administrators.
    People,
    /// Adds a person; answers with the code that they enrol with.
    AddPerson(AddPerson),
    /// Makes another code; what the person came in with before stops working.
    InviteAgain {
        /// The person.
        person: String,
    },
    /// Renames, appoints, disables, revokes.
    ChangePerson(ChangePerson),
    /// Makes or changes a group.
    SaveGroup(SaveGroup),
    /// Takes a group away, with what was given to it.
    RemoveGroup {
        /// The group.
        group: String,
    },
    /// Revokes a person, deletes what is theirs, and lists the passwords to change.
    Offboard {
        /// The person.
        person: String,
    },
    /// The rights of an entry or folder.
    Rights {
        /// Of what.
        of: ObjectRef,
    },
    /// Changes them.
    SetRights {
        /// Of what.
        of: ObjectRef,
        /// What they are to be.
        form: RightsForm,
    },
    /// Who has Source.
    Sources,
    /// Gives Source.
    SetSource(SetSource),
    /// Takes Source away.
    RemoveSource {
        /// The row of `Sources`.
        source: String,
    },
    /// What *Lock for technicians* would do.
    LockPreview {
        /// To what.
        scope: LockScope,
    },
    /// Locks for technicians.
    LockForTechnicians {
        /// What.
        scope: LockScope,
    },
    /// IT Glue entries that technicians can do more with than launch.
    Drift,
    /// Who can sign in with how many passwords.
    Reach {
        /// Through what.
        of: ReachOf,
    },
    /// Moves an entry or folder.
    MoveEntry(MoveEntry),
    /// Makes another of the same.
    Duplicate(Duplicate),
    /// Takes back the newest of this unlock's edits that can be.
    Undo,
    /// Everything the main window shows, with the number of the newest event it includes.
    Snapshot,
    /// Checks a key and adds the account. The key lies sealed in the vault.
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
    /// Fetches one record's password to learn of the key's *Password Access*; drops it unread.
    TestPasswordAccess(TestPasswordAccess),
    /// Checks a key of one person's own and uses it instead of the account's when they work.
    SetPersonKey(SetPersonKey),
    /// Takes a person's own key away; from then on they work with the account's.
    RemovePersonKey {
        /// The account.
        connection: String,
        /// The person.
        person: String,
    },
    /// Whether Usher may make a cheap call now and then, so that IT Glue revokes no unused keys.
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
        /// The ticket that it is for.
        ticket: Option<TicketForm>,
        /// The person's passphrase or PIN, where the approval policy asks for it.
        proof: Option<SecretText>,
        /// *Ask me*: whom to sign in as and with what, typed by the person; used once and forgotten.
        typed: Option<TypedForm>,
        /// The person starts a client by hand, and has longer for it.
        by_hand: bool,
    },
    /// What certificate the session's host shows now: X.224 and TLS, without any credential.
    LookAtHost {
        /// The session entry.
        session: String,
    },
    /// Trusts the certificate that a launch stopped at.
    TrustCertificate {
        /// The session entry.
        session: String,
        /// The fingerprint (SHA-256, hex) that the person saw; another one is refused.
        sha256: String,
    },
    /// The client was started: from here on its connections are served, and nobody's before.
    ClientStarted {
        /// The launch.
        run: String,
        /// The client's process; `None` where it is started by hand: any program of the same OS user.
        process: Option<u32>,
        /// Files may pass through the clipboard where the entry allows it; not for every client.
        clipboard_files: bool,
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
    /// Has one's own client sign in anew, with a freshly fetched password, to the same desktop.
    SignInAgain(SignInAgain),
    /// What has passed through one's own running sessions; for administrators through everybody's.
    Traffic,
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
    /// The password of an entry, to be shown. For the shell, whose command answers the page.
    ShowPassword(RevealForm),
    /// The password of an entry, for the clipboard. For the shell, never for a page.
    CopyPassword(RevealForm),
    /// The audit log, newest first.
    Audit {
        /// Which rows.
        filter: AuditFilter,
        /// Only rows before this one.
        before: Option<u32>,
        /// How many rows at most (500 at most).
        limit: u32,
    },
    /// Checks the whole audit log. Needs no handle.
    AuditVerify,
    /// Writes the audit log out. For the shell, which saves it; the export is on record itself.
    AuditExport {
        /// Which rows.
        filter: AuditFilter,
        /// How.
        format: ExportFormat,
    },
    /// Who worked for a client, when and how it went.
    ClientReport(ClientReportForm),
}
