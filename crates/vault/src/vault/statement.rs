//! A statement of the manifest: what all rows come to after one commit, signed by who made it.

use usher_core::ids::PersonId;
use usher_core::time::Moment;

use super::leaf::{Hash, hash_of};
use super::wire::{Fields, signed};
use crate::rows::{Place, Table};
use crate::seal::{Domain, Identity, VaultId, verify};

const FORMAT: u8 = 1;

/// What a statement vouches for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An administrator has checked what stands and answers for all of it.
    Checkpoint,
    /// Somebody answers for the difference to the statement before, which the journal keeps.
    Delta,
    /// An administrator takes what was found for the true state, whatever was there before.
    Accepted,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) vault: VaultId,
    /// Counts the commits from 1.
    pub(super) number: u64,
    pub(super) kind: Kind,
    /// Of the key that the rows are sealed with.
    pub(super) epoch: u32,
    pub(super) writer: PersonId,
    /// The hash of the statement before; zeros for the first.
    pub(super) previous: Hash,
    /// How many statements the charter has, and the hash of the last.
    pub(super) charter: (u32, Hash),
    pub(super) at: Moment,
    pub(super) root: Hash,
    /// The leaves that the commit changed; none where it took the row away.
    pub(super) changed: Vec<(Place, Option<Hash>)>,
}

impl Kind {
    const fn code(self) -> u8 {
        match self {
            Self::Checkpoint => 1,
            Self::Delta => 2,
            Self::Accepted => 3,
        }
    }

    fn of_code(code: u8) -> Option<Self> {
        [Self::Checkpoint, Self::Delta, Self::Accepted].into_iter().find(|kind| kind.code() == code)
    }
}

impl Statement {
    /// The statement's bytes with the writer's signature.
    pub(super) fn sign(&self, identity: &Identity) -> Vec<u8> {
        let mut bytes = self.encode();
        let signature = identity.sign(Domain::Manifest, &bytes);
        bytes.extend_from_slice(&signature);
        bytes
    }

    /// Reads a statement; who signed it is another question ([`is_signed_by`]).
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::of(signed(bytes)?.0);
        if fields.byte()? != FORMAT {
            return None;
        }
        let statement = Self {
            vault: VaultId::from_bytes(fields.take()?),
            number: fields.number()?,
            kind: Kind::of_code(fields.byte()?)?,
            epoch: fields.short()?,
            writer: PersonId::from_bytes(fields.take()?),
            previous: fields.take()?,
            charter: (fields.short()?, fields.take()?),
            at: Moment::from_unix_millis(fields.number()?),
            root: fields.take()?,
            changed: changed(&mut fields)?,
        };
        fields.end().map(|()| statement)
    }

    fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        bytes.extend_from_slice(self.vault.as_bytes());
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.push(self.kind.code());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes.extend_from_slice(&self.writer.to_bytes());
        bytes.extend_from_slice(&self.previous);
        bytes.extend_from_slice(&self.charter.0.to_be_bytes());
        bytes.extend_from_slice(&self.charter.1);
        bytes.extend_from_slice(&self.at.unix_millis().to_be_bytes());
        bytes.extend_from_slice(&self.root);
        let count = u32::try_from(self.changed.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&count.to_be_bytes());
        for (place, hash) in &self.changed {
            bytes.push(place.table.code());
            bytes.extend_from_slice(&place.key);
            bytes.push(u8::from(hash.is_some()));
            bytes.extend_from_slice(&hash.unwrap_or_default());
        }
        bytes
    }
}

fn changed(fields: &mut Fields<'_>) -> Option<Vec<(Place, Option<Hash>)>> {
    let count = fields.short()?;
    (0..count)
        .map(|_| {
            let table = Table::of_code(fields.byte()?)?;
            let place = Place { table, key: fields.take()? };
            let there = fields.byte()?;
            let hash: Hash = fields.take()?;
            match there {
                0 if hash == Hash::default() => Some((place, None)),
                1 => Some((place, Some(hash))),
                _ => None,
            }
        })
        .collect()
}

/// Whether the holder of this key signed these bytes as a statement.
pub(super) fn is_signed_by(public: &[u8; 32], bytes: &[u8]) -> bool {
    signed(bytes).is_some_and(|(body, signature)| verify(public, Domain::Manifest, body, signature))
}

/// A statement that was read, with the hash by which the next one names it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) statement: Statement,
    pub(super) hash: Hash,
    pub(super) bytes: Vec<u8>,
}

impl Entry {
    /// Reads the bytes.
    pub(super) fn read(bytes: Vec<u8>) -> Option<Self> {
        let statement = Statement::read(&bytes)?;
        Some(Self { statement, hash: hash_of(&bytes), bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement() -> Statement {
        let place = |table, byte| Place { table, key: [byte; 16] };
        Statement {
            vault: VaultId::from_bytes([7; 32]),
            number: 9,
            kind: Kind::Delta,
            epoch: 2,
            writer: PersonId::from_bytes([1; 16]),
            previous: [3; 32],
            charter: (4, [5; 32]),
            at: Moment::from_unix_millis(11),
            root: [6; 32],
            changed: vec![(place(Table::Grant, 1), Some([8; 32])), (place(Table::Slot, 2), None)],
        }
    }

    #[test]
    fn a_statement_comes_back_as_it_was_and_only_whole() {
        let identity = Identity::generate().expect("random");
        let bytes = statement().sign(&identity);
        assert_eq!(Statement::read(&bytes), Some(statement()));
        for length in 0..bytes.len() {
            assert_eq!(Statement::read(&bytes[..length]), None, "{length}");
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(Statement::read(&longer), None);
    }

    #[test]
    fn a_changed_bit_breaks_the_signature_and_so_does_another_key() {
        let identity = Identity::generate().expect("random");
        let bytes = statement().sign(&identity);
        let public = identity.public().signing;
        assert!(is_signed_by(&public, &bytes));
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(!is_signed_by(&public, &changed), "{place}");
        }
        let other = Identity::generate().expect("random").public().signing;
        assert!(!is_signed_by(&other, &bytes));
    }
}
