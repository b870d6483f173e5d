//! Listing one organization's 3,000 passwords, against other clients of the same API.
//!
//! All of them talk to the same server in turn, ask for pages of 1,000 rows in order of name, keep their
//! process (and what it has warmed up) between runs, and time themselves from the first request to the
//! last row in hand.

mod peers;

use std::time::Instant;

use itglue::{ApiKey, Client, Limiter, OrganizationId, Share, TestServer};
use serde_json::Value;
use tokio::runtime::Runtime;
use usher_sandbox::account::{Account, RunningAccount};
use zeroize::Zeroizing;

use self::peers::Peers;
use crate::{
    Result, figure,
    peer::{Peer, Place, floor},
    sample::Sample,
};

const ROWS: usize = 3_000;
/// Runs of each client, in alternation.
const RUNS: usize = 15;
/// Runs of each before those that count: a JIT needs some.
const WARM_UP: usize = 3;
/// Ours, since the issue names none: not slower than the fastest peer.
const MOST: f64 = 1.0;
const NAME: &str = "list 3,000 passwords";

/// A server with all passwords in one organization.
struct Server {
    account: RunningAccount,
    organization: u64,
}

impl Server {
    fn start() -> Result<Self> {
        let mut data = Account::seeded(1);
        let organization = data.organizations().next().ok_or("no organization")?.id;
        let all: Vec<u64> = data.passwords().map(|row| row.id).collect();
        all.into_iter().try_for_each(|id| data.move_to(id, organization))?;
        let account = Account::start(data)?;
        Ok(Self { account, organization })
    }

    fn place(&self) -> Place {
        Place {
            base: self.account.base_url(),
            key: self.account.api_key(),
            organization: self.organization,
            rows: ROWS,
            bucket: u32::MAX,
        }
    }

    /// Our client for it.
    fn client(&self) -> Result<Client> {
        let server = TestServer::new(&self.account.base_url())?;
        let key = ApiKey::new(Zeroizing::new(self.account.api_key()))?;
        let share = Share { requests: u32::MAX, kept_for_launches: 0 };
        let limiter = Limiter::new(share);
        Ok(Client::builder_for_test_server(server, key).limiter(&limiter).build()?)
    }
}

/// One figure per peer, the goal against the fastest of them, and what the server alone takes.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let server = Server::start()?;
    let place = server.place();
    let mut peers = Peers::start(&place)?;
    let (mut ours, mut floor) = (Sample::default(), Sample::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = server.client()?;
    for run in 0..WARM_UP + RUNS {
        let counts = run >= WARM_UP;
        let began = Instant::now();
        list(&runtime, &client, server.organization)?;
        let took = began.elapsed();
        let alone = floor::read(&place)?;
        if counts {
            ours.add(took);
            floor.add(alone);
        }
        peers.list(counts)?;
    }
    Ok(figures(&ours, &floor, &peers))
}

fn list(runtime: &Runtime, client: &Client, organization: u64) -> Result<()> {
    let scoped = client.organization(OrganizationId::new(organization));
    let rows = runtime.block_on(scoped.passwords().all())?;
    if rows.len() == ROWS { Ok(()) } else { Err(format!("{} rows", rows.len()).into()) }
}

fn figures(ours: &Sample, floor: &Sample, peers: &Peers) -> Vec<Value> {
    let mut lines = Vec::new();
    if let Some(Peer { name, times, .. }) = peers.fastest() {
        lines.push(figure::multiple(NAME, ours, &format!("{name} (fastest peer)"), times, MOST));
    }
    for Peer { name, times, .. } in &peers.ran {
        lines.push(figure::beside(NAME, ours, name, times));
    }
    for why in &peers.not_run {
        lines.push(figure::without_peer(NAME, ours, why));
    }
    lines.push(figure::alone("the stand-in server's part of it", floor));
    lines
}
