//! Every kind of record: whole lists, single records, and only those of the organization.

use std::collections::BTreeSet;

use itglue::{
    Client, ConfigurationFilter, ConfigurationId, DocumentId, Error, FlexibleAssetTypeId, Folder,
    OneOf, OrganizationId, Record, Resource,
};
use usher_sandbox::account::{Fault, Kind, NullFolder, RunningAccount};

use crate::stand_in::{Watched, account, client};

/// An account, a client of it, and its first organization.
fn scene() -> (Watched, Client, OrganizationId) {
    let account = account();
    let client = client(&account);
    let organization = account.edit(|data| data.organizations().next().unwrap().id);
    (account, client, OrganizationId::new(organization))
}

/// The ids that the account holds of a kind: an organization's own, or all.
fn held(account: &RunningAccount, kind: Kind, own: Option<OrganizationId>) -> BTreeSet<u64> {
    let of = |id: Option<u64>| own.is_none_or(|own| id == Some(own.get()));
    let held = account.edit(|data| -> BTreeSet<u64> {
        data.records(kind).filter(|row| of(row.organization_id)).map(|row| row.id).collect()
    });
    assert!(!held.is_empty(), "{kind:?}");
    held
}

fn ids<R: Resource>(rows: &[Record<R>]) -> BTreeSet<u64> {
    rows.iter().map(|row| row.id.into()).collect()
}

#[tokio::test]
async fn an_organizations_records_are_listed_whole_and_shown_one_by_one() {
    let (account, client, id) = scene();
    let scoped = client.organization(id);
    let own = |kind| held(&account, kind, Some(id));

    let configurations = scoped.configurations().all().await.unwrap();
    assert_eq!(ids(&configurations), own(Kind::Configurations));
    let one = scoped.configuration(configurations[0].id).await.unwrap();
    assert_eq!(one, configurations[0]);
    assert!(configurations.iter().any(|row| row.attributes.primary_ip.is_some()));
    assert!(configurations.iter().any(|row| row.attributes.hostname.is_some()));

    let contacts = scoped.contacts().all().await.unwrap();
    assert_eq!(ids(&contacts), own(Kind::Contacts));
    assert_eq!(scoped.contact(contacts[0].id).await.as_ref(), Ok(&contacts[0]));

    let locations = scoped.locations().all().await.unwrap();
    assert_eq!(ids(&locations), own(Kind::Locations));
    assert_eq!(scoped.location(locations[0].id).await.as_ref(), Ok(&locations[0]));

    let domains = scoped.domains().all().await.unwrap();
    assert_eq!(ids(&domains), own(Kind::Domains));

    let folders = scoped.password_folders().all().await.unwrap();
    assert_eq!(ids(&folders), own(Kind::PasswordFolders));
    assert_eq!(scoped.password_folder(folders[0].id).await.as_ref(), Ok(&folders[0]));
}

#[tokio::test]
async fn what_the_whole_account_shares_is_listed_and_shown() {
    let (account, client, _) = scene();
    let all = |kind| held(&account, kind, None);
    let categories = client.password_categories().all().await.unwrap();
    assert_eq!(ids(&categories), all(Kind::PasswordCategories));
    let one = client.password_category(categories[0].id).await;
    assert_eq!(one.as_ref(), Ok(&categories[0]));
    let groups = client.groups().all().await.unwrap();
    assert_eq!(ids(&groups), all(Kind::Groups));
    assert_eq!(client.group(groups[0].id).await.as_ref(), Ok(&groups[0]));
    let users = client.users().all().await.unwrap();
    assert_eq!(ids(&users), all(Kind::Users));
    assert_eq!(client.user(users[0].id).await.as_ref(), Ok(&users[0]));
    let organizations = client.organizations().all().await.unwrap();
    let one = client.organization_record(organizations[3].id).await;
    assert_eq!(one.as_ref(), Ok(&organizations[3]));
    assert_eq!(client.passwords().all().await.unwrap().len(), 3_000);
    for (kind, rows) in [
        (Kind::Configurations, ids(&client.configurations().all().await.unwrap())),
        (Kind::Contacts, ids(&client.contacts().all().await.unwrap())),
        (Kind::Locations, ids(&client.locations().all().await.unwrap())),
        (Kind::Domains, ids(&client.domains().all().await.unwrap())),
    ] {
        assert_eq!(rows, all(kind), "{kind:?}");
    }
}

#[tokio::test]
async fn flexible_assets_are_asked_for_by_type_and_kept_to_the_organization() {
    let (account, client, id) = scene();
    let scoped = client.organization(id);
    let types = client.flexible_asset_types().all().await.unwrap();
    assert_eq!(ids(&types), held(&account, Kind::FlexibleAssetTypes, None));
    assert_eq!(client.flexible_asset_type(types[0].id).await.as_ref(), Ok(&types[0]));
    let mut found = BTreeSet::new();
    for kind in &types {
        let assets = scoped.flexible_assets(kind.id).all().await.unwrap();
        assert!(assets.iter().all(|row| row.attributes.flexible_asset_type_id == Some(kind.id)));
        found.extend(ids(&assets));
        if let Some(asset) = assets.first() {
            assert_eq!(scoped.flexible_asset(asset.id).await.as_ref(), Ok(asset));
            assert!(asset.attributes.traits.as_ref().unwrap().names().count() > 0);
        }
    }
    assert_eq!(found, held(&account, Kind::FlexibleAssets, Some(id)));
    let none = scoped.flexible_assets(FlexibleAssetTypeId::new(1)).all().await.unwrap();
    assert_eq!(none, []);
}

#[tokio::test]
async fn documents_come_from_all_folders_whatever_the_account_means_by_null() {
    for null in [NullFolder::All, NullFolder::OnlyInFolders] {
        let (account, client, id) = scene();
        account.switch(|switches| switches.null_folder = null);
        let scoped = client.organization(id);
        let all = scoped.documents(Folder::All).all().await.unwrap();
        assert_eq!(ids(&all), held(&account, Kind::Documents, Some(id)), "{null:?}");
        assert_eq!(all.len(), ids(&all).len(), "each once");
        let root = scoped.documents(Folder::Root).all().await.unwrap();
        assert!(root.len() < all.len());
        assert!(root.iter().all(|row| row.attributes.document_folder_id.is_none()));
        let folder = all.iter().find_map(|row| row.attributes.document_folder_id).unwrap();
        let inside = scoped.documents(Folder::In(folder)).all().await.unwrap();
        assert!(inside.iter().all(|row| row.attributes.document_folder_id == Some(folder)));
        assert!(!inside.is_empty());
    }
}

#[tokio::test]
async fn documents_are_found_by_a_part_of_their_name_without_a_filter() {
    let (account, client, id) = scene();
    let scoped = client.organization(id);
    let all = scoped.documents(Folder::All).all().await.unwrap();
    let name = all[0].attributes.name.clone().unwrap();
    let part: String = name.chars().skip(1).take(5).collect::<String>().to_uppercase();
    account.forget_requests();
    let found = scoped.documents_named(&part).await.unwrap();
    assert!(found.iter().any(|row| row.id == all[0].id) && found.len() <= all.len());
    for seen in account.requests() {
        assert_eq!(seen.ignored_filters, Vec::<String>::new(), "the API has no such filter");
    }
}

#[tokio::test]
async fn a_document_and_its_sections_are_the_organizations_own() {
    let (account, client, id) = scene();
    let scoped = client.organization(id);
    let document = scoped.documents(Folder::All).all().await.unwrap().remove(0);
    assert_eq!(scoped.document(document.id).await.unwrap().id, document.id);
    let sections = scoped.sections(document.id).await.unwrap();
    let expected = account
        .edit(|data| data.sections(document.id.get()).iter().map(|row| row.id).collect::<Vec<_>>());
    assert_eq!(sections.iter().map(|row| row.id.get()).collect::<Vec<_>>(), expected);
    assert_eq!(scoped.section(document.id, sections[0].id).await.as_ref(), Ok(&sections[0]));

    let foreign = account.edit(|data| {
        let other = data.records(Kind::Documents).find(|row| row.organization_id != Some(id.get()));
        DocumentId::new(other.unwrap().id)
    });
    let refused = scoped.sections(foreign).await.unwrap_err();
    assert!(matches!(refused, Error::ForeignOrganization { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_record_of_another_organization_is_not_found_or_foreign() {
    let (account, client, id) = scene();
    let scoped = client.organization(id);
    let foreign = |kind| {
        account.edit(|data| {
            data.records(kind).find(|row| row.organization_id != Some(id.get())).unwrap().id
        })
    };
    let configuration = ConfigurationId::new(foreign(Kind::Configurations));
    assert_eq!(scoped.configuration(configuration).await, Err(Error::NotFound));
    let asset = itglue::FlexibleAssetId::new(foreign(Kind::FlexibleAssets));
    let refused = scoped.flexible_asset(asset).await.unwrap_err();
    assert!(matches!(refused, Error::ForeignOrganization { .. }), "{refused:?}");
}

#[tokio::test]
async fn one_foreign_row_spoils_every_list() {
    let (account, client, id) = scene();
    let kind = client.flexible_asset_types().all().await.unwrap()[0].id;
    account.set_fault(Fault::ForeignRow).unwrap();
    let scoped = client.organization(id);
    for error in [
        scoped.passwords().all().await.err(),
        scoped.configurations().all().await.err(),
        scoped.contacts().all().await.err(),
        scoped.locations().all().await.err(),
        scoped.domains().all().await.err(),
        scoped.documents(Folder::All).all().await.err(),
        scoped.flexible_assets(kind).all().await.err(),
    ] {
        assert!(matches!(error, Some(Error::ForeignOrganization { .. })), "{error:?}");
    }
}

#[tokio::test]
async fn a_filter_of_each_kind_reaches_the_api_in_its_own_name() {
    let (account, client, id) = scene();
    let configurations = client.organization(id).configurations();
    let names: Vec<String> = configurations
        .all()
        .await
        .unwrap()
        .into_iter()
        .take(2)
        .filter_map(|row| row.attributes.name)
        .collect();
    let two = ConfigurationFilter::Name(OneOf::from(names.clone()));
    let rows = client.organization(id).configurations().filter(&two).all().await.unwrap();
    assert!(rows.iter().all(|row| names.contains(row.attributes.name.as_ref().unwrap())));
    assert!(!rows.is_empty());
    let seen = account.requests().pop().unwrap();
    assert_eq!(seen.param("filter[name]"), Some(names.join(",").as_str()));
    assert_eq!(seen.ignored_filters, Vec::<String>::new());
}

#[tokio::test]
async fn sixteen_digit_ids_survive_in_every_kind() {
    let (account, client, _) = scene();
    account.edit(usher_sandbox::account::AccountData::lengthen_ids);
    let id = client.organizations().all().await.unwrap()[0].id;
    assert!(id.get() > 1 << 53);
    let scoped = client.organization(id);
    for (kind, rows) in [
        (Kind::Configurations, ids(&scoped.configurations().all().await.unwrap())),
        (Kind::Contacts, ids(&scoped.contacts().all().await.unwrap())),
        (Kind::Documents, ids(&scoped.documents(Folder::All).all().await.unwrap())),
    ] {
        assert_eq!(rows, held(&account, kind, Some(id)), "{kind:?}");
        assert!(rows.iter().all(|id| *id > 1 << 53));
    }
    let passwords = scoped.passwords().all().await.unwrap();
    let embedded = passwords.iter().filter_map(|row| row.attributes.resource_id);
    assert!(embedded.into_iter().all(|id| id.get() > 1 << 53));
}
