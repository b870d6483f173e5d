//! What a slot says in clear about itself; all of it is authenticated.

use serde::{Deserialize, Serialize};
use usher_core::ids::{DeviceId, PersonId};
use usher_core::time::Moment;

use super::SlotKind;
use crate::keys::Hex;
use crate::rows::Key;
use crate::seal::{Canonical, SealError, Stretch, VaultId, random};

/// A slot's clear fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) vault: VaultId,
    /// The slot's own id: random, and never used again.
    pub(crate) id: Key,
    pub(crate) person: PersonId,
    pub(crate) kind: SlotKind,
    /// How words are stretched; codes are not.
    pub(crate) stretched: Option<Stretched>,
    /// The device whose secret it takes as well.
    pub(crate) device: Option<DeviceId>,
    pub(crate) created: Moment,
    pub(crate) expires: Option<Moment>,
}

/// How a slot's passphrase or PIN is stretched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stretched {
    pub(crate) by: Stretch,
    pub(crate) salt: Hex<16>,
}

impl Header {
    /// The header of a new slot that words open, on this device.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub(crate) fn for_words(
        (vault, person): (VaultId, PersonId),
        kind: SlotKind,
        device: DeviceId,
        by: Stretch,
        created: Moment,
    ) -> Result<Self, SealError> {
        let stretched = Some(Stretched { by, salt: Hex(*random()?) });
        let id = *random()?;
        let device = Some(device);
        Ok(Self { vault, id, person, kind, stretched, device, created, expires: None })
    }

    /// The header of a new slot that a code opens, anywhere.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub(crate) fn for_code(
        (vault, person): (VaultId, PersonId),
        kind: SlotKind,
        created: Moment,
        expires: Option<Moment>,
    ) -> Result<Self, SealError> {
        let id = *random()?;
        Ok(Self { vault, id, person, kind, stretched: None, device: None, created, expires })
    }

    /// What the slot's key is derived for.
    pub(super) fn purpose(&self) -> Vec<u8> {
        self.names(Canonical::of("usher/v1/slot").text(self.kind.word()))
    }

    /// What the key is derived for that the person seals a PIN with for themselves.
    pub(super) fn own_purpose(&self) -> Vec<u8> {
        self.names(Canonical::of("usher/v1/own-pin"))
    }

    /// What a key is derived for that wraps the person's secrets while the process runs.
    pub(super) fn kept_purpose(&self) -> Vec<u8> {
        self.names(Canonical::of("usher/v1/kept"))
    }

    fn names(&self, purpose: Canonical) -> Vec<u8> {
        purpose.bytes(self.vault.as_bytes()).bytes(&self.person.to_bytes()).bytes(&self.id).done()
    }

    /// All fields, as the seal binds them.
    pub(super) fn associated(&self) -> Vec<u8> {
        let fields = Canonical::of("usher/slot/v1")
            .bytes(self.vault.as_bytes())
            .bytes(&self.id)
            .bytes(&self.person.to_bytes())
            .text(self.kind.word())
            .maybe(self.device.map(DeviceId::to_bytes).as_ref().map(<[u8; 16]>::as_slice))
            .number(self.created.unix_millis())
            .maybe(
                self.expires
                    .map(|at| at.unix_millis().to_be_bytes())
                    .as_ref()
                    .map(<[u8; 8]>::as_slice),
            );
        match &self.stretched {
            None => fields.number(0),
            Some(Stretched { by, salt }) => fields
                .number(1)
                .text("argon2id-19")
                .number(by.memory.into())
                .number(by.passes.into())
                .number(by.lanes.into())
                .bytes(&salt.0),
        }
        .done()
    }
}
