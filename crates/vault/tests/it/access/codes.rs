//! Recovery kits and enrolment codes.

use usher_core::Secret;
use usher_core::error::{KeyringError, StoreError};
use usher_core::ids::PersonId;
use usher_core::ports::{Access, AccessError, OpenWith, Opened, Proved, Remark, Store};
use usher_core::rights::Standing;
use usher_vault::{MemoryDevice, Vault};

use super::house::{
    FOUNDER, House, TECHNICIAN, at_the_door, canary, door_of, permit, person, put, refusal, secret,
};

const NOT_ACCEPTED: AccessError = AccessError::NotAccepted { wait_seconds: 0 };

fn typed(code: &Secret) -> String {
    // EXPOSE: the test types the code that was printed
    code.expose().to_owned()
}

async fn recover(vault: &Vault, kit: &str, words: &str) -> Result<Opened, AccessError> {
    let (kit, passphrase) = (secret(kit), secret(words));
    vault.open(OpenWith::RecoveryKit { kit, passphrase }, false).await
}

#[tokio::test]
async fn a_recovery_kit_opens_on_another_device_and_sets_a_passphrase_there() {
    let (house, vault, kit) = House::founded().await;
    drop(vault);
    let (kit, new) = (typed(&kit), canary());
    let device = MemoryDevice::default();
    let vault = house.vault_with(&device);
    assert_eq!(refusal(recover(&vault, &kit, "password1").await), AccessError::TooWeak);
    assert_eq!(
        refusal(recover(&vault, kit.split_once('-').expect("groups").1, &new).await),
        NOT_ACCEPTED
    );
    let sloppy = kit.to_lowercase().replace('-', " ");
    let opened = recover(&vault, &sloppy, &new).await.expect("opens");
    assert_eq!((opened.person, opened.proved), (FOUNDER, Proved::Passphrase));
    assert_eq!(vault.devices().await.expect("lists").len(), 2);
    vault.lock(FOUNDER).await;
    House::open(&vault, FOUNDER, secret(&new)).await.expect("opens");
    drop(vault);
    let at_home = house.vault();
    assert_eq!(refusal(House::open(&at_home, FOUNDER, house.words(FOUNDER)).await), NOT_ACCEPTED);
    recover(&at_home, &kit, &canary()).await.expect("the kit is still good");
}

#[tokio::test]
async fn a_new_recovery_kit_takes_the_place_of_the_old_one() {
    let (_house, vault, old) = House::founded().await;
    let new = vault.new_recovery_kit(FOUNDER).await.expect("makes");
    vault.lock(FOUNDER).await;
    assert_eq!(refusal(recover(&vault, &typed(&old), &canary()).await), NOT_ACCEPTED);
    recover(&vault, &typed(&new), &canary()).await.expect("opens");
}

#[tokio::test]
async fn without_a_keyring_the_kit_opens_and_the_passphrase_stays() {
    let (house, vault, kit) = House::founded().await;
    drop(vault);
    house.device.breaks(Some(KeyringError::NoService));
    let vault = house.vault();
    let opened = recover(&vault, &typed(&kit), &canary()).await.expect("opens");
    assert_eq!(opened.remarks, [Remark::NoKeyring(KeyringError::NoService)]);
    vault.book().await.expect("is open");
    vault.lock(FOUNDER).await;
    house.device.breaks(None);
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("the passphrase of before");
}

#[tokio::test]
async fn an_enrolment_code_works_once() {
    let (house, vault, _kit) = House::founded().await;
    put(&vault, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
    let keeps = vault.keeps().await.expect("lists");
    let nothing = keeps.iter().find(|keeps| keeps.person == TECHNICIAN).expect("is listed");
    assert!(!nothing.passphrase && nothing.invited_until.is_none());
    let invitation = vault.invite(permit(FOUNDER), TECHNICIAN).await.expect("invites");
    assert_eq!(invitation.until.since(house.now()).as_secs(), 7 * 86_400);
    let code = typed(&invitation.code);
    vault.lock(FOUNDER).await;
    assert!(door_of(&vault, TECHNICIAN).await.invited);
    let wrong = house.enrol(&vault, TECHNICIAN, secret("00000-00000-00000-00000-00000")).await;
    assert_eq!(refusal(wrong), NOT_ACCEPTED);
    let other = house.enrol(&vault, FOUNDER, secret(&code)).await;
    assert_eq!(refusal(other), NOT_ACCEPTED, "it is another person's");
    let opened = house.enrol(&vault, TECHNICIAN, secret(&code)).await.expect("enrols");
    assert_eq!(opened.proved, Proved::Passphrase);
    let kit = opened.recovery_kit.expect("a kit of their own");
    let keeps = vault.keeps().await.expect("lists");
    let enrolled = keeps.iter().find(|keeps| keeps.person == TECHNICIAN).expect("is listed");
    assert!(enrolled.passphrase && enrolled.recovery_kit && enrolled.invited_until.is_none());
    vault.lock(TECHNICIAN).await;
    let again = house.enrol(&vault, TECHNICIAN, secret(&code)).await;
    assert_eq!(refusal(again), NOT_ACCEPTED);
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    vault.lock(TECHNICIAN).await;
    let recovered = recover(&vault, &typed(&kit), &canary()).await.expect("opens");
    assert_eq!(recovered.person, TECHNICIAN);
}

#[tokio::test]
async fn an_enrolment_code_expires_and_another_takes_its_place() {
    let (house, vault, _kit) = House::founded().await;
    put(&vault, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
    let first = vault.invite(permit(FOUNDER), TECHNICIAN).await.expect("invites");
    house.days_pass(7);
    let late = house.enrol(&vault, TECHNICIAN, secret(&typed(&first.code))).await;
    assert_eq!(refusal(late), AccessError::CodeExpired);
    let second = vault.invite(permit(FOUNDER), TECHNICIAN).await.expect("invites again");
    let stale = house.enrol(&vault, TECHNICIAN, first.code).await;
    assert_eq!(refusal(stale), NOT_ACCEPTED);
    house.enrol(&vault, TECHNICIAN, second.code).await.expect("enrols");
}

#[tokio::test]
async fn on_a_new_device_the_code_says_whose_it_is() {
    let (house, vault, _kit) = House::founded().await;
    put(&vault, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
    let invitation = vault.invite(permit(FOUNDER), TECHNICIAN).await.expect("invites");
    drop(vault);
    let vault = house.vault_with(&MemoryDevice::default());
    let enrol = OpenWith::EnrolmentCode {
        person: PersonId::NOBODY,
        code: invitation.code,
        passphrase: house.words(TECHNICIAN),
    };
    let opened = vault.open(enrol, false).await.expect("enrols");
    assert_eq!(opened.person, TECHNICIAN);
    vault.lock(TECHNICIAN).await;
    let here: Vec<_> = at_the_door(&vault).await.iter().map(|at| at.person).collect();
    assert_eq!(here, [TECHNICIAN], "the founder's passphrase is another device's");
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
}

#[tokio::test]
async fn without_a_keyring_nobody_enrols_and_the_code_is_still_good() {
    let (house, vault, _kit) = House::founded().await;
    put(&vault, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
    let invitation = vault.invite(permit(FOUNDER), TECHNICIAN).await.expect("invites");
    let code = typed(&invitation.code);
    house.device.breaks(Some(KeyringError::Locked));
    let refused = refusal(house.enrol(&vault, TECHNICIAN, secret(&code)).await);
    assert_eq!(refused, AccessError::Keyring(KeyringError::Locked));
    house.device.breaks(None);
    house.enrol(&vault, TECHNICIAN, secret(&code)).await.expect("enrols");
}

#[tokio::test]
async fn whoever_is_invited_again_starts_anew() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    let before = house.witness.identity(TECHNICIAN).expect("known");
    let invitation = vault.invite(permit(FOUNDER), TECHNICIAN).await.expect("invites");
    let old = House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await;
    assert_eq!(refusal(old), NOT_ACCEPTED);
    assert_ne!(house.witness.identity(TECHNICIAN), Some(before), "other keys");
    house.enrol(&vault, TECHNICIAN, invitation.code).await.expect("enrols");
    vault.lock(TECHNICIAN).await;
    vault.lock(FOUNDER).await;
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
}

#[tokio::test]
async fn nobody_invites_themselves_or_somebody_who_was_taken_off() {
    let (_house, vault, _kit) = House::founded().await;
    let conflict = AccessError::Store(StoreError::Conflict);
    let themselves = vault.invite(permit(FOUNDER), FOUNDER).await;
    assert_eq!(refusal(themselves), conflict);
    let nobody = vault.invite(permit(FOUNDER), TECHNICIAN).await;
    assert_eq!(refusal(nobody), conflict);
}
