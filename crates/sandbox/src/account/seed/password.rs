//! One password: its subject, its flags, its value.

use jiff::SignedDuration;
use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{DAY, names, offset, subject};
use crate::account::{
    data::{EPOCH, NewPassword, PasswordRow, Resource},
    kind::Kind,
};

/// Makes the passwords of one organization.
pub(crate) struct Maker<'a> {
    pub(crate) organization: u64,
    pub(crate) domain: &'a str,
}

impl Maker<'_> {
    pub(crate) fn password(&self, id: u64, rng: &mut ChaCha8Rng) -> PasswordRow {
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
        let first_category = Kind::PasswordCategories.place().first_id;
        row.category = names::CATEGORIES
            .get(subject.category)
            .filter(|_| rng.random_ratio(9, 10))
            .map(|name| (offset(first_category, subject.category), (*name).to_owned()));
        // Its id comes when there is something with this name.
        row.resource = subject.resource.map(|(kind, kind_name, name)| Resource {
            id: 0,
            kind: kind.to_owned(),
            kind_name: kind_name.to_owned(),
            name,
        });
        row.folder_id = rng.random_ratio(1, 6).then(|| rng.random_range(0..6));
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
