//! What each subcommand gives, for scripts and for people.

use std::collections::HashSet;

use serde_json::Value;
use usher_sandbox::account::{Fault, Kind};

use crate::program::{Ran, World, run_unheard};

/// The rows of a successful run, each with an id of its own and this type.
fn rows(ran: &Ran, kind: &str) -> Vec<Value> {
    assert_eq!(ran.code, 0, "{}", ran.err);
    let objects = ran.objects();
    let ids: HashSet<&str> = objects.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), objects.len());
    assert!(objects.iter().all(|row| row["type"] == kind));
    objects
}

#[test]
fn check_says_how_many_organizations_the_key_sees() {
    let world = World::new();
    let checked = world.ask(&["check", "--json"]);
    assert_eq!(checked.objects(), [serde_json::json!({"verdict": "good", "organizations": 40})]);
    assert!(world.ask(&["check"]).out.contains("Organizations it sees: 40"));
}

#[test]
fn organizations_are_all_of_them_under_the_apis_own_names() {
    let world = World::new();
    let organizations = rows(&world.ask(&["organizations", "--json"]), "organizations");
    assert_eq!(organizations.len(), 40);
    assert!(organizations.iter().all(|row| row["organization-status-name"].is_string()));
    assert_eq!(world.account.unexpected_requests(), []);
}

#[test]
fn archived_passwords_come_only_with_all() {
    let world = World::new();
    world.account.edit(|data| data.archive(world.password)).unwrap();
    let (organization, planted) = (world.organization.to_string(), world.password.to_string());
    let own = |row: &&Value| row["organization-id"] == world.organization;
    let list = |more: &[&str]| {
        let words = [&["passwords", "--organization", &organization, "--json"], more].concat();
        rows(&world.ask(&words), "passwords")
    };
    let (active, all) = (list(&[]), list(&["--all"]));
    assert!(active.iter().all(|row| row["archived"] != true));
    assert!(all.iter().any(|row| row["id"] == planted));
    let of_account = world.account.edit(|data| {
        data.passwords().filter(|row| row.organization_id == world.organization).count()
    });
    assert_eq!(all.iter().filter(own).count(), of_account);
    assert!(active.len() < all.len());
}

#[test]
fn passwords_are_narrowed_by_category_and_name() {
    let world = World::new();
    let organization = world.organization.to_string();
    let list = |more: &[&str]| {
        let words = [&["passwords", "--organization", &organization, "--json"], more].concat();
        rows(&world.ask(&words), "passwords")
    };
    let named = list(&["--name", "Planted"]);
    assert_eq!(
        named.iter().map(|row| row["id"].clone()).collect::<Vec<_>>(),
        [world.password.to_string()]
    );
    let some = list(&[]).iter().find_map(|row| row["password-category-id"].as_u64()).unwrap();
    let of_category = list(&["--category", &some.to_string()]);
    assert!(!of_category.is_empty());
    assert!(of_category.iter().all(|row| row["password-category-id"] == some));
    assert_eq!(list(&["--category", "1"]).len(), 0);
}

#[test]
fn show_gives_the_value_with_and_without_the_organization() {
    let world = World::new();
    let id = world.password.to_string();
    for shown in [world.show(), world.ask(&["show", &id, "--json"])] {
        let row = rows(&shown, "passwords").remove(0);
        assert_eq!(row["password"], world.value);
        assert_eq!((&row["name"], &row["username"]), (&"Planted".into(), &"u".into()));
    }
    let words = world.ask(&["show", &id]);
    assert!(words.out.contains(&format!("\nPassword: {}\n", world.value)), "{}", words.out);
    assert_eq!(world.account.unexpected_requests(), []);
}

#[test]
fn configurations_documents_and_flexible_assets_are_listed() {
    let world = World::new();
    let organization = world.organization.to_string();
    let counted = |kind, own: bool| {
        let own = |of: Option<u64>| !own || of == Some(world.organization);
        world.account.edit(|data| data.records(kind).filter(|row| own(row.organization_id)).count())
    };
    let list = |words: &[&str], kind: &str| rows(&world.ask(&[words, &["--json"]].concat()), kind);
    let own = ["--organization", organization.as_str()];
    let of_all = list(&["configurations"], "configurations");
    assert_eq!(of_all.len(), counted(Kind::Configurations, false));
    let configurations = list(&["configurations", own[0], own[1]], "configurations");
    assert_eq!(configurations.len(), counted(Kind::Configurations, true));
    assert!(configurations.iter().any(|row| row["hostname"].is_string()));
    let documents = list(&["documents", own[0], own[1]], "documents");
    assert_eq!(documents.len(), counted(Kind::Documents, true));
    assert!(!documents.is_empty());

    let kind = world.account.edit(|data| data.records(Kind::FlexibleAssetTypes).next().unwrap().id);
    let kind = kind.to_string();
    let assets = list(&["flexible-assets", "--type", &kind], "flexible-assets");
    let own_assets = list(&["flexible-assets", "--type", &kind, own[0], own[1]], "flexible-assets");
    assert!(!assets.is_empty() && own_assets.len() < assets.len());
    assert!(own_assets.iter().all(|row| row["organization-id"] == world.organization));
    assert_eq!(world.account.unexpected_requests(), []);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let world = World::new();
    let (base, key) = (world.account.base_url(), world.account.api_key());
    for form in [&["--json"][..], &[]] {
        let words = [&["configurations", "--base", &base], form].concat();
        let ran = run_unheard(&words, &key);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    }
}

#[test]
fn a_table_is_aligned_and_obeys_no_escape_sequence_of_a_record() {
    let world = World::new();
    let odd = "Odd \u{1b}[2J name";
    world.account.edit(|data| data.change(world.password, |row| row.name = odd.into())).unwrap();
    let organization = world.organization.to_string();
    let table = world.ask(&["passwords", "--organization", &organization]).out;
    let titles = table.lines().next().unwrap();
    let (id, name) = (titles.find("ID").unwrap(), titles.find("NAME").unwrap());
    assert_eq!((id, name), (0, 9), "{titles}");
    assert!(table.lines().skip(1).all(|line| line.as_bytes()[name - 1] == b' '), "{table}");
    assert!(table.contains("Odd  [2J name") && !table.contains('\u{1b}'));
}

#[test]
fn stats_are_told_on_standard_error_after_success_and_failure() {
    let world = World::new();
    let organization = world.organization.to_string();
    let listed =
        world.ask(&["passwords", "--organization", &organization, "--all", "--json", "--stats"]);
    let rows = listed.out.lines().count();
    assert!(listed.err.starts_with(&format!("requests=1 rows={rows} seconds=")), "{}", listed.err);
    let number = |name: &str| -> usize {
        let field = listed.err.split_whitespace().find_map(|word| word.strip_prefix(name));
        field.unwrap().parse().unwrap()
    };
    assert!(number("bytes=") > rows * 100);
    assert!(number("peak_memory=") > number("bytes="), "the page itself is held");
    let failed = world.ask_with("ITG.unknown", &["check", "--stats"]);
    assert!(failed.err.contains("requests=1 rows=0 "), "{}", failed.err);
}

#[test]
fn a_list_that_has_to_wait_says_so() {
    let world = World::new();
    let limited = Fault::RateLimited { retry_after: Some(1) };
    world.account.set_fault(limited.times(1)).unwrap();
    let listed = world.ask(&["organizations", "--json"]);
    assert_eq!(rows(&listed, "organizations").len(), 40);
    assert!(listed.err.contains("Waiting 1 s"), "{}", listed.err);
}
