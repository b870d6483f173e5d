//! How many passwords each organization has.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// How passwords are spread over organizations.
#[derive(Clone, Copy)]
pub(crate) struct Shares {
    pub(crate) organizations: usize,
    passwords: usize,
    /// The first organization's share, for a list that is worth filtering.
    first: usize,
    smallest: usize,
}

impl Shares {
    pub(crate) const USUAL: Self =
        Self { organizations: 40, passwords: 3_000, first: 214, smallest: 12 };

    /// As many in the first as in the others on average.
    pub(crate) fn even(organizations: usize, passwords: usize) -> Self {
        let first = passwords.checked_div(organizations).unwrap_or_default();
        Self { organizations, passwords, first, smallest: first.min(Self::USUAL.smallest) }
    }

    /// One number per organization; together always all the passwords.
    pub(crate) fn draw(self, rng: &mut ChaCha8Rng) -> Vec<usize> {
        let mut shares = vec![self.smallest; self.organizations];
        if let Some((first, others)) = shares.split_first_mut() {
            *first = if others.is_empty() { self.passwords } else { self.first };
            let given = others.len().saturating_mul(self.smallest).saturating_add(*first);
            for _ in given..self.passwords {
                // The smaller of two draws: some organizations are large, most are not.
                let draw = rng.random_range(0..others.len()).min(rng.random_range(0..others.len()));
                if let Some(share) = others.get_mut(draw) {
                    *share = share.saturating_add(1);
                }
            }
        }
        shares
    }
}
