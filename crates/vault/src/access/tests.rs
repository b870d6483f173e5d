//! What only the inside sees of who is in.

mod impostor;
mod pins;

use std::sync::Arc;

use tempfile::TempDir;
use usher_core::Secret;
use usher_core::book::{Book, Change};
use usher_core::ids::PersonId;
use usher_core::policy::may_found;
use usher_core::ports::{Access, FirstVault, OpenWith, Store};
use usher_core::rights::{Person, Standing};
use usher_core::time::Moment;

use super::{Cost, Means};
use crate::device::MemoryDevice;
use crate::rows::specimen;
use crate::seal::{Domain, share};
use crate::vault::Vault;
use crate::witness::Witness;

const FOUNDER: PersonId = specimen::PERSON;
const TECHNICIAN: PersonId = PersonId::from_bytes([0x71; 16]);

fn words() -> Secret {
    Secret::new("words that nobody guesses quickly at all".to_owned())
}

async fn founded() -> (TempDir, Witness, Vault) {
    let folder = tempfile::tempdir().expect("a folder");
    let witness = Witness::default();
    let means = Means {
        device: Arc::new(MemoryDevice::default()),
        witness: witness.clone(),
        clock: Arc::new(|| Moment::from_unix_millis(1_780_000_000_000)),
        device_name: "a test's".to_owned(),
        cost: Cost::Least,
    };
    let vault = Vault::at(folder.path().join("vault.sqlite"), means).expect("a thread");
    let permit = may_found(&Book::default(), FOUNDER).expect("nobody is there");
    let changes = specimen::everything();
    let first = FirstVault { founder: FOUNDER, passphrase: words(), changes };
    vault.found(permit, first).await.expect("founds");
    (folder, witness, vault)
}

async fn with_a_technician(vault: &Vault) {
    let permit = || may_found(&Book::default(), FOUNDER).expect("nobody is there");
    let name = "Tom".parse().expect("a name");
    let standing = Standing::Active;
    let tom = Person { id: TECHNICIAN, name, administrator: false, standing };
    vault.commit(permit(), vec![Change::PutPerson(tom)]).await.expect("commits");
    let code = vault.invite(permit(), TECHNICIAN).await.expect("invites").code;
    let with = OpenWith::EnrolmentCode { person: TECHNICIAN, code, passphrase: words() };
    vault.open(with, false).await.expect("enrols");
}

#[tokio::test]
async fn the_logs_secret_is_lent_while_an_administrator_is_in() {
    let (_folder, witness, vault) = founded().await;
    let to = witness.audit_key().expect("is public");
    let page = share(&to, b"page", b"key").expect("shares");
    let reads = || witness.audit_unshare(b"page", &page).is_some_and(|opened| opened.is_ok());
    assert!(reads());
    with_a_technician(&vault).await;
    assert!(reads(), "the administrator is still in");
    vault.lock(FOUNDER).await;
    assert!(!reads(), "the technician alone does not read the log");
    vault.lock(TECHNICIAN).await;
    let with = OpenWith::Passphrase { person: TECHNICIAN, passphrase: words() };
    vault.open(with, false).await.expect("opens");
    assert!(!reads());
    let with = OpenWith::Passphrase { person: FOUNDER, passphrase: words() };
    vault.open(with, false).await.expect("opens");
    assert!(reads());
}

#[tokio::test]
async fn whoever_came_in_last_signs_and_what_they_sign_is_theirs() {
    let (_folder, witness, vault) = founded().await;
    with_a_technician(&vault).await;
    for person in [TECHNICIAN, FOUNDER] {
        let (by, signature) = witness.sign(Domain::AuditHead, b"head").expect("signs");
        assert_eq!(by, person);
        let signed = witness.signed_by(person, Domain::AuditHead, b"head", &signature);
        assert_eq!(signed, Some(true));
        vault.lock(person).await;
    }
    assert_eq!(witness.sign(Domain::AuditHead, b"head"), None);
}
