//! What the server alone takes: the same three pages, read and thrown away.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use super::Server;
use crate::Result;

const PAGES: usize = 3;

/// One plain request per page, each on a connection of its own.
pub(super) fn read(server: &Server) -> Result<Duration> {
    let began = Instant::now();
    for page in 1..=PAGES {
        let bytes = fetch(server, page)?;
        if bytes < 100_000 {
            return Err(format!("page {page} of the plain reading has {bytes} bytes").into());
        }
    }
    Ok(began.elapsed())
}

fn fetch(server: &Server, page: usize) -> Result<usize> {
    let base = server.account.base_url();
    let address = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address)?;
    let (organization, key) = (server.organization, server.account.api_key());
    let path = format!("/organizations/{organization}/relationships/passwords");
    let query = format!("page%5Bnumber%5D={page}&page%5Bsize%5D=1000&sort=name");
    let head = format!("GET {path}?{query} HTTP/1.1\r\nHost: {address}\r\nx-api-key: {key}\r\n");
    stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    Ok(stream.read_to_end(&mut answer)?)
}
