//! Argon2id: what makes guessing a passphrase slow, with a floor that no file can lower.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::SealError;

/// How a passphrase or PIN is stretched; stands in the slot, in clear, and is authenticated there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stretch {
    /// By what. A word that is not in the list is refused.
    pub(crate) algorithm: StretchWord,
    /// Memory in KiB.
    pub(crate) memory: u32,
    /// Passes over the memory.
    pub(crate) passes: u32,
    /// Lanes.
    pub(crate) lanes: u32,
}

/// The algorithms that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum StretchWord {
    /// Argon2id, version 1.3 (RFC 9106).
    #[serde(rename = "argon2id-19")]
    Argon2id,
}

impl Stretch {
    /// What slots are made with: 64 MiB, 3 passes, 4 lanes (RFC 9106's second recommendation).
    pub(crate) const CURRENT: Self = Self::argon2id(64 * 1024, 3, 4);

    /// What a slot must have at least: OWASP's minimum, 19 MiB and 2 passes.
    pub(crate) const FLOOR: Self = Self::argon2id(19 * 1024, 2, 1);

    /// Above this a crafted slot would only keep the machine busy.
    const CEILING: Self = Self::argon2id(1024 * 1024, 16, 16);

    pub(crate) const fn argon2id(memory: u32, passes: u32, lanes: u32) -> Self {
        Self { algorithm: StretchWord::Argon2id, memory, passes, lanes }
    }

    /// That nothing lies below the floor or above the ceiling.
    ///
    /// # Errors
    /// [`SealError::OutOfBounds`].
    pub(crate) fn check(&self) -> Result<(), SealError> {
        let fits = (Self::FLOOR.memory..=Self::CEILING.memory).contains(&self.memory)
            && (Self::FLOOR.passes..=Self::CEILING.passes).contains(&self.passes)
            && (Self::FLOOR.lanes..=Self::CEILING.lanes).contains(&self.lanes);
        if fits { Ok(()) } else { Err(SealError::OutOfBounds) }
    }

    /// The 32 bytes that a passphrase comes to. Takes a fifth of a second at
    /// [`Stretch::CURRENT`]; the memory it filled is wiped.
    ///
    /// # Errors
    /// [`SealError::OutOfBounds`], before anything was calculated.
    pub(crate) fn run(
        &self,
        passphrase: &[u8],
        salt: &[u8; 16],
    ) -> Result<Zeroizing<[u8; 32]>, SealError> {
        self.check()?;
        let params = Params::new(self.memory, self.passes, self.lanes, None)
            .map_err(|_| SealError::OutOfBounds)?;
        let mut memory = vec![Block::default(); params.block_count()];
        let mut out = Zeroizing::new([0; 32]);
        let outcome = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(passphrase, salt, out.as_mut_slice(), &mut memory);
        memory.iter_mut().for_each(Zeroize::zeroize);
        outcome.map_err(|_| SealError::OutOfBounds)?;
        Ok(out)
    }
}
