//! Makes the account's records from a seed: the same every time, and values nowhere in a source.

mod assets;
mod devices;
mod documents;
mod embedding;
mod folders;
mod names;
mod password;
mod people;
mod shares;
mod sites;
mod subject;

use jiff::{SignedDuration, Timestamp};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use self::{password::Maker, shares::Shares};
use super::{
    data::{AccountData, EPOCH, OrganizationRow},
    kind::Kind,
};

/// Above 2^53, as in Europe: a client that reads ids as floats damages it.
const FIRST_LONG_ORGANIZATION: u64 = 9_954_700_004_404_663;
const LONG_ORGANIZATIONS: usize = 2;
const DAY: i64 = 86_400;

/// The account that most tests use.
pub(crate) fn usual(seed: u64) -> AccountData {
    generate(seed, Shares::USUAL)
}

/// An account of a given size.
pub(crate) fn of_size(seed: u64, organizations: usize, passwords: usize) -> AccountData {
    generate(seed, Shares::even(organizations, passwords))
}

fn generate(seed: u64, shares: Shares) -> AccountData {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut data = AccountData::empty();
    let mut id = Kind::Passwords.place().first_id;
    let mut domains = Vec::new();
    for (index, share) in shares.draw(&mut rng).into_iter().enumerate() {
        let (row, domain) = organization(index, shares.organizations);
        let maker = Maker { organization: row.id, domain: &domain };
        for _ in 0..share {
            data.passwords.insert(id, maker.password(id, &mut rng));
            id = id.saturating_add(1);
        }
        domains.push((row.id, domain));
        data.organizations.insert(row.id, row);
    }
    furnish(&mut data, &domains, seed);
    data
}

/// What is around the passwords. A stream of its own, so that it never changes the passwords.
fn furnish(data: &mut AccountData, domains: &[(u64, String)], seed: u64) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(1);
    let mut seeding = Seeding { data, rng };
    folders::categories(&mut seeding);
    people::colleagues(&mut seeding);
    let types = assets::types(&mut seeding);
    for (organization, domain) in domains {
        let client = Client { id: *organization, domain };
        folders::furnish(&mut seeding, client);
        sites::furnish(&mut seeding, client);
        people::contacts(&mut seeding, client);
        assets::furnish(&mut seeding, client, &types);
        devices::workstations(&mut seeding, client);
        documents::furnish(&mut seeding, client);
    }
    embedding::furnish(&mut seeding, domains, &types);
}

/// The organization that is being furnished.
#[derive(Clone, Copy)]
struct Client<'a> {
    id: u64,
    domain: &'a str,
}

/// Records being added, with what draws their facts.
struct Seeding<'a> {
    data: &'a mut AccountData,
    rng: ChaCha8Rng,
}

impl Seeding<'_> {
    /// Adds a record that was last changed at some time in the past.
    fn add(&mut self, kind: Kind, organization: Option<u64>, facts: Value) -> u64 {
        let updated = self.past(900);
        let created = updated.checked_sub(days(self.rng.random_range(1..900))).unwrap_or(updated);
        let id = self.data.place(kind, organization, facts);
        self.data.set_times(kind, id, (created, updated));
        id
    }

    fn past(&mut self, within_days: i64) -> Timestamp {
        let age = SignedDuration::from_secs(self.rng.random_range(0..within_days * DAY));
        EPOCH.checked_sub(age).unwrap_or(EPOCH)
    }
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count.saturating_mul(DAY))
}

fn organization(index: usize, count: usize) -> (OrganizationRow, String) {
    let known = names::ORGANIZATIONS.len();
    let round = index.checked_div(known).unwrap_or_default();
    let (name, domain) = names::ORGANIZATIONS.get(index % known).copied().unwrap_or_default();
    let (name, domain) = match round {
        0 => (name.to_owned(), domain.to_owned()),
        again => (format!("{name} {again}"), format!("{domain}{again}")),
    };
    let long_from = count.max(known).saturating_sub(LONG_ORGANIZATIONS);
    let id = match index.checked_sub(long_from) {
        Some(past) => offset(FIRST_LONG_ORGANIZATION, past),
        None => offset(Kind::Organizations.place().first_id, index),
    };
    let short_name = Some(domain.to_uppercase().chars().take(8).collect());
    // Every thirteenth has left, so that lists show what inactive looks like.
    (OrganizationRow { id, name, short_name, active: index % 13 != 12 }, domain)
}

fn offset(first: u64, index: usize) -> u64 {
    u64::try_from(index).map_or(first, |index| first.saturating_add(index))
}
