//! What can be written: passwords, documents and their sections.

use itglue::{
    Error, Folder, NewPassword, NewSection, OrganizationId, PasswordChange, ResourceId,
    ResourceKind, SectionChange, SectionKind,
};
use usher_sandbox::account::{Fault, Kind};

use crate::{
    script::canary,
    stand_in::{account, client, client_with, planted},
};

fn with_value(value: &str) -> PasswordChange {
    PasswordChange { password: Some(value.to_owned().into()), ..PasswordChange::default() }
}

#[tokio::test]
async fn a_password_is_made_in_its_organization_and_its_value_read_back() {
    let account = account();
    let client = client(&account);
    let (organization, _, _) = planted(&account);
    let scoped = client.organization(organization);
    let value = canary("quote\" back\\slash ü");
    let rest = PasswordChange {
        username: Some("svc".to_owned()),
        resource_type: Some(ResourceKind::Configuration),
        resource_id: Some(ResourceId::new(
            scoped.configurations().all().await.unwrap()[0].id.get(),
        )),
        ..with_value(&value)
    };
    let made = scoped.create_password(&NewPassword::new("Made", rest)).await.unwrap();
    assert_eq!(made.attributes.name.as_deref(), Some("Made"));
    assert_eq!(made.attributes.organization_id, Some(organization));
    let found = scoped.password_value(made.id).await.ok().unwrap();
    assert_eq!(found.value.as_str(), value);
    let post = account.requests().into_iter().find(|seen| seen.method == "POST").unwrap();
    let path = format!("/organizations/{organization}/relationships/passwords");
    assert_eq!((post.path, post.query), (path, Vec::new()));
    assert!(post.attributes.iter().all(|name| !name.contains('_')), "{:?}", post.attributes);
}

#[tokio::test]
async fn a_change_leaves_alone_what_it_does_not_name() {
    let account = account();
    let client = client(&account);
    let (organization, id, _) = planted(&account);
    let scoped = client.organization(organization);
    let rotated = canary("rotated");
    let changed = scoped.update_password(id, &with_value(&rotated)).await.unwrap();
    assert_eq!(changed.attributes.name.as_deref(), Some("Planted"));
    assert_eq!(changed.attributes.username.as_deref(), Some("u"));
    assert_eq!(scoped.password_value(id).await.ok().unwrap().value.as_str(), rotated);
    let patch = account.requests().into_iter().find(|seen| seen.method == "PATCH").unwrap();
    assert_eq!(patch.attributes, ["password"]);
}

#[tokio::test]
async fn a_record_of_another_organization_is_not_changed() {
    let account = account();
    let client = client(&account);
    let (organization, id, value) = planted(&account);
    let other = account.edit(|data| {
        data.organizations().map(|row| row.id).find(|row| *row != organization.get()).unwrap()
    });
    let scoped = client.organization(OrganizationId::new(other));
    let refused = scoped.update_password(id, &with_value("x")).await;
    assert_eq!(refused, Err(Error::NotFound));
    let kept = account.edit(|data| data.password(id.get()).unwrap().value.clone());
    assert_eq!(kept, value);
    assert!(account.requests().iter().all(|seen| seen.method == "GET"), "nothing was written");
}

#[tokio::test]
async fn what_the_api_does_not_accept_names_its_attribute() {
    let account = account();
    let client = client(&account);
    let (organization, id, _) = planted(&account);
    let scoped = client.organization(organization);
    let blank = scoped.update_password(id, &with_value("")).await.unwrap_err();
    assert!(matches!(blank, Error::Unprocessable { .. }), "{blank:?}");
    let limited = client_with(&account, account.api_key_without_password_access());
    let scoped = limited.organization(organization);
    let new = NewPassword::new("Made", with_value("x"));
    assert_eq!(scoped.create_password(&new).await, Err(Error::NotAllowed));
    account.switch(|switches| switches.writes_without_password_access = true);
    assert!(scoped.create_password(&new).await.is_ok(), "some accounts allow it");
}

#[tokio::test]
async fn a_change_is_sent_once_unless_it_was_refused_for_its_rate() {
    let account = account();
    let client = client(&account);
    let (organization, _, _) = planted(&account);
    let scoped = client.organization(organization);
    let new = NewPassword::new("Made", with_value("x"));
    for fault in [Fault::ServerError(503), Fault::CutShort, Fault::Reset] {
        account.forget_requests();
        account.set_fault(fault).unwrap();
        assert!(scoped.create_password(&new).await.is_err(), "{fault:?}");
        assert_eq!(account.requests().len(), 1, "{fault:?}");
    }
    account.forget_requests();
    account.set_fault(Fault::RateLimited { retry_after: Some(1) }.times(2)).unwrap();
    assert!(scoped.create_password(&new).await.is_ok());
    assert_eq!(account.requests().len(), 3);
}

#[tokio::test]
async fn a_document_is_made_written_renamed_and_published() {
    let account = account();
    let client = client(&account);
    let (organization, _, _) = planted(&account);
    let scoped = client.organization(organization);
    let folders = scoped.documents(Folder::All).all().await.unwrap();
    let folder = folders.iter().find_map(|row| row.attributes.document_folder_id);
    let made = scoped.create_document("Runbook", folder).await.unwrap();
    assert_eq!(made.attributes.document_folder_id, folder);
    let text =
        SectionChange { content: Some("<p>One</p>".to_owned().into()), ..SectionChange::default() };
    let section = scoped.create_section(made.id, &NewSection::new(SectionKind::Text, text)).await;
    let section = section.unwrap();
    assert_eq!(section.attributes.kind(), Some(SectionKind::Text));
    let text =
        SectionChange { content: Some("<p>Two</p>".to_owned().into()), ..SectionChange::default() };
    scoped.update_section(made.id, section.id, &text).await.unwrap();
    let sections = scoped.sections(made.id).await.unwrap();
    assert_eq!(sections[0].attributes.content.as_ref().unwrap().as_str(), "<p>Two</p>");
    let renamed = scoped.rename_document(made.id, "Handbook").await.unwrap();
    assert_eq!(renamed.attributes.name.as_deref(), Some("Handbook"));
    scoped.publish_document(made.id).await.unwrap();
    let published = account.edit(|data| {
        data.record(Kind::Documents, made.id.get()).unwrap().attribute("published-at").clone()
    });
    assert!(published.is_string());
}
