//! The vault: unlocking, and how much of it is the key derivation that is meant to take long; saving
//! one entry, without the anchor, which is written behind; what an open vault takes of memory.

mod vault_file;

use std::time::Instant;

use serde_json::{Value, json};
use usher_core::book::{Book, Change};
use usher_core::entry::SessionEntry;
use usher_core::policy::may_found;
use usher_core::ports::{Access, OpenWith, Store};
use usher_vault::{Cost, Vault};

use self::vault_file::{ENTRIES, FOUNDER, passphrase};
use crate::{Result, figure, sample::Sample};

const RUNS: usize = 15;
/// What K1 of the security programme allows, in milliseconds.
const LEAST_DERIVATION: f64 = 150.0;
const MOST_DERIVATION: f64 = 1_000.0;
/// What the issue allows beside the derivation: for unlocking, and for opening with listing.
const MOST_OF_OURS: f64 = 100.0;
const MOST_TO_SAVE: f64 = 20.0;

/// All figures of the vault's file.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(figures())
}

async fn figures() -> Result<Vec<Value>> {
    let folder = tempfile::tempdir()?;
    let before = resident()?;
    let vault = vault_file::found(&folder.path().join("vault.sqlite")).await?;
    let (mut unlock, mut derivation, mut own) = <(Sample, Sample, Sample)>::default();
    for _ in 0..RUNS {
        vault.lock(FOUNDER).await;
        let derived = derived()?;
        let opened = opened_and_listed(&vault).await?;
        unlock.add_ms(opened);
        derivation.add_ms(derived);
        own.add_ms((opened - derived).max(0.0));
    }
    let mut save = Sample::default();
    for run in 0..RUNS {
        save.add_ms(saved(&vault, run).await?);
    }
    let memory = resident()?.saturating_sub(before);
    Ok(vec![
        figure::alone("unlock and list 10,000 sessions", &unlock),
        goal("unlock: the key derivation takes at least", &derivation, "min", LEAST_DERIVATION),
        most("unlock: the key derivation takes at most", &derivation, MOST_DERIVATION),
        // Listing is in it, for which alone the goal is twice as much.
        most("unlock and list: what is ours of it", &own, MOST_OF_OURS),
        most("save one of 10,000 sessions", &save, MOST_TO_SAVE),
        json!({
            "figure": "memory of an open vault of 10,000 sessions", "unit": "MiB",
            "value": to_mib(memory), "goal_kind": "none", "runs": 1,
        }),
    ])
}

fn derived() -> Result<f64> {
    let start = Instant::now();
    if Cost::Full.spend() { Ok(ms_since(start)) } else { Err("no key was derived".into()) }
}

async fn opened_and_listed(vault: &Vault) -> Result<f64> {
    let start = Instant::now();
    let with = OpenWith::Passphrase { person: FOUNDER, passphrase: passphrase() };
    vault.open(with, false).await?;
    let sessions = vault.book().await?.sessions.len();
    if sessions == usize::try_from(ENTRIES)? {
        Ok(ms_since(start))
    } else {
        Err("a short list".into())
    }
}

async fn saved(vault: &Vault, run: usize) -> Result<f64> {
    let book = vault.book().await?;
    let session = book.sessions.values().nth(run).ok_or("no session")?.clone();
    let name = format!("Saved {run}").parse()?;
    let session = SessionEntry { name, version: session.version.next(), ..session };
    let permit = may_found(&Book::default(), FOUNDER)?;
    let start = Instant::now();
    vault.commit(permit, vec![Change::PutSession(session)]).await?;
    Ok(ms_since(start))
}

fn most(name: &str, sample: &Sample, most: f64) -> Value {
    goal(name, sample, "max", most)
}

fn goal(name: &str, sample: &Sample, kind: &str, goal: f64) -> Value {
    let mut line = figure::alone(name, sample);
    if let Some(line) = line.as_object_mut() {
        line.insert("goal".to_owned(), json!(goal));
        line.insert("goal_kind".to_owned(), json!(kind));
    }
    line
}

fn ms_since(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1_000.0
}

/// This process' resident memory, in bytes.
fn resident() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib: u64 = line.and_then(|l| l.split_whitespace().next()).ok_or("no VmRSS")?.parse()?;
    Ok(kib * 1_024)
}

#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "a figure for people")]
fn to_mib(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}
