//! What the vault lends the audit log: who signs, what its rows are sealed to, and a place in the
//! anchor. Cheap to clone; clones are one witness.

mod noted;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use usher_core::error::KeyringError;
use usher_core::ids::PersonId;
use zeroize::Zeroizing;

use crate::keys::KnownIdentity;
use crate::seal::{
    Domain, Identity, PublicIdentity, SealError, SharingKey, VaultId, unshare, verify,
};
pub(crate) use noted::Ask;
use noted::Noted;

/// Stands between the vault and the audit log, which know nothing else of each other.
///
/// What is public is known as soon as the vault's file was read; the secrets only while somebody
/// has it open.
#[derive(Clone)]
pub struct Witness {
    state: Arc<Mutex<State>>,
    anchor: watch::Sender<Option<AuditAnchor>>,
    noted: Noted,
}

/// Where the audit log stands; kept in the keyring's anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditAnchor {
    /// The number of the last row.
    pub number: u64,
    /// That row's hash.
    pub head: [u8; 32],
}

/// What is public of a vault.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) vault: VaultId,
    /// X25519; the audit log's page keys are shared to it.
    pub(crate) audit: [u8; 32],
    pub(crate) people: BTreeMap<PersonId, KnownIdentity>,
}

#[derive(Default)]
struct State {
    known: Option<Known>,
    /// Who has the vault open, the latest last.
    open: Vec<(PersonId, Arc<Identity>)>,
    audit: Option<SharingKey>,
}

impl Default for Witness {
    fn default() -> Self {
        Self { state: Arc::default(), anchor: watch::Sender::new(None), noted: Noted::default() }
    }
}

impl Witness {
    /// The vault; none before one was read.
    #[must_use]
    pub fn vault(&self) -> Option<VaultId> {
        self.state().known.as_ref().map(|known| known.vault)
    }

    /// The public key that the audit log's page keys are shared to.
    #[must_use]
    pub fn audit_key(&self) -> Option<[u8; 32]> {
        self.state().known.as_ref().map(|known| known.audit)
    }

    /// A person's public keys; also of people who were taken off.
    #[must_use]
    pub fn identity(&self, person: PersonId) -> Option<PublicIdentity> {
        self.state().known.as_ref()?.people.get(&person).map(|known| known.current)
    }

    /// Whether this person signed the bytes for this purpose, with the keys they have or with those
    /// they had before they were invited again; none where the person is not known.
    #[must_use]
    pub fn signed_by(
        &self,
        person: PersonId,
        domain: Domain,
        bytes: &[u8],
        signature: &[u8; 64],
    ) -> Option<bool> {
        let known = self.state().known.as_ref()?.people.get(&person)?.clone();
        let mut keys = [known.current.signing].into_iter().chain(known.former);
        Some(keys.any(|key| verify(&key, domain, bytes, signature)))
    }

    /// Has the person who came in last, and is still in, sign the bytes for this purpose; none while
    /// the vault is locked.
    #[must_use]
    pub fn sign(&self, domain: Domain, bytes: &[u8]) -> Option<(PersonId, [u8; 64])> {
        let state = self.state();
        let (person, identity) = state.open.last()?;
        Some((*person, identity.sign(domain, bytes)))
    }

    /// Takes what was shared to [`Witness::audit_key`]; none while no administrator has the vault open.
    pub(crate) fn audit_unshare(
        &self,
        info: &[u8],
        share: &[u8],
    ) -> Option<Result<Zeroizing<Vec<u8>>, SealError>> {
        let key = self.state().audit.clone()?;
        Some(unshare(&key, info, share))
    }

    /// Takes what was shared to this person; none unless they have the vault open.
    pub(crate) fn own_unshare(
        &self,
        person: PersonId,
        info: &[u8],
        share: &[u8],
    ) -> Option<Result<Zeroizing<Vec<u8>>, SealError>> {
        let open = |state: &State| {
            let own = state.open.iter().find(|(other, _)| *other == person);
            own.map(|(_, identity)| Arc::clone(identity))
        };
        let identity = open(&self.state())?;
        Some(unshare(identity.sharing(), info, share))
    }

    /// Where the log stood by the keyring's anchor, or as it was put since. The first to ask has the
    /// keyring asked, and so has the first after somebody was at the door.
    ///
    /// # Errors
    /// The keyring's: it has not said yet where this vault's log stood.
    pub(crate) fn remembered(&self) -> Result<Option<AuditAnchor>, KeyringError> {
        if let Some(vault) = self.vault() {
            self.noted.ask(vault, |before, anchor| self.take(before, anchor))?;
        }
        Ok(self.audit_anchor())
    }

    /// Where the log stood by the keyring's anchor, as far as that was read, or as it was put since.
    #[must_use]
    pub fn audit_anchor(&self) -> Option<AuditAnchor> {
        *self.anchor.borrow()
    }

    /// Notes where the log stands. The vault writes it into the keyring soon after.
    pub fn put_audit_anchor(&self, anchor: AuditAnchor) {
        self.anchor.send_replace(Some(anchor));
    }

    /// Tells the vault of each new anchor; several in a row come as the last one.
    pub(crate) fn audit_anchors(&self) -> watch::Receiver<Option<AuditAnchor>> {
        self.anchor.subscribe()
    }

    /// What keeps the keyring's anchor.
    pub(crate) fn is_kept_by(&self, device: Arc<Ask>) {
        self.noted.is_kept_by(device);
    }

    /// What the keyring's anchor said at the vault's opening. The log is held against it unless we
    /// are ahead of it, and have seen it before.
    pub(crate) fn read_audit_anchor(&self, vault: VaultId, anchor: Option<AuditAnchor>) {
        let before = self.noted.answered(vault);
        self.take(before, anchor);
    }

    fn take(&self, before: bool, anchor: Option<AuditAnchor>) {
        self.anchor.send_if_modified(|ours| {
            let newer =
                |a: &AuditAnchor| !before || ours.is_none_or(|ours| ours.number <= a.number);
            let anchor = anchor.filter(newer);
            *ours = anchor.or(*ours);
            anchor.is_some()
        });
    }

    /// Whether the keyring's anchor of this vault's log was read, so that another may take its place.
    pub(crate) fn may_note(&self, vault: VaultId) -> bool {
        self.noted.has_answered(vault)
    }

    /// Somebody is at the door: a keyring that did not answer may do so now, and another program may
    /// have noted more.
    pub(crate) fn ask_again(&self) {
        self.noted.ask_again();
    }

    /// The vault's file was read, or has changed. Where another vault's log stood is no matter now.
    pub(crate) fn set_known(&self, known: Known) {
        let vault = known.vault;
        let before = self.state().known.replace(known);
        if before.is_some_and(|before| before.vault != vault) {
            self.anchor.send_replace(None);
        }
    }

    /// The person has come in.
    pub(crate) fn came_in(&self, person: PersonId, identity: Arc<Identity>) {
        let mut state = self.state();
        state.open.retain(|(other, _)| *other != person);
        state.open.push((person, identity));
    }

    /// The person has gone; the audit log's secret goes with the last one.
    pub(crate) fn went(&self, person: PersonId) {
        let mut state = self.state();
        state.open.retain(|(other, _)| *other != person);
        if state.open.is_empty() {
            state.audit = None;
        }
    }

    /// Lends the audit log's secret: to be asked for while an administrator has the vault open.
    pub(crate) fn lend_audit_key(&self, key: Option<SharingKey>) {
        self.state().audit = key;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::share;

    const ONE: PersonId = PersonId::from_bytes([1; 16]);
    const OTHER: PersonId = PersonId::from_bytes([2; 16]);

    fn known(identity: &Identity, audit: &SharingKey, former: &[[u8; 32]]) -> Known {
        Known {
            vault: VaultId::from_bytes([7; 32]),
            audit: audit.public(),
            people: BTreeMap::from([(
                ONE,
                KnownIdentity { current: identity.public(), former: former.to_vec() },
            )]),
        }
    }

    #[test]
    fn the_last_one_in_signs_and_nobody_while_it_is_locked() {
        let witness = Witness::default();
        let one = Arc::new(Identity::generate().expect("random"));
        let other = Arc::new(Identity::generate().expect("random"));
        assert_eq!(witness.sign(Domain::AuditHead, b"head"), None);
        witness.came_in(ONE, Arc::clone(&one));
        witness.came_in(OTHER, Arc::clone(&other));
        let (by, signature) = witness.sign(Domain::AuditHead, b"head").expect("signs");
        assert_eq!(by, OTHER);
        assert!(other.public().verify(Domain::AuditHead, b"head", &signature));
        witness.went(OTHER);
        assert_eq!(witness.sign(Domain::AuditHead, b"head").expect("signs").0, ONE);
        witness.went(ONE);
        assert_eq!(witness.sign(Domain::AuditHead, b"head"), None);
        assert_eq!((Arc::strong_count(&one), Arc::strong_count(&other)), (1, 1), "both let go");
    }

    #[test]
    fn what_is_public_stays_when_the_secret_goes() {
        let witness = Witness::default();
        let identity = Arc::new(Identity::generate().expect("random"));
        let audit = SharingKey::generate().expect("random");
        assert_eq!(
            (witness.vault(), witness.audit_key(), witness.identity(ONE)),
            (None, None, None)
        );
        witness.set_known(known(&identity, &audit, &[]));
        witness.came_in(ONE, Arc::clone(&identity));
        let to = witness.audit_key().expect("known");
        let shared = share(&to, b"page", b"key").expect("shares");
        assert!(witness.audit_unshare(b"page", &shared).is_none(), "not lent yet");
        witness.lend_audit_key(Some(audit));
        let page = witness.audit_unshare(b"page", &shared).expect("lent").expect("opens");
        assert_eq!(*page, b"key");
        witness.clone().went(ONE);
        assert!(witness.audit_unshare(b"page", &shared).is_none());
        assert_eq!(witness.identity(ONE), Some(identity.public()));
        assert_eq!(witness.identity(OTHER), None);
    }

    #[test]
    fn what_was_signed_with_keys_of_before_stays_signed() {
        let witness = Witness::default();
        let (now, before) = (Identity::generate(), Identity::generate());
        let (now, before) = (now.expect("random"), before.expect("random"));
        let audit = SharingKey::generate().expect("random");
        let signature = before.sign(Domain::AuditHead, b"head");
        let signed = |by| witness.signed_by(by, Domain::AuditHead, b"head", &signature);
        assert_eq!(signed(ONE), None, "no vault is known");
        witness.set_known(known(&now, &audit, &[]));
        assert_eq!(signed(ONE), Some(false));
        witness.set_known(known(&now, &audit, &[before.public().signing]));
        assert_eq!((signed(ONE), signed(OTHER)), (Some(true), None));
    }

    #[test]
    fn the_vault_hears_of_the_latest_anchor() {
        let witness = Witness::default();
        let mut heard = witness.audit_anchors();
        for number in 1..=3 {
            witness.clone().put_audit_anchor(AuditAnchor { number, head: [0; 32] });
        }
        assert!(heard.has_changed().expect("the witness lives"));
        let last = *heard.borrow_and_update();
        assert_eq!(last, Some(AuditAnchor { number: 3, head: [0; 32] }));
        assert_eq!(witness.audit_anchor(), last);
        assert!(!heard.has_changed().expect("the witness lives"));
    }
}
