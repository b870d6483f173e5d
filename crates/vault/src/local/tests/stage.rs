//! A vault's witness without a vault: Ada administers, Bob may sign too.

use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use usher_core::audit::{About, AuditEvent, AuditRow, Filter, Outcome, Verdict, What};
use usher_core::ids::PersonId;
use usher_core::ports::LocalStore;
use usher_core::time::Moment;

use crate::keys::KnownIdentity;
use crate::seal::{Identity, SharingKey, VaultId};
use crate::witness::Known;
use crate::{Local, Witness};

pub(super) const ADA: PersonId = PersonId::from_bytes([1; 16]);
pub(super) const BOB: PersonId = PersonId::from_bytes([2; 16]);
pub(super) const VAULT: VaultId = VaultId::from_bytes([7; 32]);

/// A folder with a log, and who may write and read it.
pub(super) struct Stage {
    pub(super) folder: TempDir,
    pub(super) path: PathBuf,
    pub(super) witness: Witness,
    pub(super) bob: Arc<Identity>,
    ada: Arc<Identity>,
    audit: SharingKey,
}

impl Stage {
    /// Nobody has the vault open.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("local.sqlite");
        let audit = SharingKey::generate().expect("random");
        let identity = || Arc::new(Identity::generate().expect("random"));
        let (ada, bob) = (identity(), identity());
        let stage = Self { folder, path, witness: Witness::default(), bob, ada, audit };
        stage.knows(&stage.witness, VAULT);
        stage
    }

    /// Has the witness know this vault, with the stage's people and keys.
    pub(super) fn knows(&self, witness: &Witness, vault: VaultId) {
        let known = |current| KnownIdentity { current, former: vec![] };
        let people = [(ADA, known(self.ada.public())), (BOB, known(self.bob.public()))].into();
        witness.set_known(Known { vault, audit: self.audit.public(), people });
    }

    /// Ada has the vault open.
    pub(super) fn unlock(&self) {
        self.unlock_for(&self.witness);
    }

    /// Ada has the vault open, and this witness knows.
    pub(super) fn unlock_for(&self, witness: &Witness) {
        witness.came_in(ADA, Arc::clone(&self.ada));
        witness.lend_audit_key(Some(self.audit.clone()));
    }

    /// Nobody has it open any more.
    pub(super) fn lock(&self) {
        self.witness.went(ADA);
        self.witness.went(BOB);
    }

    pub(super) fn open(&self) -> Local {
        Local::open_or_create(&self.path, &self.witness).expect("opens")
    }

    /// A log of so many rows, signed by Ada every so often, and closed again.
    pub(super) async fn filled(rows: u64) -> Self {
        let stage = Self::new();
        stage.unlock();
        let local = stage.open();
        for number in 1..=rows {
            local.record(event(number)).await.expect("records");
            if number % 10 == 0 {
                local.sign(Moment::from_unix_millis(number)).await.expect("signs");
            }
        }
        drop(local);
        stage
    }

    /// What verifying comes to, with the log's secret and without it.
    pub(super) async fn verdicts(&self) -> (Verdict, Verdict) {
        let local = self.open();
        self.unlock();
        let open = local.verify().await.expect("verifies");
        self.lock();
        let locked = local.verify().await.expect("verifies");
        (open, locked)
    }

    /// The file as SQLite shows it to anybody.
    pub(super) fn stranger(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.path).expect("opens")
    }
}

pub(super) fn event(at: u64) -> AuditEvent {
    AuditEvent {
        at: Moment::from_unix_millis(at),
        person: ADA,
        what: What::SignIn,
        on: format!("session {at}"),
        outcome: Outcome::Intended,
        about: About::default(),
        details: Vec::new(),
        run: None,
    }
}

pub(super) async fn all(local: &Local) -> Vec<AuditRow> {
    local.rows(&Filter::default(), None, usize::MAX).await.expect("reads")
}

pub(super) fn numbers(rows: &[AuditRow]) -> Vec<u64> {
    rows.iter().map(|row| row.number).collect()
}
