//! What is asked of Windows, one concern to a file.

pub(super) mod credentials;
mod join;
pub(super) mod policies;
pub(super) mod remembered;
pub(super) mod system;

/// The software key of Remote Desktop's client, of the person.
const CLIENT: &str = r"Software\Microsoft\Terminal Server Client";
