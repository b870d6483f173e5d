//! Bare HTTP, so that no client's habits stand between a test and the account.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;
use usher_sandbox::account::{Account, RunningAccount};

pub(super) fn account() -> RunningAccount {
    Account::start(Account::seeded(1)).unwrap()
}

/// An answer as it came: head in lower case, body in bytes.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.starts_with(&format!("{name}: ")))?;
        line.split_once(": ").map(|(_, value)| value)
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A request, sent over a connection of its own.
pub(super) struct Request<'a> {
    account: &'a RunningAccount,
    method: &'static str,
    path: String,
    headers: String,
    body: String,
}

impl<'a> Request<'a> {
    pub(super) fn new(account: &'a RunningAccount, method: &'static str, path: &str) -> Self {
        let (path, headers) = (path.to_owned(), String::new());
        Self { account, method, path, headers, body: String::new() }
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers = format!("{}{name}: {value}\r\n", self.headers);
        self
    }

    pub(super) fn key(self, key: &str) -> Self {
        self.header("x-api-key", key)
    }

    pub(super) fn body(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self
    }

    /// The connection, with the request sent.
    pub(super) fn open(self) -> io::Result<TcpStream> {
        let address = self.account.base_url().replace("http://", "");
        let mut stream = TcpStream::connect(&address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let (method, path, length) = (self.method, &self.path, self.body.len());
        let head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
        let all = format!("{head}{}content-length: {length}\r\n\r\n{}", self.headers, self.body);
        stream.write_all(all.as_bytes())?;
        Ok(stream)
    }

    pub(super) fn send(self) -> io::Result<Reply> {
        let mut answer = Vec::new();
        self.open()?.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n");
        let end = end.ok_or(io::ErrorKind::UnexpectedEof)?;
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or(io::ErrorKind::InvalidData)?;
        Ok(Reply { status, head, body: answer[end + 4..].to_vec() })
    }
}

/// A GET with a key of the account's.
pub(super) fn reply(account: &RunningAccount, path: &str) -> Reply {
    Request::new(account, "GET", path).key(&account.api_key()).send().unwrap()
}

/// Status and body of a GET.
pub(super) fn get(account: &RunningAccount, key: &str, path: &str) -> (u16, Value) {
    let reply = Request::new(account, "GET", path).key(key).send().unwrap();
    (reply.status, reply.json())
}

/// The body of a GET that succeeds.
pub(super) fn ask(account: &RunningAccount, path: &str) -> Value {
    let (status, body) = get(account, &account.api_key(), path);
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// How many rows a list has.
pub(super) fn count(account: &RunningAccount, path: &str) -> u64 {
    ask(account, path)["meta"]["total-count"].as_u64().unwrap()
}

/// The rows of one page.
pub(super) fn rows(account: &RunningAccount, path: &str) -> Vec<Value> {
    ask(account, path)["data"].as_array().unwrap().clone()
}

/// The ids of one page.
pub(super) fn ids(account: &RunningAccount, path: &str) -> Vec<String> {
    rows(account, path).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Status and body of a write in JSON:API.
pub(super) fn write(
    account: &RunningAccount,
    (method, path): (&'static str, &str),
    body: &Value,
) -> (u16, Value) {
    let request = Request::new(account, method, path).key(&account.api_key());
    let request = request.header("content-type", "application/vnd.api+json; charset=utf-8");
    let reply = request.body(&body.to_string()).send().unwrap();
    (reply.status, reply.json())
}
