use std::collections::HashSet;

use usher_sandbox::account::{Account, AccountData, Kind, PasswordRow};

fn all(data: &AccountData) -> Vec<(u64, u64, String, String)> {
    let row = |p: &PasswordRow| (p.id, p.organization_id, p.name.clone(), p.value.clone());
    data.passwords().map(row).collect()
}

#[test]
fn a_seed_gives_the_same_records_and_another_seed_others() {
    let data = Account::seeded(5);
    assert_eq!(all(&data), all(&Account::seeded(5)));
    assert_ne!(all(&data), all(&Account::seeded(6)));
    assert_eq!((data.organizations().count(), data.passwords().count()), (40, 3_000));
    let values: HashSet<_> = data.passwords().map(|p| &p.value).collect();
    assert_eq!(values.len(), 3_000);
}

#[test]
fn every_kind_of_record_occurs() {
    let data = Account::seeded(5);
    let some = |test: fn(&PasswordRow) -> bool| data.passwords().any(test);
    assert!(some(|p| p.archived));
    assert!(some(|p| p.restricted));
    assert!(some(|p| p.personal));
    assert!(some(|p| p.otp_enabled));
    assert!(some(|p| p.vault_id.is_some()));
    assert!(some(|p| p.username.is_none()));
    assert!(some(|p| p.category.is_none()));
    assert!(some(|p| p.resource.is_some()));
    assert!(some(|p| !p.name.is_ascii()));
    assert!(data.organizations().any(|o| o.id > 1 << 53));
}

#[test]
fn what_is_around_the_passwords_is_the_same_each_time() {
    let shape = |data: &AccountData| {
        let rows = |kind| data.records(kind).map(|r| (r.id, r.attributes.clone()));
        rows(Kind::Configurations).chain(rows(Kind::Documents)).collect::<Vec<_>>()
    };
    assert_eq!(shape(&Account::seeded(5)), shape(&Account::seeded(5)));
    assert_ne!(shape(&Account::seeded(5)), shape(&Account::seeded(6)));
}

#[test]
fn an_embedded_password_names_a_record_of_the_same_organization_and_name() {
    let data = Account::seeded(5);
    let mut seen = HashSet::new();
    for (row, resource) in data.passwords().filter_map(|p| Some((p, p.resource.as_ref()?))) {
        let kind = match resource.kind.as_str() {
            "configurations" => Kind::Configurations,
            "domains" => Kind::Domains,
            "flexible-asset-traits" => Kind::FlexibleAssets,
            other => panic!("{other}"),
        };
        let found = data.record(kind, resource.id).unwrap();
        assert_eq!(found.organization_id, Some(row.organization_id));
        assert_eq!(found.name(), resource.name);
        seen.insert(kind);
    }
    assert_eq!(seen.len(), 3);
}

#[test]
fn a_folder_belongs_to_the_organization_of_its_passwords() {
    let data = Account::seeded(5);
    let inside: Vec<_> = data.passwords().filter_map(|p| Some((p, p.folder_id?))).collect();
    assert!(inside.len() > 100);
    for (row, folder) in inside {
        let folder = data.record(Kind::PasswordFolders, folder).unwrap();
        assert_eq!(folder.organization_id, Some(row.organization_id));
    }
}

#[test]
fn an_account_can_be_of_any_size() {
    let large = Account::of_size(1, 1, 20_000);
    assert_eq!((large.organizations().count(), large.passwords().count()), (1, 20_000));
    let wide = Account::of_size(1, 90, 1_000);
    assert_eq!((wide.organizations().count(), wide.passwords().count()), (90, 1_000));
    let names: HashSet<_> = wide.organizations().map(|o| &o.name).collect();
    assert_eq!(names.len(), 90);
}

#[test]
fn time_passes_by_a_second_per_change() {
    let mut data = Account::seeded(5);
    let id = data.passwords().next().unwrap().id;
    data.archive(id).unwrap();
    let first = data.password(id).unwrap().updated_at;
    data.rotate(id, "another").unwrap();
    let second = data.password(id).unwrap();
    assert_eq!(second.updated_at.as_second() - first.as_second(), 1);
    assert_eq!(second.password_updated_at, second.updated_at);
}
