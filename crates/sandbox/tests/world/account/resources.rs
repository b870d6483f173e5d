use usher_sandbox::account::{AccountData, Kind, RunningAccount};

use super::http::{account, ask, count, get, ids, rows};

/// The first organization.
fn client(account: &RunningAccount) -> u64 {
    account.edit(|data| data.organizations().next().unwrap().id)
}

/// The first record of a kind, with its organization.
fn first(account: &RunningAccount, kind: Kind) -> (u64, Option<u64>) {
    account.edit(|data| data.records(kind).next().map(|r| (r.id, r.organization_id)).unwrap())
}

#[test]
fn every_flat_list_has_rows_of_its_type() {
    let account = account();
    for (path, name) in [
        ("/organizations", "organizations"),
        ("/passwords", "passwords"),
        ("/password_categories", "password-categories"),
        ("/configurations", "configurations"),
        ("/contacts", "contacts"),
        ("/locations", "locations"),
        ("/domains", "domains"),
        ("/flexible_asset_types", "flexible-asset-types"),
        ("/flexible_assets?filter[flexible_asset_type_id]=140001", "flexible-assets"),
        ("/groups", "groups"),
        ("/users", "users"),
    ] {
        let rows = rows(&account, path);
        assert!(!rows.is_empty(), "{path}");
        assert!(rows.iter().all(|row| row["type"] == name), "{path}");
    }
    assert_eq!(account.unexpected_requests(), []);
}

#[test]
fn every_nested_list_has_rows_of_its_organization_alone() {
    let account = account();
    let client = client(&account);
    for name in [
        "passwords",
        "password_folders",
        "configurations",
        "contacts",
        "locations",
        "domains",
        "documents",
    ] {
        let path = format!("/organizations/{client}/relationships/{name}?page[size]=1000");
        let rows = rows(&account, &path);
        assert!(!rows.is_empty(), "{path}");
        assert!(rows.iter().all(|row| row["attributes"]["organization-id"] == client), "{path}");
    }
    assert_eq!(account.unexpected_requests(), []);
    let missing = "/organizations/1/relationships/contacts";
    assert_eq!(get(&account, &account.api_key(), missing).0, 404);
}

#[test]
fn every_show_gives_the_record_of_the_list() {
    let account = account();
    for (kind, path) in [
        (Kind::PasswordCategories, "/password_categories"),
        (Kind::Configurations, "/configurations"),
        (Kind::Contacts, "/contacts"),
        (Kind::Locations, "/locations"),
        (Kind::Documents, "/documents"),
        (Kind::FlexibleAssetTypes, "/flexible_asset_types"),
        (Kind::FlexibleAssets, "/flexible_assets"),
        (Kind::Groups, "/groups"),
        (Kind::Users, "/users"),
    ] {
        let (id, organization) = first(&account, kind);
        let shown = ask(&account, &format!("{path}/{id}"))["data"].clone();
        assert_eq!(shown["id"], id.to_string(), "{path}");
        assert_eq!(shown["attributes"]["organization-id"].as_u64(), organization, "{path}");
    }
    let (folder, organization) = first(&account, Kind::PasswordFolders);
    let nested = format!("/organizations/{}/relationships", organization.unwrap());
    ask(&account, &format!("{nested}/password_folders/{folder}"));
    let (contact, _) = first(&account, Kind::Contacts);
    ask(&account, &format!("{nested}/contacts/{contact}"));
    assert_eq!(account.unexpected_requests(), []);
}

#[test]
fn what_has_no_route_is_not_found_and_unexpected() {
    let account = account();
    let client = client(&account);
    let paths = [
        "/documents".to_owned(),
        "/password_folders".to_owned(),
        "/domains/1200001".to_owned(),
        format!("/organizations/{client}/relationships/flexible_assets"),
        format!("/organizations/{client}/relationships/document_folders"),
    ];
    for path in &paths {
        assert_eq!(get(&account, &account.api_key(), path).0, 404, "{path}");
    }
    assert_eq!(account.unexpected_requests().len(), paths.len());
}

#[test]
fn a_password_is_embedded_in_the_configuration_of_that_id() {
    let account = account();
    let by_kind = |data: &mut AccountData| {
        let mut rows = data.passwords().filter_map(|p| p.resource.clone());
        rows.find(|resource| resource.kind == "configurations").unwrap()
    };
    let resource = account.edit(by_kind);
    let shown = ask(&account, &format!("/configurations/{}", resource.id));
    let attributes = shown["data"]["attributes"].clone();
    assert_eq!(attributes["name"], resource.name.as_str());
    assert_eq!(attributes["configuration-type-name"], resource.kind_name.as_str());
    for name in ["hostname", "primary-ip", "configuration-status-name"] {
        assert!(attributes[name].as_str().is_some_and(|text| !text.is_empty()), "{name}");
    }
}

#[test]
fn flexible_assets_need_their_type() {
    let account = account();
    let (status, body) = get(&account, &account.api_key(), "/flexible_assets");
    let title = "Cannot index flexible assets without providing a flexible asset type ID filter";
    assert_eq!((status, body["errors"][0]["title"].as_str()), (422, Some(title)));
    let path = "/flexible_assets?filter[flexible-asset-type-id]=140002";
    let traits = rows(&account, path)[0]["attributes"]["traits"].clone();
    assert!(traits["subnet"].as_str().unwrap().starts_with("10."));
}

#[test]
fn a_list_of_documents_has_the_root_alone_unless_a_folder_is_named() {
    let account = account();
    let path = format!("/organizations/{}/relationships/documents", client(&account));
    let all = count(&account, &format!("{path}?filter[document_folder_id]=null"));
    let root = count(&account, &path);
    let first = rows(&account, &format!("{path}?filter[document_folder_id][ne]=null"))
        .into_iter()
        .find(|row| !row["attributes"]["document-folder-id"].is_null())
        .unwrap();
    let folder = first["attributes"]["document-folder-id"].as_u64().unwrap();
    let inside = count(&account, &format!("{path}?filter[document_folder_id]={folder}"));
    assert!(0 < root && root < all && 0 < inside && inside <= all - root, "{root} {inside} {all}");
    let row = rows(&account, &path)[0]["attributes"].clone();
    assert!(row["document-folder-id"].is_null());
    assert!(row["content"].as_str().unwrap().contains("<p>"));
}

#[test]
fn a_document_has_sections_that_make_up_its_content() {
    let account = account();
    let (document, _) = first(&account, Kind::Documents);
    let path = format!("/documents/{document}/relationships/sections");
    let sections = rows(&account, &format!("{path}?sort=sort"));
    let content: String =
        sections.iter().filter_map(|s| s["attributes"]["content"].as_str()).collect();
    let shown = ask(&account, &format!("/documents/{document}"));
    assert_eq!(shown["data"]["attributes"]["content"], content);
    assert_eq!(sections[0]["type"], "document-sections");
    assert_eq!(sections[0]["attributes"]["resource-type"], "Document::Heading");
    let one = ids(&account, &path).remove(0);
    assert_eq!(ask(&account, &format!("{path}/{one}"))["data"]["id"], one);
    let other = format!("/documents/{}/relationships/sections/{one}", document + 1);
    assert_eq!(get(&account, &account.api_key(), &other).0, 404);
}
