//! IT Glue accounts: add, check, replace the key, remove; keys of people's own; what their keys
//! turn out to be, and how they stay alive.

mod add;
mod administered;
mod check;
mod keep_alive;
mod learn;
mod new_key;
mod open_page;
mod organizations;
mod read_address;
mod remove;
mod remove_person_key;
mod replace_key;
mod sees;
mod set_keep_alive;
mod set_person_key;
mod test_password_access;
#[cfg(test)]
mod tests;

pub use add::{NewAccount, add};
pub use check::check;
pub use keep_alive::{keep_alive, keep_alive_for_ever};
pub(crate) use learn::{learn_from, learn_from_password};
pub use open_page::{PageOf, open_page};
pub use organizations::{browse, organizations};
pub use read_address::read_address;
pub use remove::remove;
pub use remove_person_key::remove_person_key;
pub use replace_key::replace_key;
pub use set_keep_alive::set_keep_alive;
pub use set_person_key::set_person_key;
pub use test_password_access::test_password_access;
