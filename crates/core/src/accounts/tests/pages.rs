use crate::accounts::{self, PageOf};
use crate::entry::Region;
use crate::error::{Error, Missing, Rule, SourceError};
use crate::ids::{ConnectionId, GrantId, OrganizationId, PasswordId};
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
    assert!(open(&scene, &PageOf::Account(ACCOUNT)).is_ok());
    let other = PageOf::Organization(ACCOUNT, OrganizationId::new(OTHER));
    assert!(is_denied(&open(&scene, &other), Action::OpenOrganizationPage));
}

#[test]
fn an_address_names_a_region_or_its_field_is_wrong() {
    let scene = bobs();
    let read = |text| accounts::read_address(scene.world.as_ref(), scene.unlock, text);
    assert_eq!(read("app"), Ok(Region::Us));
    let wrong = Error::Invalid { field: "account_address", rule: Rule::NotAnAppUrl };
    assert_eq!(read("elsewhere"), Err(wrong));
    scene.world.state().person = None;
    assert_eq!(read("app"), Err(Error::Locked));
}
