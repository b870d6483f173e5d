//! Lists over several pages, and servers whose pages do not add up.

use crate::script::{Script, json, page, password};
use itglue::{Error, Page, PagingFault, PasswordRecord};

/// The ids that came, how the listing ended, and the first lines of the requests.
async fn list(answers: Vec<String>) -> (Vec<String>, Result<(), Error>, Vec<String>) {
    let script = Script::play(answers).await;
    let client = script.client();
    let mut ids = Vec::new();
    let done = client
        .organization("7".parse().unwrap())
        .passwords(&mut |page: Page<PasswordRecord>| {
            ids.extend(page.rows.iter().map(|row| row.id.to_string()));
        })
        .await;
    let heads = script.finish();
    let lines = heads.iter().map(|head| head.lines().next().unwrap().to_owned());
    (ids, done, lines.collect())
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
    let answers = vec![page(1, Some(2), &rows(1..4)), page(2, None, &rows(3..6))];
    let (ids, done, lines) = list(answers).await;
    assert_eq!(done, Ok(()));
    assert_eq!(ids, ["1", "2", "3", "4", "5"]);
    assert_eq!(lines, [request(1, 1_000), request(2, 1_000)]);
}

#[tokio::test]
async fn an_empty_page_ends_the_list_even_if_more_is_announced() {
    let (ids, done, _) = list(vec![page(1, Some(2), &[])]).await;
    assert_eq!((ids.len(), done), (0, Ok(())));
}

#[tokio::test]
async fn links_of_an_answer_are_never_followed() {
    let body = r#"{"data":[],"meta":{"current-page":1,"next-page":null,"total-count":0},
        "links":{"next":"http://127.0.0.1:1/steal"}}"#;
    let (_, done, lines) = list(vec![json("200 OK", body)]).await;
    assert_eq!((done, lines.len()), (Ok(()), 1));
}

#[tokio::test]
async fn one_foreign_row_spoils_its_page() {
    let answer = page(1, None, &[password(1, 7, ""), password(2, 8, "")]);
    let (ids, done, _) = list(vec![answer]).await;
    let (expected, found) = ("7".parse().unwrap(), "8".parse().unwrap());
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
        page(5, None, &rows(1_001..1_003)),
    ];
    let (ids, done, lines) = list(answers).await;
    assert_eq!((ids.len(), done), (1_002, Ok(())));
    let asked = [request(1, 1_000), request(2, 1_000), request(3, 500), request(5, 250)];
    assert_eq!(lines, asked);
}

#[tokio::test]
async fn halving_ends_with_the_fault_itself() {
    let broken = || json("504 Gateway Timeout", "{}");
    let (_, done, lines) = list(vec![broken(), broken(), broken(), broken()]).await;
    assert_eq!(done, Err(Error::UnexpectedStatus(504)));
    assert_eq!(lines.last(), Some(&request(1, 125)));
}

#[tokio::test]
async fn other_faults_are_not_asked_for_again() {
    let (_, done, lines) = list(vec![json("500 Oops", "{}")]).await;
    assert_eq!((done, lines.len()), (Err(Error::UnexpectedStatus(500)), 1));
}
