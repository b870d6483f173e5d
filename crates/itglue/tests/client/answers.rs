//! What single answers lead to, each from a server that knows no other.

use std::time::Duration;

use crate::script::{Script, canary, json, page, password, shown, with_header};
use itglue::{Error, OrganizationId, Password, PasswordId, Record, UnreachableKind, Verdict};

async fn check(answers: Vec<String>) -> Verdict {
    let script = Script::play(answers).await;
    let verdict = script.client().check().await;
    script.finish();
    verdict
}

/// How a record is refused that is answered this way, once.
async fn refused(answer: String) -> Error {
    let script = Script::play(vec![answer]).await;
    let client = script.client();
    let error = client.organization(OrganizationId::new(7)).password(PasswordId::new(1)).await;
    script.finish();
    error.unwrap_err()
}

async fn value(answer: String) -> Result<String, Error> {
    values(vec![answer]).await
}

async fn values(answers: Vec<String>) -> Result<String, Error> {
    let script = Script::play(answers).await;
    let client = script.client();
    let scoped = client.organization(OrganizationId::new(7));
    let value = scoped.password_value(PasswordId::new(1)).await;
    script.finish();
    value.map(|found| found.value.as_str().to_owned())
}

async fn list(answers: Vec<String>) -> Result<Vec<Record<Password>>, Error> {
    let script = Script::play(answers).await;
    let client = script.client();
    let rows = client.organization(OrganizationId::new(7)).passwords().all().await;
    script.finish();
    rows
}

fn malformed<T>(path: &str) -> Result<T, Error> {
    Err(Error::Malformed { path: path.to_owned() })
}

#[tokio::test]
async fn a_redirect_is_an_error_and_the_key_stays_here() {
    let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let location = format!("location: http://{}/", elsewhere.local_addr().unwrap());
    for status in ["301 A", "302 A", "303 A", "307 A", "308 A"] {
        let error = refused(with_header(status, &location, "")).await;
        assert!(matches!(error, Error::UnexpectedRedirect(301..309)), "{error:?}");
    }
    let arrived = elsewhere.accept().map(drop).map_err(|e| e.kind());
    assert_eq!(arrived, Err(std::io::ErrorKind::WouldBlock));
}

#[tokio::test]
async fn the_key_goes_in_its_header_and_nowhere_else() {
    let script = Script::play(vec![page(1, None, &[])]).await;
    assert_eq!(script.client().check().await, Verdict::Good { organizations: 9 });
    let head = script.finish().remove(0);
    let line = head.lines().next().unwrap();
    assert_eq!(line, "GET /organizations?page%5Bnumber%5D=1&page%5Bsize%5D=1 HTTP/1.1");
    assert_eq!(head.matches("ITG.").count(), 1);
    assert!(head.contains("\r\nx-api-key: ITG."));
    assert!(head.contains(itglue::TEST_DOOR_MARKER));
    assert!(head.contains("\r\naccept-encoding: gzip"), "{head}");
}

#[tokio::test]
async fn statuses_are_told_apart_whatever_their_body() {
    for body in [r#"{"message":"Forbidden"}"#, "<html>", ""] {
        assert_eq!(refused(json("403 Forbidden", body)).await, Error::KeyRefused);
        assert_eq!(check(vec![json("403 Forbidden", body)]).await, Verdict::Refused);
    }
    assert_eq!(refused(json("401 Unauthorized", "{}")).await, Error::NotAllowed);
    assert_eq!(refused(json("404 Not Found", "{}")).await, Error::NotFound);
    assert_eq!(refused(json("400 Bad Request", "{}")).await, Error::UnexpectedStatus(400));
    assert_eq!(refused(json("204 No Content", "")).await, Error::UnexpectedStatus(204));
    let unnamed = Error::Unprocessable { field: None };
    assert_eq!(refused(json("422 Unprocessable Entity", "<html>")).await, unnamed);
}

#[tokio::test]
async fn a_key_that_may_not_list_organizations_is_odd_and_not_refused() {
    let odd = check(vec![json("401 Unauthorized", "{}")]).await;
    assert_eq!(odd, Verdict::Odd(Error::NotAllowed));
    let odd = check(vec![json("200 OK", "<html>")]).await;
    assert_eq!(odd, Verdict::Odd(Error::Malformed { path: ".".to_owned() }));
}

#[tokio::test]
async fn a_single_call_does_not_wait_long_for_the_rate_limit() {
    for (header, seconds) in [("retry-after: 17", 17), ("x-other: 1\r\nRetry-After: 299", 299)] {
        let error = refused(with_header("429 Slow Down", header, "{}")).await;
        let Error::RateLimited { retry_after: Some(wait) } = error else { panic!("{error:?}") };
        let asked = Duration::from_secs(seconds);
        assert!(wait <= asked && wait + Duration::from_secs(1) > asked, "{header}: {wait:?}");
    }
    let verdict = check(vec![with_header("429 Slow Down", "retry-after: 60", "")]).await;
    assert!(matches!(verdict, Verdict::RateLimited { retry_after: Some(_) }), "{verdict:?}");
}

#[tokio::test]
async fn a_short_wait_for_the_rate_limit_is_waited_for() {
    let text = canary("value");
    let row = password(1, 7, &format!(r#","password":"{text}""#));
    let limited = with_header("429 Slow Down", "retry-after: 1", "{}");
    let began = std::time::Instant::now();
    assert_eq!(values(vec![limited.clone(), limited, shown(&row)]).await, Ok(text));
    assert!(began.elapsed() >= Duration::from_millis(1_900), "two waits of a second");
}

#[tokio::test]
async fn a_key_without_password_access_is_recognised_in_both_forms() {
    let refused = value(json("401 Unauthorized", "{}")).await;
    assert_eq!(refused, Err(Error::NoPasswordAccess));
    let withheld = value(shown(&password(1, 7, ""))).await;
    assert_eq!(withheld, Err(Error::NoPasswordAccess));
}

#[tokio::test]
async fn a_value_comes_only_from_the_record_that_was_asked_for() {
    let text = canary("value");
    let row = |id, organization| password(id, organization, &format!(r#","password":"{text}""#));
    assert_eq!(value(shown(&row(1, 7))).await, Ok(text.clone()));
    let foreign = value(shown(&row(1, 8))).await.unwrap_err();
    let (expected, found) = (OrganizationId::new(7), Some(OrganizationId::new(8)));
    assert_eq!(foreign, Error::ForeignOrganization { expected, found });
    let wrong = value(shown(&row(2, 7))).await.unwrap_err();
    assert_eq!(wrong, Error::WrongRecord { expected: 1, found: 2 });
}

#[tokio::test]
async fn a_vaulted_or_empty_record_has_no_value_to_give() {
    let vaulted = |password: &str| format!(r#","vault-id":77{password}"#);
    for attribute in ["", r#","password":null"#, r#","password":"ciphertext""#] {
        let row = password(1, 7, &vaulted(attribute));
        assert_eq!(value(shown(&row)).await, Err(Error::Vaulted), "{attribute}");
    }
    let empty = password(1, 7, r#","password":null"#);
    assert_eq!(value(shown(&empty)).await, Err(Error::NoPassword));
}

#[tokio::test]
async fn a_row_that_does_not_say_whose_it_is_is_refused() {
    let row = r#"{"id":"1","type":"passwords","attributes":{"name":"n","password":"x"}}"#;
    let expected = OrganizationId::new(7);
    let unknown = Error::ForeignOrganization { expected, found: None };
    assert_eq!(value(shown(row)).await, Err(unknown.clone()));
    assert_eq!(list(vec![page(1, None, &[row.to_owned()])]).await, Err(unknown));
}

#[tokio::test]
async fn a_body_that_ends_early_is_cut_short_after_three_tries() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"data\":[".to_owned();
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"dat\r\n".to_owned();
    for answer in [cut, chunked, "HTTP/1.1 200".to_owned()] {
        let answers = vec![answer.clone(), answer.clone(), answer];
        assert_eq!(values(answers).await, Err(Error::CutShort));
    }
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let text = canary("value");
    let row = password(1, 7, &format!(r#","password":"{text}""#));
    let answers = vec!["HTTP/1.1 200".to_owned(), json("503 Busy", ""), shown(&row)];
    assert_eq!(values(answers).await, Ok(text));
}

#[tokio::test]
async fn a_body_beyond_its_limit_is_refused_announced_or_not() {
    let limit = 256 * 1024;
    let announced = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", limit + 1);
    assert_eq!(value(announced).await, Err(Error::TooLarge { limit }));
    let flood = "x".repeat(limit + 1);
    let silent = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{flood}");
    assert_eq!(value(silent).await, Err(Error::TooLarge { limit }));
}

#[tokio::test]
async fn wrong_types_are_named_by_their_path() {
    let row = |more: &str| page(1, None, &[password(1, 7, ""), password(2, 7, more)]);
    let at = |attribute: &str| malformed(&format!("data[1].attributes.{attribute}"));
    for (attribute, json) in [
        ("username", "12"),
        ("archived", r#""yes""#),
        ("password-category-id", "1.5"),
        ("updated-at", r#""yesterday""#),
        ("resource-id", "-3"),
    ] {
        let answer = row(&format!(r#","{attribute}":{json}"#));
        assert_eq!(list(vec![answer]).await, at(attribute));
    }
    assert_eq!(list(vec![json("200 OK", "<html>")]).await, malformed("."));
    assert_eq!(list(vec![json("200 OK", r#"{"data":[]} {}"#)]).await, malformed("."));
}

#[tokio::test]
async fn nulls_absences_and_unknown_attributes_are_nothing_special() {
    let more = r#","username":null,"archived":null,"vault-id":null,"new-thing":{"a":[1]}"#;
    let rows = list(vec![page(1, None, &[password(1, 7, more)])]).await.unwrap();
    assert_eq!(
        (&rows[0].attributes.username, rows[0].attributes.archived, rows[0].attributes.vault_id),
        (&None, None, None)
    );
}

#[tokio::test]
async fn times_are_read_to_the_millisecond() {
    let more = r#","password-updated-at":"2019-03-12T14:48:21.054Z""#;
    let rows = list(vec![page(1, None, &[password(1, 7, more)])]).await.unwrap();
    assert_eq!(rows[0].attributes.password_updated_at.unwrap().as_millisecond(), 1_552_402_101_054);
}

#[tokio::test]
async fn a_value_in_a_list_is_ignored() {
    let text = canary("leak");
    let more = format!(r#","password":"{text}","notes":"{text}""#);
    let rows = list(vec![page(1, None, &[password(1, 7, &more)])]).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert!(!format!("{rows:?}").contains(&text));
}

#[tokio::test]
async fn sixteen_digit_ids_survive() {
    let script = Script::play(vec![shown(&password(1, 9_954_700_004_404_663, ""))]).await;
    let client = script.client();
    let scoped = client.organization("9954700004404663".parse().unwrap());
    let record = scoped.password(PasswordId::new(1)).await.unwrap();
    assert_eq!(record.attributes.organization_id, Some(scoped.id()));
    let head = script.finish().remove(0);
    let path = "/organizations/9954700004404663/relationships/passwords/1?show_password=false";
    assert!(head.starts_with(&format!("GET {path} ")), "{head}");
}

#[tokio::test]
async fn errors_repeat_nothing_of_the_answer() {
    let text = canary("secret");
    let odd = format!(r#"{{"data":{{"{text}":1,"id":"{text}"}}}}"#);
    for answer in [json("403 X", &text), json("422 X", &text), json("200 OK", &odd)] {
        assert!(answer.contains(&text), "it is there to be repeated");
        let error = value(answer).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains(&text), "{error:?}");
    }
}

#[tokio::test]
async fn a_closed_port_is_unreachable() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let key = itglue::ApiKey::new(zeroize::Zeroizing::new(crate::script::canary_key())).unwrap();
    let server = itglue::TestServer::new(&url).unwrap();
    let client = itglue::Client::builder_for_test_server(server, key).build().unwrap();
    assert_eq!(client.check().await, Verdict::Unreachable(UnreachableKind::Connect));
}
