//! The anchor's item in the keyring: bytes of one length, and how two notes become one.

use usher_core::error::KeyringError;

use crate::device::Device;
use crate::seal::VaultId;
use crate::vault::Mark;
use crate::witness::AuditAnchor;

const FORMAT: u8 = 1;
const LENGTH: usize = 1 + 1 + 8 + 32 + 4 + 32 + 1 + 8 + 32;

/// What the device notes of a vault.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Note {
    /// How the vault was left.
    pub(crate) vault: Option<Mark>,
    /// How the audit log was.
    pub(crate) audit: Option<AuditAnchor>,
}

impl Note {
    /// Takes what the other one says of a later state.
    pub(super) fn take(&mut self, other: Self) {
        if let Some(mark) = other.vault
            && self.vault.is_none_or(|mine| mine.number <= mark.number)
        {
            self.vault = Some(mark);
        }
        if let Some(log) = other.audit
            && self.audit.is_none_or(|mine| mine.number <= log.number)
        {
            self.audit = Some(log);
        }
    }

    fn encode(&self) -> Vec<u8> {
        let mark = self.vault.unwrap_or(Mark { number: 0, hash: [0; 32], charter: (0, [0; 32]) });
        let log = self.audit.unwrap_or(AuditAnchor { number: 0, head: [0; 32] });
        let mut bytes = vec![FORMAT, u8::from(self.vault.is_some())];
        bytes.extend_from_slice(&mark.number.to_be_bytes());
        bytes.extend_from_slice(&mark.hash);
        bytes.extend_from_slice(&mark.charter.0.to_be_bytes());
        bytes.extend_from_slice(&mark.charter.1);
        bytes.push(u8::from(self.audit.is_some()));
        bytes.extend_from_slice(&log.number.to_be_bytes());
        bytes.extend_from_slice(&log.head);
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; LENGTH] = bytes.try_into().ok()?;
        let (front, bytes) = bytes.split_first_chunk::<2>()?;
        let (number, bytes) = bytes.split_first_chunk::<8>()?;
        let (hash, bytes) = bytes.split_first_chunk::<32>()?;
        let (length, bytes) = bytes.split_first_chunk::<4>()?;
        let (head, bytes) = bytes.split_first_chunk::<32>()?;
        let charter = (u32::from_be_bytes(*length), *head);
        let mark = Mark { number: u64::from_be_bytes(*number), hash: *hash, charter };
        let (there, bytes) = bytes.split_first()?;
        let (number, bytes) = bytes.split_first_chunk::<8>()?;
        let (head, _) = bytes.split_first_chunk::<32>()?;
        let log = AuditAnchor { number: u64::from_be_bytes(*number), head: *head };
        (front.first() == Some(&FORMAT)).then_some(Self {
            vault: (front.last() == Some(&1)).then_some(mark),
            audit: (*there == 1).then_some(log),
        })
    }
}

/// The note in the keyring.
pub(super) fn read(device: &dyn Device, vault: VaultId) -> Result<Option<Note>, KeyringError> {
    match device.get(&item(vault))? {
        Some(bytes) => Note::decode(&bytes).map(Some).ok_or(KeyringError::Failed),
        None => Ok(None),
    }
}

/// Takes the note into the one in the keyring, which another program may have written meanwhile.
pub(super) fn merge(device: &dyn Device, vault: VaultId, note: Note) -> Result<(), KeyringError> {
    let before = match read(device, vault) {
        // What is no anchor is written over: it would never come right by itself.
        Err(KeyringError::Failed) | Ok(None) => Note::default(),
        other => other?.unwrap_or_default(),
    };
    let mut after = before;
    after.take(note);
    if after == before { Ok(()) } else { device.put(&item(vault), &after.encode()) }
}

/// The name of the item in the keyring.
pub(crate) fn item(vault: VaultId) -> String {
    format!("anchor:{vault}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_as_it_was_and_what_is_none_is_none() {
        let mark = Mark { number: 3, hash: [4; 32], charter: (5, [6; 32]) };
        let log = AuditAnchor { number: 7, head: [8; 32] };
        for note in [
            Note::default(),
            Note { vault: Some(mark), audit: None },
            Note { vault: None, audit: Some(log) },
            Note { vault: Some(mark), audit: Some(log) },
        ] {
            assert_eq!(note.encode().len(), LENGTH);
            assert_eq!(Note::decode(&note.encode()), Some(note));
        }
        assert_eq!(Note::decode(b"rubbish"), None);
        assert_eq!(Note::decode(&[2; LENGTH]), None);
    }
}
