//! Faults of the connection and the body.

use std::{
    io::{ErrorKind, Read},
    time::{Duration, Instant},
};

use flate2::read::GzDecoder;
use usher_sandbox::account::Fault;

use super::http::{Request, account, ask, reply};

#[test]
fn a_reset_connection_answers_nothing() {
    let account = account();
    account.set_fault(Fault::Reset.times(1)).unwrap();
    let failed = Request::new(&account, "GET", "/users").key(&account.api_key()).send();
    assert_eq!(failed.err().map(|error| error.kind()), Some(ErrorKind::ConnectionReset));
    ask(&account, "/users");
}

#[test]
fn a_body_can_be_cut_with_and_without_its_length() {
    let account = account();
    let whole = reply(&account, "/users").body.len();
    account.set_fault(Fault::CutShort).unwrap();
    let cut = reply(&account, "/users");
    assert_eq!(cut.header("content-length"), Some(whole.to_string().as_str()));
    assert!(cut.body.len() < whole);
    account.set_fault(Fault::CutShortChunked).unwrap();
    let cut = reply(&account, "/users");
    assert_eq!(cut.header("transfer-encoding"), Some("chunked"));
    assert!(!cut.body.ends_with(b"0\r\n\r\n"));
    account.set_fault(Fault::HalfBody).unwrap();
    let cut = reply(&account, "/users");
    assert_eq!(cut.header("content-length"), Some((whole / 2).to_string().as_str()));
    assert_eq!(cut.body.len(), whole / 2);
}

#[test]
fn a_body_can_dribble() {
    let account = account();
    let whole = reply(&account, "/groups").body;
    let pause = Duration::from_millis(20);
    account.set_fault(Fault::Dribble { piece: whole.len() / 4, pause }).unwrap();
    let began = Instant::now();
    assert_eq!(reply(&account, "/groups").body, whole);
    assert!(began.elapsed() >= pause * 3);
}

#[test]
fn a_body_can_be_without_end() {
    let account = account();
    account.set_fault(Fault::Endless).unwrap();
    let request = Request::new(&account, "GET", "/passwords").key(&account.api_key());
    let mut stream = request.open().unwrap();
    let mut much = vec![0; 32 * 1024 * 1024];
    stream.read_exact(&mut much).unwrap();
    assert!(much.starts_with(b"HTTP/1.1 200"));
}

#[test]
fn a_small_body_can_inflate_to_a_large_one() {
    let account = account();
    account.set_fault(Fault::Bomb { mebibytes: 200 }).unwrap();
    let answer = reply(&account, "/passwords");
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(answer.body.len() < 512 * 1024, "{}", answer.body.len());
    let mut piece = vec![0; 1024 * 1024];
    let mut inflated = GzDecoder::new(answer.body.as_slice());
    for _ in 0..3 {
        inflated.read_exact(&mut piece).unwrap();
        assert!(piece.iter().all(|byte| *byte == b' '));
    }
}

#[test]
fn a_bomb_is_whole_gzip() {
    let account = account();
    account.set_fault(Fault::Bomb { mebibytes: 3 }).unwrap();
    let mut inflated = Vec::new();
    let body = reply(&account, "/passwords").body;
    // The decoder checks the sum at the end.
    GzDecoder::new(body.as_slice()).read_to_end(&mut inflated).unwrap();
    assert_eq!(inflated.len(), 3 * 1024 * 1024 + 2);
    assert!(inflated.ends_with(b" {}"));
}
