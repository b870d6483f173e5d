//! Faults: the closed list behind the codes.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Faults that need a sentence of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The vault file is missing.
    VaultMissing,
    /// The vault file is read-only.
    VaultReadOnly,
    /// The vault was written by a newer version.
    VaultNewer,
    /// The vault file is damaged.
    VaultCorrupt,
    /// The vault lies on a network path.
    VaultOnNetwork,
    /// Another program holds the vault.
    VaultBusy,
    /// The disk is full or failed.
    DiskFailed,
    /// No keyring service runs.
    KeyringMissing,
    /// The keyring is locked.
    KeyringLocked,
    /// The keyring did not answer in time.
    KeyringSlow,
    /// The keyring holds no key for this account.
    KeyringEmpty,
    /// The keyring refused.
    KeyringFailed,
    /// IT Glue: this key may not do this.
    NotAllowedWithKey,
    /// The record is gone.
    RecordGone,
    /// The record is archived.
    RecordArchived,
    /// The record is in a personal vault.
    RecordVaulted,
    /// The record has no password.
    RecordEmpty,
    /// The record's user name cannot be signed in with.
    RecordUserName,
    /// The record's password cannot be signed in with: a host could read another one in its place.
    RecordPassword,
    /// The answer was cut short.
    AnswerCutShort,
    /// The answer is not what the API documents.
    AnswerMalformed,
    /// The answer belongs to another organization or record.
    AnswerForeign,
    /// IT Glue reports a fault of its own.
    ServerFault,
    /// IT Glue's certificate is not trusted here: something in between answers in its place.
    /// Nothing was sent.
    ItGlueCertificate,
    /// The new key does not see organizations that entries and folders use. The old one stays.
    KeyMissesOrganizations,
    /// The new key is in place of the old one, but the vault did not take what is known of it.
    KeyCardUnwritten,
    /// The host's name has no address.
    HostNameNotFound,
    /// Nothing listens at the host.
    HostRefusedConnection,
    /// The host did not answer in time.
    HostTimedOut,
    /// The host broke off.
    HostBrokeOff,
    /// TLS with the host did not come up.
    HostTls,
    /// It is not an RDP host.
    HostNotRdp,
    /// The host offers nothing but standard RDP security.
    HostStandardSecurity,
    /// The host takes Microsoft Entra sign-in only.
    HostEntraOnly,
    /// The client asked for restricted admin.
    RestrictedAdmin,
    /// The host redirects to another host.
    HostRedirects,
    /// The host or the account takes Kerberos alone.
    NeedsKerberos,
    /// The way leads through an RD Gateway.
    NeedsGateway,
    /// The host no longer offers the network level authentication that it offered a moment ago.
    HostWeaker,
    /// No loopback listener could be opened.
    InjectorFailed,
    /// The entry was edited meanwhile.
    EntryChanged,
    /// The time to sign in has passed.
    LeaseExpired,
    /// It was signed in to again too often, by itself or with a click: that might lock the account out.
    SignedInTooOften,
    /// Nobody hears that the person wants to sign in again: the session has ended, or is being signed in.
    SessionNotUp,
    /// The host refused the same record, and nobody has asked for another try with it.
    RefusedBefore,
    /// What the person typed was used and forgotten: it cannot sign in a second time.
    TypedOnce,
    /// An RDP client is installed but did not start.
    ClientDidNotStart,
    /// Windows denies outgoing NTLM, without the exception that its client needs to reach Usher.
    OutgoingNtlmDenied,
    /// The client has no window, or has ended.
    ClientHasNoWindow,
    /// The desktop did not let the client's window come to the front.
    WindowStaysBehind,
    /// The clipboard cannot be written.
    ClipboardUnavailable,
    /// No browser opened.
    BrowserUnavailable,
    /// The passphrase, PIN, kit or code is not accepted; which of them is not said.
    WrongPassphrase,
    /// The PIN's tries are used up, or the passphrase was not given to this process today.
    PinNeedsPassphrase,
    /// The enrolment code has expired.
    CodeExpired,
    /// The vault does not know this device (any more).
    UnknownDevice,
    /// Only administrators open a vault that is not as it was left.
    AdministratorsOnly,
    /// The vault is an older copy than this device has seen.
    VaultRolledBack,
    /// A row of the vault does not hold.
    VaultDamaged,
    /// The vault was opened as it was found: nothing can be changed.
    ReadOnlyAsFound,
    /// There is a vault already.
    VaultExists,
    /// A fault of Usher's own.
    Internal,
}
