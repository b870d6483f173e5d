//! Makes the account's records from a seed: the same every time, and values nowhere in a source.

use jiff::SignedDuration;
use rand::{RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    data::{AccountData, EPOCH, NewPassword, OrganizationRow, PasswordRow, Resource},
    names, subject,
};

const PASSWORDS: usize = 3_000;
/// The first organization's share, for a list that is worth filtering.
const FIRST_SHARE: usize = 214;
const SMALLEST_SHARE: usize = 12;
const FIRST_ORGANIZATION: u64 = 2_100_001;
/// Above 2^53, as in Europe: a client that reads ids as floats damages it.
const FIRST_LONG_ORGANIZATION: u64 = 9_954_700_004_404_663;
const LONG_ORGANIZATIONS: usize = 2;
const FIRST_PASSWORD: u64 = 7_500_001;
const FIRST_CATEGORY: u64 = 310_001;
const FIRST_RESOURCE: u64 = 910_001;
const DAY: i64 = 86_400;

pub(crate) fn generate(seed: u64) -> AccountData {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut data = AccountData::empty();
    let shares = shares(&mut rng);
    let mut id = FIRST_PASSWORD;
    for (index, ((name, domain), share)) in names::ORGANIZATIONS.iter().zip(shares).enumerate() {
        let organization = organization(index, name, domain);
        let maker = Maker { organization: organization.id, domain };
        for _ in 0..share {
            data.passwords.insert(id, maker.password(id, &mut rng));
            id = id.saturating_add(1);
        }
        data.organizations.insert(organization.id, organization);
    }
    data
}

/// How many passwords each organization has; together always the same number.
fn shares(rng: &mut ChaCha8Rng) -> Vec<usize> {
    let mut shares = vec![SMALLEST_SHARE; names::ORGANIZATIONS.len()];
    if let Some((first, others)) = shares.split_first_mut() {
        *first = FIRST_SHARE;
        let given = others.len().saturating_mul(SMALLEST_SHARE).saturating_add(FIRST_SHARE);
        for _ in given..PASSWORDS {
            // The smaller of two draws: some organizations are large, most are not.
            let draw = rng.random_range(0..others.len()).min(rng.random_range(0..others.len()));
            if let Some(share) = others.get_mut(draw) {
                *share = share.saturating_add(1);
            }
        }
    }
    shares
}

fn organization(index: usize, name: &str, domain: &str) -> OrganizationRow {
    let long_from = names::ORGANIZATIONS.len().saturating_sub(LONG_ORGANIZATIONS);
    let id = match index.checked_sub(long_from) {
        Some(past) => offset(FIRST_LONG_ORGANIZATION, past),
        None => offset(FIRST_ORGANIZATION, index),
    };
    let short_name = Some(domain.to_uppercase().chars().take(8).collect());
    // Every thirteenth has left, so that lists show what inactive looks like.
    OrganizationRow { id, name: name.to_owned(), short_name, active: index % 13 != 12 }
}

fn offset(first: u64, index: usize) -> u64 {
    u64::try_from(index).map_or(first, |index| first.saturating_add(index))
}

/// Makes the passwords of one organization.
struct Maker<'a> {
    organization: u64,
    domain: &'a str,
}

impl Maker<'_> {
    fn password(&self, id: u64, rng: &mut ChaCha8Rng) -> PasswordRow {
        let subject = subject::draw(self.domain, rng);
        let age = SignedDuration::from_secs(rng.random_range(0..900 * DAY));
        let changed = EPOCH.checked_sub(age).unwrap_or(EPOCH);
        let value = value(rng);
        let new = NewPassword {
            organization_id: self.organization,
            name: &subject.name,
            username: &subject.username,
            value: &value,
        };
        let mut row = PasswordRow::new(id, &new, changed);
        row.username.take_if(|_| rng.random_ratio(1, 25));
        row.url = subject.url;
        row.category = names::CATEGORIES
            .get(subject.category)
            .filter(|_| rng.random_ratio(9, 10))
            .map(|name| (offset(FIRST_CATEGORY, subject.category), (*name).to_owned()));
        row.resource = subject.resource.map(|(kind, kind_name, name)| Resource {
            id: FIRST_RESOURCE.saturating_add(id),
            kind: kind.to_owned(),
            kind_name: kind_name.to_owned(),
            name,
        });
        row.folder_id = rng.random_ratio(1, 6).then(|| rng.random_range(310_050..310_056));
        row.notes = rng.random_ratio(1, 8).then(|| "<p>Ask the office first.</p>".to_owned());
        draw_flags(&mut row, rng);
        row
    }
}

fn draw_flags(row: &mut PasswordRow, rng: &mut ChaCha8Rng) {
    row.archived = rng.random_ratio(4, 100);
    row.restricted = rng.random_ratio(3, 100);
    row.personal = rng.random_ratio(1, 100);
    row.otp_enabled = rng.random_ratio(6, 100);
    row.vault_id = rng.random_ratio(1, 100).then_some(77);
}

/// A password with what tends to break programs: quotes, backslashes, percent signs, umlauts.
fn value(rng: &mut ChaCha8Rng) -> String {
    let length = rng.random_range(14..23);
    let mut value: String =
        (0..length).map(|_| char::from(rng.random_range(b'!'..=b'~'))).collect();
    if rng.random_ratio(1, 10) {
        value.push(*['é', 'ß', '£', '✓'].choose(rng).unwrap_or(&'é'));
    }
    value
}
