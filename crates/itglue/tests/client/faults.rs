//! Every fault that an account can have, for a list and for a value.

use std::time::Duration;

use itglue::{Client, Error, Excess, OrganizationId, PagingFault, PasswordId, UnreachableKind};
use usher_sandbox::account::Fault;

use crate::stand_in::{Watched, account, client, impatient, planted};

const LIST: usize = 8 * 1024 * 1024;
const SINGLE: usize = 256 * 1024;

/// An account with a planted password, and how the two kinds of question end there.
struct Scene {
    account: Watched,
    client: Client,
    organization: OrganizationId,
    id: PasswordId,
    planted: String,
}

impl Scene {
    fn new() -> Self {
        let account = account();
        let client = client(&account);
        let (organization, id, planted) = planted(&account);
        Self { account, client, organization, id, planted }
    }

    async fn value(&self) -> Result<String, Error> {
        let value = self.client.organization(self.organization).password_value(self.id).await;
        value.map(|found| found.value.as_str().to_owned())
    }

    async fn list(&self) -> Result<usize, Error> {
        let rows = self.client.organization(self.organization).passwords().all().await;
        rows.map(|rows| rows.len())
    }

    /// Both questions under a fault; without it both are answered again.
    async fn under(&self, fault: Fault) -> (Result<usize, Error>, Result<String, Error>) {
        self.account.set_fault(fault).unwrap();
        let ends = (self.list().await, self.value().await);
        self.account.clear_fault().unwrap();
        assert_eq!(self.list().await, Ok(215), "after {fault:?}");
        assert_eq!(self.value().await.as_ref(), Ok(&self.planted), "after {fault:?}");
        ends
    }

    async fn both(&self, fault: Fault, expected: Error) {
        let ends = self.under(fault).await;
        assert_eq!(ends, (Err(expected.clone()), Err(expected)), "{fault:?}");
    }
}

fn malformed(path: &str) -> Error {
    Error::Malformed { path: path.to_owned() }
}

#[tokio::test]
async fn faults_of_the_connection_have_their_own_names() {
    let scene = Scene::new();
    scene.both(Fault::Down, Error::Unreachable(UnreachableKind::Connect)).await;
    scene.both(Fault::Reset, Error::CutShort).await;
    scene.both(Fault::CutShort, Error::CutShort).await;
    scene.both(Fault::CutShortChunked, Error::CutShort).await;
    scene.both(Fault::KeyRevoked, Error::KeyRefused).await;
    scene.both(Fault::ServerError(500), Error::UnexpectedStatus(500)).await;
    scene.both(Fault::ServerError(503), Error::UnexpectedStatus(503)).await;
}

#[tokio::test]
async fn bodies_that_are_no_answer_are_malformed() {
    let scene = Scene::new();
    scene.both(Fault::Html, malformed(".")).await;
    let (list, value) = scene.under(Fault::HalfBody).await;
    assert!(matches!(list, Err(Error::Malformed { .. })), "{list:?}");
    assert!(matches!(value, Err(Error::Malformed { .. })), "{value:?}");
    let (list, value) = scene.under(Fault::WrongType).await;
    assert_eq!((list, value), (Err(malformed("data[0].type")), Err(malformed("data.type"))));
    let (list, _) = scene.under(Fault::NoMeta).await;
    assert_eq!(list, Err(malformed(".")));
}

#[tokio::test]
async fn bodies_without_end_are_capped_while_they_come() {
    let scene = Scene::new();
    for fault in [Fault::Endless, Fault::Bomb { mebibytes: 300 }] {
        scene.account.set_fault(fault).unwrap();
        assert_eq!(scene.list().await, Err(Error::TooLarge { limit: LIST }), "{fault:?}");
        assert_eq!(scene.value().await, Err(Error::TooLarge { limit: SINGLE }), "{fault:?}");
    }
}

#[tokio::test]
async fn depth_and_text_are_capped() {
    let scene = Scene::new();
    scene.both(Fault::DeepJson { depth: 100 }, Error::Excessive(Excess::Depth { most: 32 })).await;
    let (_, value) = scene.under(Fault::HugeText { bytes: 200_000 }).await;
    assert_eq!(value, Err(Error::Excessive(Excess::Text { most: 128 * 1024 })));
    let (list, _) = scene.under(Fault::HugeText { bytes: 3_000_000 }).await;
    assert_eq!(list, Err(Error::Excessive(Excess::Text { most: 2 * 1024 * 1024 })));
}

#[tokio::test]
async fn what_stands_twice_in_a_row_is_refused() {
    let scene = Scene::new();
    for member in ["id", "password"] {
        let (list, value) = scene.under(Fault::Twice(member)).await;
        assert!(matches!(list, Err(Error::Malformed { .. })), "{member}: {list:?}");
        assert!(matches!(value, Err(Error::Malformed { .. })), "{member}: {value:?}");
    }
}

#[tokio::test]
async fn wrong_types_of_attributes_are_named_by_their_path() {
    let scene = Scene::new();
    for (name, json) in [
        ("name", "12"),
        ("archived", r#""yes""#),
        ("password-category-id", "1.5"),
        ("updated-at", r#""yesterday""#),
        ("resource-id", "-3"),
    ] {
        let (list, value) = scene.under(Fault::Attribute { name, json }).await;
        assert_eq!(list, Err(malformed(&format!("data[0].attributes.{name}"))));
        assert_eq!(value, Err(malformed(&format!("data.attributes.{name}"))));
    }
}

#[tokio::test]
async fn foreign_rows_and_other_records_are_refused() {
    let scene = Scene::new();
    let (list, value) = scene.under(Fault::ForeignRow).await;
    for error in [list.unwrap_err(), value.unwrap_err()] {
        assert!(matches!(error, Error::ForeignOrganization { .. }), "{error:?}");
    }
    scene.account.set_fault(Fault::WrongId).unwrap();
    let error = scene.value().await.unwrap_err();
    assert!(matches!(error, Error::WrongRecord { .. }), "{error:?}");
}

#[tokio::test]
async fn redirects_are_errors() {
    let scene = Scene::new();
    for status in [301, 302, 303, 307, 308] {
        let fault = Fault::Redirect { status, to: "http://127.0.0.1:1/" };
        scene.both(fault, Error::UnexpectedRedirect(status)).await;
    }
}

#[tokio::test]
async fn links_are_not_followed_and_values_in_lists_dropped() {
    let scene = Scene::new();
    for fault in [Fault::Links { to: "http://127.0.0.1:1/" }, Fault::ValuesInList] {
        let (list, value) = scene.under(fault).await;
        assert_eq!((list, value.as_ref()), (Ok(215), Ok(&scene.planted)), "{fault:?}");
    }
}

#[tokio::test]
async fn pages_that_do_not_add_up_end_the_list() {
    let scene = Scene::new();
    let stuck = PagingFault::NotNext { current: 1, next: 1 };
    let (list, _) = scene.under(Fault::StuckPages).await;
    assert_eq!(list, Err(Error::Paging(stuck)));
}

#[tokio::test]
async fn an_answer_that_dribbles_or_does_not_come_is_timed_out() {
    let account = account();
    let (organization, id, _) = planted(&account);
    let client = impatient(&account, Duration::from_secs(1));
    let scoped = client.organization(organization);
    let dribble = Fault::Dribble { piece: 16, pause: Duration::from_millis(50) };
    for fault in [Fault::Slow(Duration::from_mins(1)), dribble] {
        account.set_fault(fault).unwrap();
        account.forget_requests();
        let value = scoped.password_value(id).await.map(drop);
        assert_eq!(value, Err(Error::TimedOut { connected: true }), "{fault:?}");
        assert_eq!(account.requests().len(), 3, "three tries");
    }
}

#[tokio::test]
async fn what_passes_within_three_tries_is_not_noticed() {
    let scene = Scene::new();
    for status in [500, 502, 503, 504] {
        scene.account.set_fault(Fault::ServerError(status).times(2)).unwrap();
        assert_eq!(scene.value().await.as_ref(), Ok(&scene.planted), "{status}");
        scene.account.set_fault(Fault::ServerError(status).times(2)).unwrap();
        assert_eq!(scene.list().await, Ok(215), "{status}");
    }
    scene.account.set_fault(Fault::Reset.times(2)).unwrap();
    assert_eq!(scene.value().await.as_ref(), Ok(&scene.planted));
}

#[tokio::test]
async fn refusals_are_not_asked_about_again() {
    let scene = Scene::new();
    for status in [401, 403, 404, 400, 422] {
        scene.account.set_fault(Fault::ServerError(status)).unwrap();
        scene.account.forget_requests();
        assert!(scene.value().await.is_err());
        assert_eq!(scene.account.requests().len(), 1, "{status}");
    }
}
