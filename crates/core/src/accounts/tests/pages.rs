use crate::accounts::{self, PageOf};
use crate::audit::{Outcome, What};
use crate::entry::{ChosenPassword, CredentialEntry, CredentialTarget, Region};
use crate::error::{Error, Missing, Rule, SourceError};
use crate::ids::{ConnectionId, CredentialEntryId, GrantId, OrganizationId, PasswordId};
use crate::policy::Action;
use crate::rights::{SourceRight, Subject};
use crate::testing::{ACCOUNT, BOB, CLIENT, OTHER, Scene, at_once, record};

/// Bob asks, who sees a list of the client's servers.
fn bobs() -> Scene {
    let scene = Scene::new();
    scene.world.state().records = vec![
        record("1", "Servers", false),
        record("2", "Bank", false),
        record("3", "Servers", true),
    ];
    scene.asks(BOB);
    scene
}

fn open(scene: &Scene, of: &PageOf) -> Result<String, Error> {
    at_once(accounts::open_page(scene.world.as_ref(), scene.unlock, of)).expect("ready")
}

fn page_of(organization: &str, id: &str) -> PageOf {
    PageOf::Record(ACCOUNT, OrganizationId::new(organization), PasswordId::new(id))
}

fn is_denied(opened: &Result<String, Error>, what: Action) -> bool {
    matches!(opened, Err(Error::Denied(denied)) if denied.action == what)
}

#[test]
fn a_list_that_is_seen_shows_its_own_records_and_its_organization() {
    let scene = bobs();
    assert!(open(&scene, &page_of(CLIENT, "1")).is_ok());
    let client = PageOf::Organization(ACCOUNT, OrganizationId::new(CLIENT));
    assert!(open(&scene, &client).is_ok());
    for outside in ["2", "3"] {
        let opened = open(&scene, &page_of(CLIENT, outside));
        assert!(is_denied(&opened, Action::OpenRecordPage), "{outside}: {opened:?}");
    }
}

#[test]
fn what_is_not_there_reads_like_what_a_list_does_not_hold() {
    let scene = bobs();
    let outside = open(&scene, &page_of(CLIENT, "2"));
    assert!(is_denied(&outside, Action::OpenRecordPage));
    assert_eq!(open(&scene, &page_of(CLIENT, "4")), outside);
    let log = scene.world.state().log.clone();
    let told: Vec<_> = log.iter().map(|e| (e.what, e.outcome, e.details.clone())).collect();
    let denied =
        |id: &str| (What::RecordPageOpened, Outcome::Denied, vec![("record", id.to_owned())]);
    assert_eq!(told, [denied("2"), denied("4")]);
    scene.alter("old", |standing| standing.fails = Some(SourceError::Unreachable));
    let unreachable = Error::Source(SourceError::Unreachable);
    assert_eq!(open(&scene, &page_of(CLIENT, "4")).err(), Some(unreachable), "no word of it");
}

#[test]
fn an_entry_that_names_a_record_says_that_it_is_gone() {
    let scene = bobs();
    scene.edit(|book| {
        let list = book.credentials.values().next().expect("the list").clone();
        let (id, name) = (PasswordId::new("4"), "Gone".to_owned());
        let target = CredentialTarget::Specific(ChosenPassword { id, name, username: None });
        let id = CredentialEntryId::from_bytes([0x12; 16]);
        book.credentials.insert(id, CredentialEntry { id, target, ..list });
    });
    let gone = open(&scene, &page_of(CLIENT, "4"));
    assert_eq!(gone.err(), Some(Error::Source(SourceError::NotFound)));
}

#[test]
fn what_nothing_names_is_not_even_asked_about() {
    let scene = bobs();
    let other = PageOf::Organization(ACCOUNT, OrganizationId::new(OTHER));
    assert!(is_denied(&open(&scene, &other), Action::OpenOrganizationPage));
    assert!(is_denied(&open(&scene, &page_of(OTHER, "1")), Action::OpenRecordPage));
    assert!(is_denied(&open(&scene, &PageOf::Account(ACCOUNT)), Action::OpenAccountPage));
    let elsewhere = PageOf::Account(ConnectionId::from_bytes([0x55; 16]));
    assert_eq!(open(&scene, &elsewhere).err(), Some(Error::NotFound(Missing::Connection)));
    assert_eq!(scene.world.asked(), []);
}

#[test]
fn source_shows_all_of_its_organization_and_the_account() {
    let scene = bobs();
    let right = SourceRight {
        id: GrantId::from_bytes([0x11; 16]),
        subject: Subject::Person(BOB),
        connection: ACCOUNT,
        organization: Some(OrganizationId::new(CLIENT)),
    };
    scene.edit(|book| {
        book.sources.insert(right.id, right);
    });
    for id in ["1", "2", "3"] {
        assert!(open(&scene, &page_of(CLIENT, id)).is_ok(), "{id}");
    }
    let gone = open(&scene, &page_of(CLIENT, "4"));
    assert_eq!(gone.err(), Some(Error::Source(SourceError::NotFound)));
    assert!(open(&scene, &PageOf::Account(ACCOUNT)).is_ok());
    let other = PageOf::Organization(ACCOUNT, OrganizationId::new(OTHER));
    assert!(is_denied(&open(&scene, &other), Action::OpenOrganizationPage));
}

#[test]
fn an_address_names_a_region_or_its_field_is_wrong() {
    let scene = bobs();
    let read = |text| {
        at_once(accounts::read_address(scene.world.as_ref(), scene.unlock, text)).expect("ready")
    };
    assert_eq!(read("app"), Ok(Region::Us));
    let wrong = Error::Invalid { field: "account_address", rule: Rule::NotAnAppUrl };
    assert_eq!(read("elsewhere"), Err(wrong));
    scene.world.state().person = None;
    assert_eq!(read("app"), Err(Error::Locked));
}

#[test]
fn a_page_or_list_that_is_denied_leaves_one_row() {
    let scene = bobs();
    let other = PageOf::Organization(ACCOUNT, OrganizationId::new(OTHER));
    assert!(is_denied(&open(&scene, &other), Action::OpenOrganizationPage));
    let (ports, unlock) = (scene.world.as_ref(), scene.unlock);
    let listed = accounts::organizations(ports, unlock, ACCOUNT);
    assert!(matches!(at_once(listed), Some(Err(Error::Denied(_)))));
    let organization = OrganizationId::new(CLIENT);
    let mut nothing = |_| panic!("no row may come");
    let browsed = accounts::browse(ports, unlock, ACCOUNT, &organization, &mut nothing);
    assert!(matches!(at_once(browsed), Some(Err(Error::Denied(_)))));
    let log = scene.world.state().log.clone();
    let told: Vec<_> = log.iter().map(|e| (e.person, e.what, e.outcome)).collect();
    let denied = |what| (BOB, what, Outcome::Denied);
    let (page, list) = (What::AccountPageOpened, What::AccountBrowsed);
    assert_eq!(told, [denied(page), denied(list), denied(list)]);
    assert!(log.iter().all(|event| event.about.connection == Some(ACCOUNT)));
}
