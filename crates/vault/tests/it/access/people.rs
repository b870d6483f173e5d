//! People who come, change and go.

use usher_core::error::StoreError;
use usher_core::ports::{Access, AccessError, Store};
use usher_core::rights::Standing;

use super::house::{
    FOUNDER, House, TECHNICIAN, at_the_door, canary, folder, permit, person, put, refusal, secret,
};

const NOT_ACCEPTED: AccessError = AccessError::NotAccepted { wait_seconds: 0 };

#[tokio::test]
async fn whoever_is_disabled_stays_outside_until_they_are_active_again() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    put(&vault, person(TECHNICIAN, Standing::Disabled, false)).await.expect("commits");
    let refused = refusal(House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await);
    assert_eq!(refused, NOT_ACCEPTED, "as if the passphrase were wrong");
    house.seconds_pass(60);
    put(&vault, person(TECHNICIAN, Standing::Active, false)).await.expect("commits");
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
}

#[tokio::test]
async fn whoever_is_revoked_opens_nothing_and_keeps_nothing() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    let before = house.folder.path().join("before.sqlite");
    std::fs::copy(house.path(), &before).expect("copies");
    put(&vault, person(TECHNICIAN, Standing::Revoked, false)).await.expect("commits");
    let refused = refusal(House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await);
    assert_eq!(refused, NOT_ACCEPTED);
    let keeps = vault.keeps().await.expect("lists");
    let theirs = keeps.iter().find(|keeps| keeps.person == TECHNICIAN).expect("is listed");
    assert!(!theirs.passphrase && !theirs.recovery_kit && theirs.invited_until.is_none());
    vault.lock(FOUNDER).await;
    let listed = at_the_door(&vault).await;
    assert!(listed.iter().all(|at| at.person != TECHNICIAN));
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    put(&vault, folder(0x83)).await.expect("commits");
}

#[tokio::test]
async fn who_was_in_when_they_were_revoked_is_out_with_the_next_question() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    let theirs = house.vault();
    House::open(&theirs, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    put(&vault, person(TECHNICIAN, Standing::Revoked, false)).await.expect("commits");
    assert_eq!(theirs.book().await, Err(StoreError::Locked));
    let refused = refusal(House::open(&theirs, TECHNICIAN, house.words(TECHNICIAN)).await);
    assert_eq!(refused, NOT_ACCEPTED);
}

#[tokio::test]
async fn a_technician_keeps_their_own_passphrase_pin_and_kit() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    vault.lock(FOUNDER).await;
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    let new = canary();
    vault.set_passphrase(TECHNICIAN, secret(&new)).await.expect("sets");
    vault.set_pin(TECHNICIAN, Some(secret("483091"))).await.expect("sets");
    vault.new_recovery_kit(TECHNICIAN).await.expect("makes");
    let refused = vault.commit(permit(TECHNICIAN), vec![folder(0x84)]).await;
    assert_eq!(refused, Err(StoreError::Conflict), "the law does not agree");
    drop(vault);
    let vault = house.vault();
    House::open(&vault, TECHNICIAN, secret(&new)).await.expect("opens");
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("the steps hold");
}

#[tokio::test]
async fn a_second_administrator_administers() {
    let (house, vault, _kit) = House::founded().await;
    house.technician(&vault).await;
    put(&vault, person(TECHNICIAN, Standing::Active, true)).await.expect("commits");
    vault.lock(FOUNDER).await;
    House::open(&vault, TECHNICIAN, house.words(TECHNICIAN)).await.expect("opens");
    vault.rekey(permit(TECHNICIAN)).await.expect("rekeys");
    let invited = vault.invite(permit(TECHNICIAN), FOUNDER).await.expect("invites");
    let refused = refusal(House::open(&vault, FOUNDER, house.words(FOUNDER)).await);
    assert_eq!(refused, NOT_ACCEPTED);
    house.enrol(&vault, FOUNDER, invited.code).await.expect("enrols with other keys");
    vault.lock(TECHNICIAN).await;
    vault.rekey(permit(FOUNDER)).await.expect("still an administrator");
}
