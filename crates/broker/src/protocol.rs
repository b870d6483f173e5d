//! The broker's whole surface: [`Request`], [`Reply`], [`Event`], and the closed [`Code`].
//!
//! Everything here can be encoded and decoded, so the broker can run in another process. Ids are
//! opaque text, times are milliseconds since 1970, and who asks comes from the unlock handle,
//! never from a message. [`SecretText`] is the one type that carries characters of a secret; it
//! cannot be printed or cloned.

mod code;
mod event;
mod reply;
mod request;
mod rows;
mod secret_text;

pub use code::{Code, DeniedWhy, Detail, Failure, Fault, FieldRule, NotFoundWhat, Right};
pub use event::{Event, Numbered, RunEnd, RunRow, RunState};
pub use reply::{Handoff, Launch, PickerPage, PickerProgress, Prepared, Reply, Revealed, Snapshot};
pub use request::{ClientForm, CredentialForm, FolderForm, PageOf, Request, SessionForm, Target};
pub use rows::{
    AccountRow, AuditDetail, AuditRow, CertificateRow, ChoiceRow, ClientRow, CredentialRow,
    CredentialTargetRow, CredentialsRow, FolderRow, KeyWatch, May, OrganizationRow, PasswordAccess,
    PersonKeyRow, PersonRow, Region, RequestsLeft, SessionRow, Whom,
};
pub use secret_text::SecretText;

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
