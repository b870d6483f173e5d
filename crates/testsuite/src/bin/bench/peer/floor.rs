//! What the server alone takes: the same pages, read and thrown away.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use super::Place;
use crate::Result;

/// As all clients here ask for.
const PAGE: usize = 1_000;

/// One plain request per page, each on a connection of its own.
pub(crate) fn read(place: &Place) -> Result<Duration> {
    let began = Instant::now();
    for page in 1..=place.rows.div_ceil(PAGE) {
        let bytes = fetch(place, page)?;
        if bytes < 100_000 {
            return Err(format!("page {page} of the plain reading has {bytes} bytes").into());
        }
    }
    Ok(began.elapsed())
}

fn fetch(place: &Place, page: usize) -> Result<usize> {
    let Place { base, key, organization, .. } = place;
    let address = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address)?;
    let path = format!("/organizations/{organization}/relationships/passwords");
    let query = format!("page%5Bnumber%5D={page}&page%5Bsize%5D={PAGE}&sort=name");
    let head = format!("GET {path}?{query} HTTP/1.1\r\nHost: {address}\r\nx-api-key: {key}\r\n");
    stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    Ok(stream.read_to_end(&mut answer)?)
}
