//! The charter: a chain of signed statements that says who founded the vault, and since then who
//! became and who ceased to be an administrator. The first one's hash is the vault's name, so there is
//! only one charter that a vault of that name can have begun with.

use std::collections::BTreeMap;

use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::leaf::{Hash, hash_of};
use super::wire::{Fields, signed};
use crate::rows::damaged;
use crate::seal::{Domain, Identity, PublicIdentity, VaultId, random, verify};

const FOUNDED: u8 = 1;
const APPOINTED: u8 = 2;
const REMOVED: u8 = 3;

/// The charter, replayed: every signature was good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Charter {
    vault: VaultId,
    founder: PersonId,
    audit_public: [u8; 32],
    steps: Vec<Step>,
}

/// After one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    /// The statement's hash.
    hash: Hash,
    /// Who signed it.
    by: PersonId,
    /// The administrators then in force, with their keys.
    administrators: Administrators,
}

type Administrators = BTreeMap<PersonId, [u8; 32]>;

/// How a charter begins.
pub(crate) struct First {
    pub(crate) statement: Vec<u8>,
    pub(crate) vault: VaultId,
}

/// The first statement of a new vault's charter.
///
/// # Errors
/// `Failed` where the OS gives no random bytes.
pub(crate) fn first(
    founder: PersonId,
    identity: &Identity,
    audit_public: [u8; 32],
) -> Result<First, StoreError> {
    let random = random::<32>().map_err(|_| StoreError::Failed)?;
    let mut statement = vec![FOUNDED];
    statement.extend_from_slice(random.as_slice());
    statement.extend_from_slice(&founder.to_bytes());
    statement.extend_from_slice(&identity.public().to_bytes());
    statement.extend_from_slice(&audit_public);
    let statement = close(statement, identity);
    Ok(First { vault: VaultId::from_bytes(hash_of(&statement)), statement })
}

/// Somebody becomes an administrator, or ceases to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) person: PersonId,
    pub(super) public: [u8; 32],
    pub(super) appointed: bool,
}

fn close(mut statement: Vec<u8>, identity: &Identity) -> Vec<u8> {
    let signature = identity.sign(Domain::Charter, &statement);
    statement.extend_from_slice(&signature);
    statement
}

impl Charter {
    /// Replays the statements. A fault names the first statement that does not hold.
    ///
    /// # Errors
    /// `Damaged`.
    pub(crate) fn replay(statements: &[Vec<u8>]) -> Result<Self, StoreError> {
        let (charter, fault) = Self::replay_what_holds(statements)?;
        fault.map_or(Ok(charter), Err)
    }

    /// Replays the statements up to the first that does not hold, and says which.
    ///
    /// # Errors
    /// `Damaged` where not even the first one holds.
    pub(super) fn replay_what_holds(
        statements: &[Vec<u8>],
    ) -> Result<(Self, Option<StoreError>), StoreError> {
        let (first, rest) = statements.split_first().ok_or_else(|| fault(0))?;
        let mut charter = Self::begin(first).ok_or_else(|| fault(0))?;
        for statement in rest {
            let number = charter.len();
            if charter.go_on(statement).is_none() {
                return Ok((charter, Some(fault(number))));
            }
        }
        Ok((charter, None))
    }

    fn begin(statement: &[u8]) -> Option<Self> {
        let (body, signature) = signed(statement)?;
        let mut fields = Fields::of(body);
        if fields.byte()? != FOUNDED {
            return None;
        }
        let _random: [u8; 32] = fields.take()?;
        let founder = PersonId::from_bytes(fields.take()?);
        let public = PublicIdentity::from_bytes(&fields.take()?);
        let audit_public = fields.take()?;
        fields.end()?;
        let hash = hash_of(statement);
        let administrators = BTreeMap::from([(founder, public.signing)]);
        let steps = vec![Step { hash, by: founder, administrators }];
        verify(&public.signing, Domain::Charter, body, signature).then_some(Self {
            vault: VaultId::from_bytes(hash),
            founder,
            audit_public,
            steps,
        })
    }

    fn go_on(&mut self, statement: &[u8]) -> Option<()> {
        let (body, signature) = signed(statement)?;
        let mut fields = Fields::of(body);
        let appointed = match fields.byte()? {
            APPOINTED => true,
            REMOVED => false,
            _ => return None,
        };
        let vault = VaultId::from_bytes(fields.take()?);
        let person = PersonId::from_bytes(fields.take()?);
        let turn = Turn { person, public: fields.take()?, appointed };
        let by = PersonId::from_bytes(fields.take()?);
        let previous: Hash = fields.take()?;
        fields.end()?;
        let Step { hash: head, mut administrators, .. } = self.steps.last()?.clone();
        let public = administrators.get(&by)?;
        if vault != self.vault
            || previous != head
            || !verify(public, Domain::Charter, body, signature)
        {
            return None;
        }
        take(&mut administrators, turn)?;
        self.steps.push(Step { hash: hash_of(statement), by, administrators });
        Some(())
    }

    /// The statement for this turn, and the charter with it.
    pub(super) fn turn(
        &self,
        turn: Turn,
        by: PersonId,
        identity: &Identity,
    ) -> Option<(Vec<u8>, Self)> {
        let mut body = vec![if turn.appointed { APPOINTED } else { REMOVED }];
        body.extend_from_slice(self.vault.as_bytes());
        body.extend_from_slice(&turn.person.to_bytes());
        body.extend_from_slice(&turn.public);
        body.extend_from_slice(&by.to_bytes());
        body.extend_from_slice(&self.head());
        let statement = close(body, identity);
        let mut after = self.clone();
        after.go_on(&statement)?;
        Some((statement, after))
    }

    /// The vault's name.
    pub(crate) fn vault(&self) -> VaultId {
        self.vault
    }

    /// Who founded it.
    pub(crate) fn founder(&self) -> PersonId {
        self.founder
    }

    /// X25519; what the audit log's keys are shared to.
    pub(crate) fn audit_public(&self) -> [u8; 32] {
        self.audit_public
    }

    /// The administrators in force, with the keys that they sign with.
    pub(crate) fn administrators(&self) -> &BTreeMap<PersonId, [u8; 32]> {
        static NOBODY: Administrators = BTreeMap::new();
        self.steps.last().map_or(&NOBODY, |step| &step.administrators)
    }

    /// The administrators that were in force after so many statements.
    pub(super) fn administrators_at(&self, length: u32) -> Option<&Administrators> {
        self.step(length).map(|step| &step.administrators)
    }

    /// Whether all that was said between these two lengths was said by this person.
    pub(super) fn went_on_by(&self, person: PersonId, from: u32, to: u32) -> bool {
        (from..to).all(|length| {
            let next = length.checked_add(1).and_then(|length| self.step(length));
            next.is_some_and(|step| step.by == person)
        })
    }

    /// How many statements it has.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    /// The hash of its last statement.
    pub(super) fn head(&self) -> Hash {
        self.steps.last().map(|step| step.hash).unwrap_or_default()
    }

    /// Length and head, as statements and the anchor say them.
    pub(super) fn mark(&self) -> (u32, Hash) {
        (self.len(), self.head())
    }

    /// Whether a charter that was once like this has become this one.
    pub(super) fn continues(&self, (length, head): (u32, Hash)) -> bool {
        self.step(length).is_some_and(|step| step.hash == head)
    }

    fn step(&self, length: u32) -> Option<&Step> {
        self.steps.get(usize::try_from(length).ok()?.checked_sub(1)?)
    }
}

fn take(administrators: &mut Administrators, turn: Turn) -> Option<()> {
    if turn.appointed {
        return administrators.insert(turn.person, turn.public).is_none().then_some(());
    }
    administrators.remove(&turn.person)?;
    (!administrators.is_empty()).then_some(())
}

fn fault(number: u32) -> StoreError {
    damaged("charter", &number.to_be_bytes())
}
