use usher_sandbox::account::{Kind, RunningAccount};

use super::http::{account, ask, count, rows};

/// An attribute of the first record of a kind, encoded.
fn sample(account: &RunningAccount, kind: Kind, attribute: &str) -> String {
    let found = account.edit(|data| {
        let mut values = data.records(kind).map(|record| record.attribute(attribute).clone());
        values.find(|value| !value.is_null()).unwrap()
    });
    let text = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
    encoded(&text)
}

/// Fit for a query.
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[test]
fn names_are_filtered_exactly_and_unknown_filters_are_ignored() {
    let account = account();
    let count = |path: &str| count(&account, path);
    assert_eq!(count("/organizations?filter[name]=Fourth%20Coffee"), 1);
    assert_eq!(count("/organizations?filter[name]=Fourth"), 0);
    assert_eq!(count("/organizations?filter[name]=Fourth%20Coffee,Trey%20Research"), 2);
    assert_eq!(count("/organizations?filter[name]=Humongous%20Insurance%5C,%20Inc."), 1);
    assert_eq!(count("/organizations?filter[no_such]=x"), 40);
    let archived = count("/passwords?filter[archived]=true");
    assert_eq!(archived + count("/passwords?filter[archived]=false"), count("/passwords"));
}

#[test]
fn a_filter_that_a_list_has_not_is_noted() {
    let account = account();
    let client = account.edit(|data| data.organizations().next().unwrap().id);
    let documents = format!("/organizations/{client}/relationships/documents");
    let all = count(&account, &documents);
    assert_eq!(count(&account, &format!("{documents}?filter[name]=nothing")), all);
    ask(&account, "/passwords?filter[updated_at]=x&filter[organization-id]=1");
    let ignored: Vec<_> = account.requests().into_iter().map(|r| r.ignored_filters).collect();
    assert_eq!(
        ignored,
        [vec![], vec!["filter[name]".to_owned()], vec!["filter[updated_at]".to_owned()]]
    );
    assert_eq!(account.unexpected_requests(), []);
}

#[test]
fn both_spellings_of_a_filter_are_the_same() {
    let account = account();
    let client = account.edit(|data| data.organizations().nth(3).unwrap().id);
    let count = |name: &str| count(&account, &format!("/passwords?filter[{name}]={client}"));
    assert_eq!(count("organization_id"), count("organization-id"));
    assert!(count("organization_id") < 1_000);
}

#[test]
fn each_list_filters_by_what_its_records_say() {
    let account = account();
    for (kind, path, filter) in [
        (Kind::Configurations, "/configurations", "name"),
        (Kind::Configurations, "/configurations", "serial_number"),
        (Kind::Configurations, "/configurations", "mac_address"),
        (Kind::Configurations, "/configurations", "configuration_type_id"),
        (Kind::Configurations, "/configurations", "configuration_status_id"),
        (Kind::Contacts, "/contacts", "first_name"),
        (Kind::Contacts, "/contacts", "last_name"),
        (Kind::Contacts, "/contacts", "contact_type_id"),
        (Kind::Locations, "/locations", "city"),
        (Kind::Locations, "/locations", "country_id"),
        (Kind::PasswordCategories, "/password_categories", "name"),
        (Kind::FlexibleAssetTypes, "/flexible_asset_types", "icon"),
        (Kind::Groups, "/groups", "name"),
        (Kind::Users, "/users", "email"),
        (Kind::Users, "/users", "role_name"),
    ] {
        let attribute = filter.replace('_', "-");
        let value = sample(&account, kind, &attribute);
        let found = rows(&account, &format!("{path}?page[size]=1000&filter[{filter}]={value}"));
        let all = count(&account, path);
        let some = u64::try_from(found.len()).unwrap();
        assert!(0 < some && some < all, "{filter} of {path}: {some} of {all}");
        let first = &found[0]["attributes"][&attribute];
        assert!(found.iter().all(|row| &row["attributes"][&attribute] == first), "{filter}");
    }
    assert!(account.requests().iter().all(|request| request.ignored_filters.is_empty()));
}

#[test]
fn a_contact_is_found_by_the_primary_address() {
    let account = account();
    let mail = account.edit(|data| {
        let contact = data.records(Kind::Contacts).next().unwrap();
        contact.attribute("contact-emails")[0]["value"].as_str().unwrap().to_owned()
    });
    let found = rows(&account, &format!("/contacts?filter[primary_email]={}", encoded(&mail)));
    assert!(!found.is_empty() && found.len() < 5);
}

#[test]
fn organizations_can_be_excluded_and_ranged() {
    let account = account();
    let count = |path: &str| count(&account, path);
    assert_eq!(count("/organizations?filter[exclude][id]=2100001,2100002"), 38);
    assert_eq!(count("/organizations?filter[exclude][name]=Fourth%20Coffee"), 39);
    assert_eq!(count("/organizations?filter[range]=2100001,2100010"), 10);
    assert_eq!(count("/organizations?filter[updated_at]=2026-01-01,*"), 40);
    assert_eq!(count("/organizations?filter[created_at]=2026-01-01,*"), 0);
    let active = count("/organizations?filter[organization_status_id]=310004");
    assert_eq!(active + count("/organizations?filter[organization_status_id]=310005"), 40);
    assert!(account.requests().iter().all(|request| request.ignored_filters.is_empty()));
}
