//! Lists over several pages, and servers whose pages do not add up.

use crate::script::{Script, json, page, password};
use itglue::{Error, Listed, OrganizationId, PagingFault, Step};

type Ended = Result<Listed, Error>;

/// The ids that came, how the listing ended, and the first lines of the requests.
async fn list(answers: Vec<String>) -> (Vec<String>, Ended, Vec<String>) {
    let script = Script::play(answers).await;
    let client = script.client();
    let mut ids = Vec::new();
    let passwords = client.organization(OrganizationId::new(7)).passwords();
    let done = passwords
        .each(&mut |step| match step {
            Step::Rows(page) => ids.extend(page.rows.iter().map(|row| row.id.to_string())),
            Step::Waiting(wait) => panic!("nothing to wait for: {wait:?}"),
        })
        .await;
    let heads = script.finish();
    let lines = heads.iter().map(|head| head.lines().next().unwrap().to_owned());
    (ids, done, lines.collect())
}

fn listed(rows: u64) -> Listed {
    Listed { rows, total_count: 9 }
}

fn rows(ids: std::ops::Range<u64>) -> Vec<String> {
    ids.map(|id| password(id, 7, "")).collect()
}

fn request(number: u64, size: u64) -> String {
    let path = "/organizations/7/relationships/passwords";
    format!("GET {path}?page%5Bnumber%5D={number}&page%5Bsize%5D={size}&sort=name HTTP/1.1")
}

#[tokio::test]
async fn pages_are_asked_for_one_by_one_and_rows_come_once() {
    let answers = vec![page(1, Some(2), &rows(1..1_001)), page(2, None, &rows(1_000..1_003))];
    let (ids, done, lines) = list(answers).await;
    assert_eq!(done, Ok(listed(1_002)));
    assert_eq!(ids, (1..1_003).map(|id| id.to_string()).collect::<Vec<_>>());
    assert_eq!(lines, [request(1, 1_000), request(2, 1_000)]);
}

#[tokio::test]
async fn an_empty_page_ends_the_list_even_if_more_is_announced() {
    let (ids, done, _) = list(vec![page(1, Some(2), &[])]).await;
    assert_eq!((ids.len(), done), (0, Ok(listed(0))));
}

#[tokio::test]
async fn links_of_an_answer_are_never_followed() {
    let body = r#"{"data":[],"meta":{"current-page":1,"next-page":null,"total-count":0},
        "links":{"next":"http://127.0.0.1:1/steal"}}"#;
    let (_, done, lines) = list(vec![json("200 OK", body)]).await;
    assert_eq!((done.map(|listed| listed.rows), lines.len()), (Ok(0), 1));
}

#[tokio::test]
async fn one_foreign_row_spoils_its_page() {
    let answer = page(1, None, &[password(1, 7, ""), password(2, 8, "")]);
    let (ids, done, _) = list(vec![answer]).await;
    let (expected, found) = (OrganizationId::new(7), Some(OrganizationId::new(8)));
    assert_eq!(done, Err(Error::ForeignOrganization { expected, found }));
    assert_eq!(ids.len(), 0);
}

#[tokio::test]
async fn an_answer_without_paging_data_is_malformed() {
    for body in [
        r#"{"data":[]}"#,
        r#"{"data":[],"meta":{}}"#,
        r#"{"data":[],"meta":{"current-page":1,"total-count":0}}"#,
    ] {
        let (_, done, _) = list(vec![json("200 OK", body)]).await;
        assert!(matches!(done, Err(Error::Malformed { .. })), "{body}: {done:?}");
    }
}

#[tokio::test]
async fn a_page_that_does_not_advance_is_an_error() {
    let (ids, done, _) = list(vec![page(1, Some(1), &rows(1..3))]).await;
    let fault = PagingFault::NotNext { current: 1, next: 1 };
    assert_eq!((ids.len(), done), (0, Err(Error::Paging(fault))));

    let answers = vec![page(1, Some(2), &rows(1..3)), page(1, Some(2), &rows(1..3))];
    let (ids, done, _) = list(answers).await;
    let fault = PagingFault::WrongPage { asked: 2, found: 1 };
    assert_eq!((ids.len(), done), (2, Err(Error::Paging(fault))));
}

#[tokio::test]
async fn a_page_too_hard_for_the_gateway_is_asked_for_in_halves() {
    let answers = vec![
        page(1, Some(2), &rows(1..1_001)),
        json("504 Gateway Timeout", r#"{"message":"Endpoint request timed out"}"#),
        json("502 Bad Gateway", ""),
        page(5, Some(6), &rows(1_001..1_251)),
        page(6, None, &rows(1_251..1_253)),
    ];
    let (ids, done, lines) = list(answers).await;
    assert_eq!((ids.len(), done), (1_252, Ok(listed(1_252))));
    let asked = [(1, 1_000), (2, 1_000), (3, 500), (5, 250), (6, 250)];
    assert_eq!(lines, asked.map(|(number, size)| request(number, size)));
}

#[tokio::test]
async fn the_first_page_is_halved_too_and_sets_the_size_for_the_others() {
    let answers = vec![
        json("504 Gateway Timeout", ""),
        page(1, Some(2), &rows(1..501)),
        page(2, None, &rows(501..503)),
    ];
    let (ids, done, lines) = list(answers).await;
    assert_eq!((ids.len(), done), (502, Ok(listed(502))));
    assert_eq!(lines, [request(1, 1_000), request(1, 500), request(2, 500)]);
}

#[tokio::test]
async fn halving_ends_with_the_fault_itself_after_three_tries_of_the_smallest() {
    let broken = || json("504 Gateway Timeout", "{}");
    let (_, done, lines) = list((0..6).map(|_| broken()).collect()).await;
    assert_eq!(done, Err(Error::UnexpectedStatus(504)));
    let asked = [1_000, 500, 250, 125, 125, 125].map(|size| request(1, size));
    assert_eq!(lines, asked);
}

#[tokio::test]
async fn a_server_with_smaller_pages_is_asked_in_its_own_size() {
    let answers = vec![page(1, Some(2), &rows(1..4)), page(2, None, &rows(4..6))];
    let (ids, _, lines) = list(answers).await;
    assert_eq!(ids.len(), 5);
    assert_eq!(lines, [request(1, 1_000), request(2, 3)]);
}

#[tokio::test]
async fn a_list_that_grows_meanwhile_is_followed_to_its_end() {
    let answers = vec![
        page(1, Some(2), &rows(1..1_001)),
        page(2, Some(3), &rows(1_001..2_001)),
        page(3, None, &rows(2_001..2_002)),
    ];
    let (ids, done, _) = list(answers).await;
    assert_eq!((ids.len(), done), (2_001, Ok(listed(2_001))));
}

#[tokio::test]
async fn a_full_page_of_known_rows_with_more_to_come_goes_nowhere() {
    let answers = vec![page(1, Some(2), &rows(1..1_001)), page(2, Some(3), &rows(1..1_001))];
    let (ids, done, _) = list(answers).await;
    let fault = PagingFault::Repeated { page: 2 };
    assert_eq!((ids.len(), done), (1_000, Err(Error::Paging(fault))));
}

#[tokio::test]
async fn a_fault_of_the_server_is_asked_about_three_times() {
    let broken = || json("500 Oops", "{}");
    let (_, done, lines) = list(vec![broken(), broken(), broken()]).await;
    assert_eq!((done, lines.len()), (Err(Error::UnexpectedStatus(500)), 3));
    let (ids, done, _) = list(vec![broken(), broken(), page(1, None, &rows(1..3))]).await;
    assert_eq!((ids.len(), done), (2, Ok(listed(2))));
}
