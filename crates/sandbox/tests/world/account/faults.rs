//! Faults that answer instead of the account, and which requests they strike.

use std::{
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use usher_sandbox::account::{ErrorBodies, Fault, RunningAccount, Written};

use super::http::{Reply, account, ask, get, reply};

fn status(account: &RunningAccount, path: &str) -> u16 {
    reply(account, path).status
}

#[test]
fn a_rate_limit_names_its_wait_if_told_to() {
    let account = account();
    let wait = |fault: Fault| -> Reply {
        account.set_fault(fault).unwrap();
        reply(&account, "/organizations")
    };
    let seconds = wait(Fault::RateLimited { retry_after: Some(5) });
    assert_eq!((seconds.status, seconds.header("retry-after")), (429, Some("5")));
    let silent = wait(Fault::RateLimited { retry_after: None });
    assert_eq!((silent.status, silent.header("retry-after")), (429, None));
    assert_eq!(silent.json(), serde_json::json!({ "message": "Too Many Requests" }));
    let date = wait(Fault::RateLimitedUntil { seconds: 5 });
    let date = date.header("retry-after").unwrap().to_owned();
    assert!(date.ends_with(" gmt") && date.len() == "sat, 21 nov 2026 14:00:00 gmt".len());
    account.clear_fault().unwrap();
    assert_eq!(status(&account, "/organizations"), 200);
}

#[test]
fn a_burst_ends_by_itself_and_the_next_one_begins() {
    let account = account();
    account.fault(Fault::RateLimited { retry_after: None }.times(2)).unwrap();
    account.fault(Fault::ServerError(503).times(1)).unwrap();
    let statuses: Vec<_> = (0..5).map(|_| status(&account, "/users")).collect();
    assert_eq!(statuses, [429, 429, 503, 200, 200]);
}

#[test]
fn a_fault_strikes_only_its_path_page_and_turn() {
    let account = account();
    account.fault(Fault::ServerError(500).on("/passwords")).unwrap();
    assert_eq!(status(&account, "/organizations"), 200);
    assert_eq!(status(&account, "/passwords"), 500);
    account.set_fault(Fault::ServerError(502).on_page(2)).unwrap();
    assert_eq!(status(&account, "/passwords?page[number]=1"), 200);
    assert_eq!(status(&account, "/passwords?page[number]=2"), 502);
    account.set_fault(Fault::ServerError(504).after(1).times(1)).unwrap();
    let statuses: Vec<_> = (0..3).map(|_| status(&account, "/users")).collect();
    assert_eq!(statuses, [200, 504, 200]);
}

#[test]
fn errors_come_from_the_gateway_or_in_json_api() {
    let account = account();
    let gateway = |fault: Fault, bodies: ErrorBodies| {
        account.set_fault(fault).unwrap();
        account.switch(|switches| switches.error_bodies = bodies);
        let body = reply(&account, "/users").json();
        assert_ne!(body.get("message").is_some(), body.get("errors").is_some());
        body.get("message").is_some()
    };
    let limited = Fault::RateLimited { retry_after: None };
    let all = [Fault::KeyRevoked, limited, Fault::ServerError(504), Fault::ServerError(500)];
    let each = |bodies| all.map(|fault| gateway(fault, bodies));
    assert_eq!(each(ErrorBodies::Reported), [true, true, true, false]);
    assert_eq!(each(ErrorBodies::JsonApi), [false; 4]);
    assert_eq!(each(ErrorBodies::Gateway), [true; 4]);
}

#[test]
fn the_status_in_an_error_is_a_number_or_text() {
    let account = account();
    let written = || reply(&account, "/users/1").json()["errors"][0]["status"].clone();
    assert_eq!(written(), 404);
    account.switch(|switches| switches.error_status = Written::Text);
    assert_eq!(written(), "404");
}

#[test]
fn a_page_may_be_too_large() {
    let account = account();
    account.set_fault(Fault::TooLarge { above: 250, status: 504 }).unwrap();
    assert_eq!(status(&account, "/passwords?page[size]=1000"), 504);
    assert_eq!(status(&account, "/passwords?page[size]=250"), 200);
    assert_eq!(status(&account, "/passwords"), 200);
}

#[test]
fn a_redirect_leads_where_the_test_says() {
    let account = account();
    for code in [301, 302, 303, 307, 308] {
        account.set_fault(Fault::Redirect { status: code, to: "https://b.invalid/x" }).unwrap();
        let answer = reply(&account, "/users");
        assert_eq!((answer.status, answer.header("location")), (code, Some("https://b.invalid/x")));
    }
}

#[test]
fn a_page_for_people_may_come_instead() {
    let account = account();
    account.set_fault(Fault::Html).unwrap();
    let answer = reply(&account, "/users");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html")));
    assert!(answer.body.starts_with(b"<!doctype html>"));
}

#[test]
fn an_account_that_is_down_refuses_connections_and_comes_back_where_it_was() {
    let account = account();
    let address = account.base_url().replace("http://", "");
    account.set_fault(Fault::Down).unwrap();
    assert!(TcpStream::connect(&address).is_err());
    account.clear_fault().unwrap();
    assert_eq!(get(&account, &account.api_key(), "/organizations").0, 200);
    drop(account);
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn slow_requests_wait_beside_each_other() {
    let account = account();
    let delay = Duration::from_millis(400);
    account.fault(Fault::Slow(delay).on("/users")).unwrap();
    let began = Instant::now();
    thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| ask(&account, "/users"));
        }
    });
    assert!(began.elapsed() >= delay);
    assert!(account.in_flight_peak() > 1, "one after the other");
    account.forget_requests();
    ask(&account, "/groups");
    assert_eq!(account.in_flight_peak(), 1);
}

#[test]
fn a_slow_request_can_fail_too() {
    let account = account();
    account.fault(Fault::Slow(Duration::from_millis(50))).unwrap();
    account.fault(Fault::ServerError(500)).unwrap();
    let began = Instant::now();
    assert_eq!(status(&account, "/users"), 500);
    assert!(began.elapsed() >= Duration::from_millis(50));
}
