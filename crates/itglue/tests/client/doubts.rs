//! What nobody has shown about the API: each plausible behaviour is accepted.

use itglue::{Error, OrganizationId, PasswordId, Verdict};
use usher_sandbox::account::{
    ErrorBodies, Fault, NoPasswordAccess, Switches, VaultedValue, Written,
};

use crate::stand_in::{account, client, client_with, planted};

#[tokio::test]
async fn statuses_count_and_bodies_do_not() {
    for bodies in [ErrorBodies::Reported, ErrorBodies::JsonApi, ErrorBodies::Gateway] {
        for written in [Written::Number, Written::Text] {
            let account = account();
            account.switch(|switches| {
                *switches = Switches { error_bodies: bodies, error_status: written, ..*switches };
            });
            let client = client(&account);
            let (organization, _, _) = planted(&account);
            let missing = client.organization(organization).password(PasswordId::new(1)).await;
            assert_eq!(missing, Err(Error::NotFound));
            account.set_fault(Fault::KeyRevoked).unwrap();
            assert_eq!(client.check().await, Verdict::Refused);
        }
    }
}

#[tokio::test]
async fn missing_password_access_shows_in_either_form() {
    for form in [NoPasswordAccess::Unauthorized, NoPasswordAccess::Absent] {
        let account = account();
        account.switch(|switches| switches.no_password_access = form);
        let (organization, id, _) = planted(&account);
        let limited = client_with(&account, account.api_key_without_password_access());
        let scoped = limited.organization(organization);
        let value = scoped.password_value(id).await.map(drop);
        assert_eq!(value, Err(Error::NoPasswordAccess), "{form:?}");
        assert_eq!(scoped.test_password_access(id).await, Ok(false));
        assert!(scoped.password(id).await.is_ok());
        let good = client(&account);
        assert_eq!(good.organization(organization).test_password_access(id).await, Ok(true));
    }
}

#[tokio::test]
async fn a_vaulted_password_is_never_handed_out() {
    for form in [VaultedValue::Null, VaultedValue::Ciphertext, VaultedValue::Absent] {
        let account = account();
        account.switch(|switches| switches.vaulted_value = form);
        let (organization, id, _) = planted(&account);
        account.edit(|data| data.change(id.get(), |row| row.vault_id = Some(77))).unwrap();
        let client = client(&account);
        let scoped = client.organization(organization);
        assert_eq!(scoped.password_value(id).await.map(drop), Err(Error::Vaulted), "{form:?}");
        assert_eq!(scoped.test_password_access(id).await, Err(Error::Vaulted));
        assert!(scoped.password(id).await.unwrap().attributes.is_vaulted());
    }
}

#[tokio::test]
async fn organization_ids_may_be_text_and_bodies_compressed() {
    let account = account();
    account.switch(|switches| {
        switches.organization_ids = Written::Text;
        switches.gzip = true;
    });
    let client = client(&account);
    let (organization, id, value) = planted(&account);
    let scoped = client.organization(organization);
    assert_eq!(scoped.passwords().all().await.unwrap().len(), 215);
    assert_eq!(scoped.password_value(id).await.ok().unwrap().value.as_str(), value);
    let seen = account.requests();
    assert_eq!(seen[0].accept_encoding.as_deref(), Some("gzip"));
    assert_eq!(seen[1].accept_encoding.as_deref(), Some("identity"), "a value is not compressed");
}

#[tokio::test]
async fn european_ids_survive_a_whole_walk() {
    let account = account();
    let client = client(&account);
    let organizations = client.organizations().all().await.unwrap();
    let long = organizations.iter().map(|row| row.id).find(|id| id.get() > 1 << 53).unwrap();
    let rows = client.organization(long).passwords().all().await.unwrap();
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row.attributes.organization_id == Some(long)));
    assert_eq!(long.to_string().parse::<OrganizationId>(), Ok(long));
}

#[tokio::test]
async fn archived_rows_may_be_in_lists_or_not() {
    let account = account();
    let client = client(&account);
    let (organization, _, _) = planted(&account);
    let count = || async { client.organization(organization).passwords().all().await };
    let with = count().await.unwrap();
    account.switch(|switches| switches.archived_in_lists = false);
    let without = count().await.unwrap();
    assert!(with.iter().any(|row| row.attributes.archived == Some(true)));
    assert!(without.iter().all(|row| row.attributes.archived != Some(true)));
}
