//! *Lock for technicians*: what is in scope gets own grants of View alone for everybody but
//! administrators, who keep what they hold. And the standing check of what is not so.

mod apply;
mod drift;
mod plan;
mod preview;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use drift::{Drift, drift, drifts};
pub use preview::{Because, Keep, LockPerson, LockPreview, preview};

use crate::ids::FolderId;
use crate::rights::Object;

/// What is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// An entry; a session entry with the credential entry it uses. A folder as below.
    Entry(Object),
    /// A folder and all that lies below it.
    Folder(FolderId),
    /// Everything.
    Everything,
}
