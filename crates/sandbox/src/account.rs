//! A stand-in IT Glue account: an HTTP server on loopback that answers as the public evidence
//! says the real one does, holds made-up records, and can be told to misbehave.

mod data;
mod fault;
mod key;
mod listing;
mod names;
mod render;
mod requests;
mod routes;
mod running;
mod seed;
mod subject;

pub use data::{AccountData, NewPassword, NoSuchRecord, OrganizationRow, PasswordRow, Resource};
pub use fault::Fault;
pub use key::Key;
pub use requests::SeenRequest;
pub use running::RunningAccount;

/// The way in: [`Account::seeded`] for the records, [`Account::start`] for the server.
pub struct Account;

impl Account {
    /// 40 organizations with 3,000 passwords. The same seed gives the same records and values;
    /// API keys are new each time.
    #[must_use]
    pub fn seeded(seed: u64) -> AccountData {
        seed::generate(seed)
    }

    /// Serves an account on a free loopback port, from a thread of its own, until it is dropped.
    ///
    /// # Errors
    /// If no port or thread can be had.
    pub fn start(data: AccountData) -> std::io::Result<RunningAccount> {
        RunningAccount::start(data)
    }
}
