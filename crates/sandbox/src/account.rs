//! A stand-in IT Glue account: an HTTP server on loopback that answers as the public evidence
//! says the real one does, holds made-up records, and can be told to misbehave.

mod answer;
mod cache;
mod data;
mod faults;
mod inside;
mod kind;
mod listing;
mod problem;
mod render;
mod requests;
mod routes;
mod running;
mod seed;
mod server;
mod switches;

pub use data::{
    AccountData, Key, NewPassword, NoSuchRecord, OrganizationRow, PasswordRow, Record, Resource,
};
pub use faults::{Fault, Trouble};
pub use kind::Kind;
pub use requests::SeenRequest;
pub use running::RunningAccount;
pub use switches::{
    ErrorBodies, LargePages, NoPasswordAccess, NullFolder, Switches, UnknownSort, VaultedValue,
    Written,
};

/// The way in: [`Account::seeded`] for the records, [`Account::start`] for the server.
pub struct Account;

impl Account {
    /// 40 organizations with 3,000 passwords and what is around them. The same seed gives the same
    /// records and values; API keys are new each time.
    #[must_use]
    pub fn seeded(seed: u64) -> AccountData {
        seed::usual(seed)
    }

    /// The same with so many organizations and passwords; all in one if there is only one.
    #[must_use]
    pub fn of_size(seed: u64, organizations: usize, passwords: usize) -> AccountData {
        seed::of_size(seed, organizations, passwords)
    }

    /// Serves an account on a free loopback port, from threads of its own, until it is dropped.
    ///
    /// # Errors
    /// If no port or thread can be had.
    pub fn start(data: AccountData) -> std::io::Result<RunningAccount> {
        RunningAccount::start(data)
    }
}
