use std::io::Read;

use flate2::read::GzDecoder;
use usher_sandbox::account::RunningAccount;

use super::http::{Reply, Request, account, reply};

fn accepting(account: &RunningAccount, encodings: &str) -> Reply {
    let request = Request::new(account, "GET", "/passwords").key(&account.api_key());
    request.header("accept-encoding", encodings).send().unwrap()
}

#[test]
fn bodies_are_compressed_for_those_who_accept_it_if_told_to() {
    let account = account();
    assert_eq!(accepting(&account, "gzip").header("content-encoding"), None);
    account.switch(|switches| switches.gzip = true);
    assert_eq!(accepting(&account, "br").header("content-encoding"), None);
    let plain = reply(&account, "/passwords");
    let small = accepting(&account, "deflate, gzip");
    assert_eq!(small.header("content-encoding"), Some("gzip"));
    assert!(small.body.len() * 4 < plain.body.len());
    let mut inflated = Vec::new();
    GzDecoder::new(small.body.as_slice()).read_to_end(&mut inflated).unwrap();
    assert_eq!(inflated, plain.body);
    let accepted: Vec<_> = account.requests().into_iter().map(|r| r.accept_encoding).collect();
    assert_eq!(accepted[3].as_deref(), Some("deflate, gzip"));
    assert_eq!(accepted[2], None);
}
