//! Faults on the wire, and the ordinary way to send an answer.

use std::{
    io::{self, ErrorKind, Write},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    http::header,
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use tokio::sync::mpsc;
use tokio_stream::{Stream, wrappers::ReceiverStream};

use super::{bomb::bomb, fault::Fault};
use crate::account::{answer::Answer, routes::Wire};

/// Bytes in a piece of a body without end.
const PIECE: usize = 64 * 1024;
const ROW: &str = r#"{"id":"7500001","type":"passwords","attributes":{"name":"Again"}},"#;

/// Sends an answer as the fault says; compressed if `gzip`.
pub(crate) fn send(answer: Answer, fault: Option<Fault>, wire: &Wire, gzip: bool) -> Response {
    match fault {
        Some(Fault::Reset) => {
            wire.cut();
            answer.respond()
        }
        Some(Fault::CutShort) => {
            let length = answer.body.len().to_string();
            cut_short(answer.with(header::CONTENT_LENGTH, length))
        }
        Some(Fault::CutShortChunked) => cut_short(answer),
        Some(Fault::HalfBody) => Answer { body: half(&answer.body), ..answer }.respond(),
        Some(Fault::Dribble { piece, pause }) => dribble(answer, piece, pause),
        Some(Fault::Endless) => endless(answer),
        Some(Fault::Bomb { mebibytes }) => {
            let answer = Answer { body: bomb(mebibytes), ..answer };
            answer.with(header::CONTENT_ENCODING, "gzip".to_owned()).respond()
        }
        _ if gzip => compressed(answer).respond(),
        _ => answer.respond(),
    }
}

fn half(body: &Bytes) -> Bytes {
    body.slice(..body.len() / 2)
}

/// Hangs up half-way.
fn cut_short(answer: Answer) -> Response {
    let body = Body::from_stream(Cut { first: Some(half(&answer.body)), waited: false });
    answer.respond_with(body)
}

/// The first half, then a moment in which it is sent, then the end of the connection.
struct Cut {
    first: Option<Bytes>,
    waited: bool,
}

impl Stream for Cut {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        if !self.waited {
            // A server that has to wait for its body sends what it has.
            self.waited = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(ErrorKind::ConnectionReset.into())))
    }
}

fn dribble(answer: Answer, piece: usize, pause: Duration) -> Response {
    let (pieces, body) = mpsc::channel(1);
    let whole = answer.body.clone();
    let length = whole.len().to_string();
    tokio::spawn(async move {
        for part in whole.chunks(piece.max(1)) {
            // Ends when nobody reads any more.
            if pieces.send(Ok::<_, io::Error>(Bytes::copy_from_slice(part))).await.is_err() {
                return;
            }
            tokio::time::sleep(pause).await;
        }
    });
    let answer = answer.with(header::CONTENT_LENGTH, length);
    answer.respond_with(Body::from_stream(ReceiverStream::new(body)))
}

fn endless(answer: Answer) -> Response {
    let rows = Bytes::from(ROW.repeat(PIECE / ROW.len()));
    let start = std::iter::once(Bytes::from_static(br#"{"data":["#));
    let pieces = start.chain(std::iter::repeat(rows)).map(Ok::<_, io::Error>);
    answer.respond_with(Body::from_stream(tokio_stream::iter(pieces)))
}

fn compressed(answer: Answer) -> Answer {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    match encoder.write_all(&answer.body).and_then(|()| encoder.finish()) {
        Ok(body) => {
            Answer { body: body.into(), ..answer }.with(header::CONTENT_ENCODING, "gzip".to_owned())
        }
        Err(_) => answer,
    }
}
