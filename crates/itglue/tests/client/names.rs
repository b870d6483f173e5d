//! The names of filters and orders, against a server that has its own list of them.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use itglue::{
    ConfigurationFilter, ConfigurationSort, ContactFilter, ContactSort, DocumentFilter,
    DomainFilter, DomainSort, FlexibleAssetFilter, FlexibleAssetSort, FlexibleAssetTypeFilter,
    FlexibleAssetTypeSort, GroupFilter, GroupSort, LocationFilter, LocationSort,
    OrganizationFilter, OrganizationSort, PasswordCategoryFilter, PasswordCategorySort,
    PasswordFilter, PasswordFolderFilter, PasswordFolderSort, PasswordSort, SectionFilter,
    SectionSort, UserFilter, UserSort,
};
use usher_sandbox::account::{Kind, RunningAccount};

use crate::stand_in::account;

/// A list, with the filters and orders that this crate has for it.
struct List {
    path: String,
    filters: &'static [&'static str],
    orders: &'static [&'static str],
}

fn lists(account: &RunningAccount) -> Vec<List> {
    let (organization, document, kind) = account.edit(|data| {
        let first = |kind| data.records(kind).next().unwrap().id;
        let organization = data.organizations().next().unwrap().id;
        (organization, first(Kind::Documents), first(Kind::FlexibleAssetTypes))
    });
    let nested = |name: &str| format!("/organizations/{organization}/relationships/{name}?");
    let assets = format!("/flexible_assets?filter[flexible_asset_type_id]={kind}");
    let sections = format!("/documents/{document}/relationships/sections?");
    let list = |path: &str, filters, orders| List { path: path.to_owned(), filters, orders };
    vec![
        list("/organizations?", OrganizationFilter::PARAMETERS, OrganizationSort::ATTRIBUTES),
        list("/passwords?", PasswordFilter::PARAMETERS, PasswordSort::ATTRIBUTES),
        list(
            "/password_categories?",
            PasswordCategoryFilter::PARAMETERS,
            PasswordCategorySort::ATTRIBUTES,
        ),
        list(
            &nested("password_folders"),
            PasswordFolderFilter::PARAMETERS,
            PasswordFolderSort::ATTRIBUTES,
        ),
        list("/configurations?", ConfigurationFilter::PARAMETERS, ConfigurationSort::ATTRIBUTES),
        list("/contacts?", ContactFilter::PARAMETERS, ContactSort::ATTRIBUTES),
        list("/locations?", LocationFilter::PARAMETERS, LocationSort::ATTRIBUTES),
        list("/domains?", DomainFilter::PARAMETERS, DomainSort::ATTRIBUTES),
        list(&nested("documents"), DocumentFilter::PARAMETERS, &[]),
        list(&sections, SectionFilter::PARAMETERS, SectionSort::ATTRIBUTES),
        list(
            "/flexible_asset_types?",
            FlexibleAssetTypeFilter::PARAMETERS,
            FlexibleAssetTypeSort::ATTRIBUTES,
        ),
        list(&assets, FlexibleAssetFilter::PARAMETERS, FlexibleAssetSort::ATTRIBUTES),
        list("/groups?", GroupFilter::PARAMETERS, GroupSort::ATTRIBUTES),
        list("/users?", UserFilter::PARAMETERS, UserSort::ATTRIBUTES),
    ]
}

/// The status of a GET, over a bare connection.
fn status(account: &RunningAccount, path: &str) -> String {
    let address = account.base_url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    let key = account.api_key();
    let head = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nx-api-key: {key}\r\n");
    write!(stream, "{head}connection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn every_filter_and_order_is_one_that_the_list_is_documented_to_have() {
    let account = account();
    let mut asked = 0;
    for List { path, filters, orders } in lists(&account) {
        let filters = filters.iter().map(|name| format!("{name}=1"));
        let orders = orders.iter().map(|name| format!("sort={name}"));
        for parameter in filters.chain(orders) {
            let path = format!("{path}&{parameter}").replace("?&", "?");
            assert_eq!(status(&account, &path), "200", "{path}");
            asked += 1;
        }
    }
    let seen = account.requests();
    assert_eq!(seen.len(), asked);
    assert!(asked > 100, "{asked}");
    for request in seen {
        assert_eq!(request.ignored_filters, Vec::<String>::new(), "{}", request.path);
    }
}

#[test]
fn a_name_that_a_list_does_not_have_is_noticed() {
    let account = account();
    status(&account, "/passwords?filter[updated_at]=1");
    assert_eq!(account.requests()[0].ignored_filters.len(), 1);
}
