//! Listing 20,000 passwords of one organization, with and without a network's latency, and the
//! memory that it takes.
//!
//! Ours and npm's client run in a process each, list in turn from the same server in pages of 1,000
//! rows, and time themselves from the first request to the last row in hand. Memory is measured in
//! processes that list once.

mod figures;
mod lister;
mod memory;
mod own_size;

use std::{env, time::Duration};

use serde_json::Value;
use usher_sandbox::account::{Account, Fault, RunningAccount};

pub(crate) use self::lister::serve;
use crate::{
    Result,
    peer::{Installed, Peer, Place, floor, node},
    sample::Sample,
};

const ROWS: usize = 20_000;
const PAGES: u32 = 20;
/// What a request over the internet takes.
const LATENCY: Duration = Duration::from_millis(150);
/// Listings of each client without latency, besides those that warm up; and with it.
const RUNS: u32 = 9;
const WARM_UP: u32 = 3;
const SLOW_RUNS: u32 = 5;
const MEMORY_RUNS: usize = 5;
/// All requests that ours needs, and not one more: a client that asked for more would have to wait.
const BUCKET: u32 = PAGES * (WARM_UP + RUNS + SLOW_RUNS);

/// The word that makes this binary our client.
pub(crate) const LISTER: &str = "lister";
const PEER: &str = "node-itglue 1.0.2 (npm)";

/// What was measured of one client.
struct Measured {
    quick: Sample,
    slow: Sample,
    /// What each process that listed once said of itself.
    once: Vec<Value>,
}

/// A client and what is known of it so far.
struct Runner {
    peer: Peer,
    once: Vec<Value>,
    quick: Sample,
}

impl Runner {
    fn start(name: &'static str, installed: &Installed, place: &Place) -> Result<Self> {
        let once = (0..MEMORY_RUNS).map(|_| Peer::start(name, installed, place)?.list());
        let once = once.collect::<Result<Vec<_>>>()?;
        let peer = Peer::start(name, installed, place)?;
        Ok(Self { peer, once, quick: Sample::default() })
    }

    /// What was timed so far was without latency.
    fn turn_slow(&mut self) {
        self.quick = std::mem::take(&mut self.peer.times);
    }

    fn measured(self) -> Measured {
        let Self { mut peer, once, quick } = self;
        Measured { quick, slow: std::mem::take(&mut peer.times), once }
    }
}

/// The server's own part of a listing, ours, and the peer's or why there is none.
struct Run {
    floor: Sample,
    ours: Measured,
    theirs: std::result::Result<Measured, String>,
    /// The most that one listing of ours took.
    requests: usize,
}

pub(crate) fn measure() -> Result<Vec<Value>> {
    figures::of(&run()?)
}

fn run() -> Result<Run> {
    let account = Account::start(Account::of_size(1, 1, ROWS))?;
    let place = place(&account)?;
    let itself =
        Installed { program: env::current_exe()?, script: LISTER.into(), environment: None };
    let mut requests = Vec::new();
    let mut ours = Runner::start("ours", &itself, &place)?;
    let (mut theirs, mut not_run) = (None, String::new());
    match node() {
        Ok(installed) => theirs = Some(Runner::start(PEER, &installed, &place)?),
        Err(why) => not_run = why,
    }
    let mut floor = Sample::default();
    for run in 0..WARM_UP + RUNS {
        let counts = run >= WARM_UP;
        counted(&account, &mut requests, || ours.peer.timed(counts))?;
        theirs.iter_mut().try_for_each(|them| them.peer.timed(counts))?;
        floor.add(floor::read(&place)?);
    }
    ours.turn_slow();
    theirs.iter_mut().for_each(Runner::turn_slow);
    account.set_fault(Fault::Slow(LATENCY))?;
    for _ in 0..SLOW_RUNS {
        counted(&account, &mut requests, || ours.peer.timed(true))?;
        theirs.iter_mut().try_for_each(|them| them.peer.timed(true))?;
    }
    let theirs = theirs.map(Runner::measured).ok_or(not_run);
    Ok(Run {
        floor,
        ours: ours.measured(),
        theirs,
        requests: requests.into_iter().max().unwrap_or(0),
    })
}

fn place(account: &RunningAccount) -> Result<Place> {
    let organization = account.edit(|data| data.organizations().next().map(|one| one.id));
    Ok(Place {
        base: account.base_url(),
        key: account.api_key(),
        organization: organization.ok_or("no organization")?,
        rows: ROWS,
        bucket: BUCKET,
    })
}

/// Notes how many requests the server has seen meanwhile.
fn counted<T>(
    account: &RunningAccount,
    requests: &mut Vec<usize>,
    work: impl FnOnce() -> Result<T>,
) -> Result<T> {
    account.forget_requests();
    let done = work()?;
    requests.push(account.requests().len());
    Ok(done)
}
