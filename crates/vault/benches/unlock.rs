//! How long unlocking takes, and how much of it is the key derivation that is meant to take long; how
//! long saving one entry takes, without the anchor, which is written behind.
//! One JSON object per line on standard output, as `cargo xtask bench` reads it.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "figures are this program's result")]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use usher_core::Secret;
use usher_core::book::{Book, Change};
use usher_core::entry::{
    ApprovalPolicy, Credentials, Folder, Inheritance, Port, SessionEntry, SessionKind, Version,
};
use usher_core::ids::{FolderId, GrantId, PersonId, SessionEntryId};
use usher_core::policy::may_found;
use usher_core::ports::{Access, FirstVault, OpenWith, Store};
use usher_core::rights::{Grant, Object, Person, RightSet, Standing, Subject};
use usher_core::time::Moment;
use usher_vault::{Cost, Means, MemoryDevice, Vault, Witness};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const FOUNDER: PersonId = PersonId::from_bytes([1; 16]);
const ROOT: FolderId = FolderId::from_bytes([4; 16]);
const ENTRIES: u32 = 10_000;
const RUNS: usize = 15;
/// What K1 of the security programme allows, in milliseconds.
const MOST: f64 = 1_000.0;
/// What the issue allows for opening and listing without the derivation, and for saving one entry.
const MOST_TO_LIST: f64 = 200.0;
const MOST_TO_SAVE: f64 = 20.0;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let vault = found(&folder.path().join("vault.sqlite")).await?;
    let (mut unlocks, mut derivations) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        vault.lock(FOUNDER).await;
        let with = OpenWith::Passphrase { person: FOUNDER, passphrase: passphrase() };
        unlocks.push(timed(opened_and_listed(&vault, with)).await?);
        let start = Instant::now();
        if !Cost::Full.spend() {
            return Err("no key was derived".into());
        }
        derivations.push(start.elapsed());
    }
    let (unlock, derivation) = (sorted(&unlocks), sorted(&derivations));
    let own = median(&unlock) - median(&derivation);
    println!("{}", figure("unlock and list 10,000 sessions", &unlock, Some(MOST)));
    println!("{}", figure("unlock: key derivation", &derivation, None));
    println!(
        "{}",
        json!({
            "figure": "open and list 10,000 sessions, without the key derivation", "unit": "ms",
            "value": own, "goal": MOST_TO_LIST, "goal_kind": "max", "runs": RUNS,
        })
    );
    let mut saves = Vec::new();
    for run in 0..RUNS {
        saves.push(timed(saved(&vault, run)).await?);
    }
    println!("{}", figure("save one of 10,000 sessions", &sorted(&saves), Some(MOST_TO_SAVE)));
    Ok(())
}

async fn opened_and_listed(vault: &Vault, with: OpenWith) -> Result<()> {
    vault.open(with, false).await?;
    let sessions = vault.book().await?.sessions.len();
    if sessions == usize::try_from(ENTRIES)? { Ok(()) } else { Err("a short list".into()) }
}

async fn saved(vault: &Vault, run: usize) -> Result<()> {
    let book = vault.book().await?;
    let session = book.sessions.values().nth(run).ok_or("no session")?.clone();
    let name = format!("Saved {run}").parse()?;
    let session = SessionEntry { name, version: session.version.next(), ..session };
    let permit = may_found(&Book::default(), FOUNDER)?;
    vault.commit(permit, vec![Change::PutSession(session)]).await?;
    Ok(())
}

async fn timed(job: impl Future<Output = Result<()>>) -> Result<Duration> {
    let start = Instant::now();
    job.await?;
    Ok(start.elapsed())
}

fn figure(name: &str, sample: &[f64], goal: Option<f64>) -> Value {
    let at = |tenth: usize| sample.get(sample.len() * tenth / 10).copied().unwrap_or_default();
    let mut line = json!({
        "figure": name, "unit": "ms", "value": median(sample), "goal_kind": "none",
        "runs": sample.len(), "p10": at(1), "p90": at(9),
    });
    if let (Some(goal), Some(line)) = (goal, line.as_object_mut()) {
        line.insert("goal".to_owned(), json!(goal));
        line.insert("goal_kind".to_owned(), json!("max"));
    }
    line
}

fn sorted(times: &[Duration]) -> Vec<f64> {
    let mut ms: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1_000.0).collect();
    ms.sort_by(f64::total_cmp);
    ms
}

fn median(sample: &[f64]) -> f64 {
    sample.get(sample.len() / 2).copied().unwrap_or_default()
}

fn passphrase() -> Secret {
    Secret::new("words that nobody guesses quickly at all".to_owned())
}

/// A vault with so many sessions, open for its founder.
async fn found(path: &Path) -> Result<Vault> {
    let means = Means {
        device: Arc::new(MemoryDevice::default()),
        witness: Witness::default(),
        clock: Arc::new(|| Moment::from_unix_millis(1_780_000_000_000)),
        device_name: "a bench".to_owned(),
        cost: Cost::Full,
    };
    let vault = Vault::at(path.to_owned(), means)?;
    let mut changes = beginning()?;
    for number in 0..ENTRIES {
        changes.push(Change::PutSession(session(number)?));
    }
    let permit = may_found(&Book::default(), FOUNDER)?;
    let first = FirstVault { founder: FOUNDER, passphrase: passphrase(), changes };
    vault.found(permit, first).await?;
    Ok(vault)
}

fn beginning() -> Result<Vec<Change>> {
    let founder = Person {
        id: FOUNDER,
        name: "Founder".parse()?,
        administrator: true,
        standing: Standing::Active,
    };
    let root = Folder {
        id: ROOT,
        parent: None,
        name: "Vault".parse()?,
        client: None,
        credential: None,
        inheritance: Inheritance::Own,
        approval: ApprovalPolicy::NOTHING_MORE,
        tickets: None,
        version: Version::FIRST,
    };
    let grant = Grant {
        id: GrantId::from_bytes([5; 16]),
        subject: Subject::Person(FOUNDER),
        object: Object::Folder(ROOT),
        rights: RightSet::all(),
    };
    Ok(vec![Change::PutPerson(founder), Change::PutFolder(root), Change::PutGrant(grant)])
}

fn session(number: u32) -> Result<SessionEntry> {
    let id = (1_u128 << 127 | u128::from(number)).to_be_bytes();
    Ok(SessionEntry {
        id: SessionEntryId::from_bytes(id),
        folder: ROOT,
        name: format!("Session {number}").parse()?,
        kind: SessionKind::Rdp { host: format!("host{number}.example").parse()?, port: Port::RDP },
        credentials: Credentials::None,
        vouched: None,
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    })
}
