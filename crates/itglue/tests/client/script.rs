//! A server that plays back prepared answers and fails the test on any call too many or too few.

use std::sync::{Arc, Mutex};

use itglue::{ApiKey, Client, TestServer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use zeroize::Zeroizing;

/// A key nobody had before.
pub(crate) fn canary_key() -> String {
    format!("ITG.{}", uuid::Uuid::new_v4().simple())
}

/// A text that is found nowhere else.
pub(crate) fn canary(label: &str) -> String {
    format!("{label}-{}", uuid::Uuid::new_v4().simple())
}

/// An answer with a JSON body.
pub(crate) fn json(status: &str, body: &str) -> String {
    with_header(status, "x-nothing: here", body)
}

/// An answer with a JSON body and a header of its own.
pub(crate) fn with_header(status: &str, header: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{header}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// One page of a list.
pub(crate) fn page(number: u64, next: Option<u64>, rows: &[String]) -> String {
    let next = next.map_or("null".to_owned(), |n| n.to_string());
    let meta = format!(r#"{{"current-page":{number},"next-page":{next},"total-count":9}}"#);
    json("200 OK", &format!(r#"{{"data":[{}],"meta":{meta}}}"#, rows.join(",")))
}

/// A password of an organization, with further attributes given as JSON.
pub(crate) fn password(id: u64, organization: u64, more: &str) -> String {
    let attributes = format!(r#"{{"name":"n{id}","organization-id":{organization}{more}}}"#);
    format!(r#"{{"id":"{id}","type":"passwords","attributes":{attributes}}}"#)
}

/// A shown password.
pub(crate) fn shown(row: &str) -> String {
    json("200 OK", &format!(r#"{{"data":{row}}}"#))
}

pub(crate) struct Script {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
    answers: usize,
}

impl Script {
    /// Answers one connection after the other, in this order.
    pub(crate) async fn play(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let script = Self { url, heads: heads.clone(), answers: answers.len() };
        tokio::spawn(async move {
            let mut answers = answers.into_iter();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let answer = answers.next().unwrap_or_else(|| json("500 Not In The Script", ""));
                serve(stream, &answer, &heads).await;
            }
        });
        script
    }

    pub(crate) fn server(&self) -> TestServer {
        TestServer::new(&self.url).unwrap()
    }

    pub(crate) fn client(&self) -> Client {
        let key = ApiKey::new(Zeroizing::new(canary_key())).unwrap();
        Client::builder_for_test_server(self.server(), key).build().unwrap()
    }

    /// The heads of the requests; fails unless there were as many as answers.
    pub(crate) fn finish(self) -> Vec<String> {
        let heads = self.heads.lock().unwrap().clone();
        assert_eq!(heads.len(), self.answers, "calls that the script does not have: {heads:#?}");
        heads
    }
}

async fn serve(mut stream: TcpStream, answer: &str, heads: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    heads.lock().unwrap().push(String::from_utf8(head).unwrap());
    // A client that has seen enough may have hung up already.
    let _sent = stream.write_all(answer.as_bytes()).await;
    let _closed = stream.shutdown().await;
}
