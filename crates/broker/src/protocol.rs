//! The broker's whole surface: [`Request`], [`Reply`], [`Event`], and the closed [`Code`].
//!
//! Everything here can be encoded and decoded, so the broker can run in another process. Ids are
//! opaque text, times are milliseconds since 1970, and who asks comes from the unlock handle,
//! never from a message. [`SecretText`] is the one type that carries characters of a secret; it
//! cannot be printed or cloned.

mod accounts;
mod audit;
mod code;
mod door;
mod event;
mod fault;
mod forms;
mod hosts;
mod launch;
mod lockdown;
mod people;
mod rdp;
mod reply;
mod request;
mod rights;
mod rows;
mod secret_text;
mod settings;

pub use accounts::{SetPersonKey, TestPasswordAccess};
pub use audit::{
    AuditDetail, AuditFilter, AuditRow, AuditVerdict, ClientReport, ClientReportForm, ExportFormat,
    OrganizationRef, ReportRow,
};
pub use code::{Code, DeniedWhy, Detail, Failure, FieldRule, NotFoundWhat};
pub use door::{
    ChangePassphrase, CreateVault, Damage, Door, DoorPerson, DoorState, KeyringState, LockWhy,
    PassphraseStrength, PinAtDoor, Proved, Strength, UnlockNote, UnlockWith, Unlocked, VaultState,
    VaultVerdict,
};
pub use event::{Event, Numbered, RunEnd, RunRow, RunState};
pub use fault::Fault;
pub use forms::{
    ClientForm, CredentialForm, Duplicate, FolderForm, MoveEntry, PageOf, RevealForm, SessionForm,
    SignInAgain, Target, TypedForm,
};
pub use hosts::{Bytes, HostLook, HostTakes, TrafficRow};
pub use launch::{Handoff, HeldBack, Launch, Prepared, StaleCredential};
pub use lockdown::{DriftRow, KeepsRow, LockPersonRow, LockPreview, LockScope};
pub use people::{
    AddPerson, ChangePerson, DeviceCard, GroupCard, PersonCard, RotationRow, RotationWhy,
    SaveGroup, Standing,
};
pub use rdp::{Clipboard, Device, RdpForm, WindowSize};
pub use reply::{PickerPage, PickerProgress, Reply, Revealed, Snapshot};
pub use request::Request;
pub use rights::{
    Approval, ApprovalForm, BelowRow, EffectiveRow, GrantForm, GrantRow, Inheritance, ObjectRef,
    ReachOf, ReachRow, Right, RightsForm, RightsSheet, SetSource, SourceRow, SubjectRef, TicketAsk,
    TicketForm, TicketPolicy, TicketRule,
};
pub use rows::{
    AccountRow, CertificateRow, ChoiceRow, ClientRow, CredentialRow, CredentialTargetRow,
    CredentialsRow, FolderRow, KeyWatch, May, OrganizationRow, PasswordAccess, PersonKeyRow,
    PersonRow, Region, RequestsLeft, SessionRow, UserNameFault, Whom,
};
pub use secret_text::SecretText;
pub use settings::{SettingsForm, SettingsRow};

/// A moment: milliseconds since 1970-01-01T00:00:00Z, exact in a JavaScript number.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    specta::Type,
)]
#[serde(transparent)]
pub struct At(#[specta(type = f64)] pub u64);
