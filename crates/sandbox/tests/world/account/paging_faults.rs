//! Pages that repeat, never end, or do not advance.

use std::collections::HashSet;

use serde_json::Value;
use usher_sandbox::account::Fault;

use super::http::{account, ask, ids};

fn page(number: usize) -> String {
    format!("/passwords?page[size]=1000&page[number]={number}")
}

#[test]
fn endless_pages_repeat_or_have_fresh_rows() {
    let account = account();
    account.set_fault(Fault::EndlessPages { fresh: false }).unwrap();
    assert_eq!(ids(&account, &page(5)), ids(&account, &page(2)));
    let meta = ask(&account, &page(5))["meta"].clone();
    assert_eq!((&meta["current-page"], &meta["next-page"]), (&5.into(), &6.into()));
    account.set_fault(Fault::EndlessPages { fresh: true }).unwrap();
    let seen: HashSet<_> = (1..6).flat_map(|number| ids(&account, &page(number))).collect();
    assert_eq!(seen.len(), 5_000);
    assert_eq!(ask(&account, &page(900))["meta"]["next-page"], 901);
}

#[test]
fn rows_may_move_to_the_next_page_meanwhile() {
    let account = account();
    let all: Vec<_> = (1..4).flat_map(|number| ids(&account, &page(number))).collect();
    account.set_fault(Fault::DuplicateRows { by: 10 }).unwrap();
    let (first, second) = (ids(&account, &page(1)), ids(&account, &page(2)));
    assert_eq!(first[990..], second[..10]);
    let moved: Vec<_> = (1..5).flat_map(|number| ids(&account, &page(number))).collect();
    assert_eq!(moved.len(), 3_010);
    assert_eq!(HashSet::<_>::from_iter(&moved), HashSet::<_>::from_iter(&all));
}

#[test]
fn a_page_may_not_advance() {
    let account = account();
    account.set_fault(Fault::SamePage).unwrap();
    assert_eq!(ids(&account, &page(3)), ids(&account, &page(1)));
    assert_eq!(ask(&account, &page(3))["meta"]["current-page"], 1);
    account.set_fault(Fault::StuckPages).unwrap();
    let meta = ask(&account, &page(2))["meta"].clone();
    assert_eq!((&meta["current-page"], &meta["next-page"]), (&2.into(), &2.into()));
}

#[test]
fn a_list_may_lack_its_meta_or_link_elsewhere() {
    let account = account();
    account.set_fault(Fault::NoMeta).unwrap();
    assert_eq!(ask(&account, &page(1)).get("meta"), None);
    account.set_fault(Fault::Links { to: "https://b.invalid/x" }).unwrap();
    let links = ask(&account, &page(3))["links"].as_object().unwrap().clone();
    assert!(["self", "next"].iter().all(|name| links.contains_key(*name)));
    assert!(links.values().all(|link: &Value| link == "https://b.invalid/x"));
}
