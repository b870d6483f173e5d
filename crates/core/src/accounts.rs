//! IT Glue accounts: add, check, replace the key, remove; what their keys turn out to be.

mod add;
mod check;
mod learn;
mod organizations;
mod remove;
mod replace_key;

pub use add::{NewAccount, add};
pub use check::check;
pub(crate) use learn::{learn_from, learn_from_password};
pub use organizations::{browse, organizations};
pub use remove::remove;
pub use replace_key::replace_key;
