//! The audit log: appending a row, verifying a million, asking for some of them.
//!
//! The million is written into memory (`/dev/shm`), where nothing has to reach a disk; what appending
//! costs is measured on a disk, in a log of its own.

mod log_file;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use usher_core::audit::Filter;
use usher_core::ports::LocalStore;

use self::log_file::{LogFile, SOMEBODY_ELSE};
use crate::{Result, figure, sample::Sample};

const ROWS: u64 = 1_000_000;
const APPENDED: u64 = 300;
/// How many of them somebody else did.
const HERS: usize = 1_000;
/// How many rows the window asks for at a time.
const PAGE: usize = 500;
const RUNS: usize = 3;
const PAGES: usize = 30;
/// What the issue asks of verifying, in seconds.
const MOST: f64 = 10.0;

/// All figures of the log.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build()?;
    runtime.block_on(figures())
}

async fn figures() -> Result<Vec<Value>> {
    let mut lines = vec![figure::alone("append one row to the log, on a disk", &appended().await?)];
    let file = LogFile::new(log_file::in_memory()).await?;
    file.fill(ROWS).await?;
    let (mut opening, mut page, mut question) = Default::default();
    for _ in 0..RUNS {
        add_verify(&mut opening, &file).await?;
        let filter = Filter { person: Some(SOMEBODY_ELSE), ..Filter::default() };
        add_rows(&mut question, &file, &filter, HERS).await?;
    }
    for _ in 0..PAGES {
        add_rows(&mut page, &file, &Filter::default(), PAGE).await?;
    }
    file.lock().await;
    let mut locked = Sample::default();
    for _ in 0..RUNS {
        add_verify(&mut locked, &file).await?;
    }
    lines.push(seconds("verify 1,000,000 rows, opening each", &opening));
    lines.push(seconds("verify 1,000,000 rows without a passphrase", &locked));
    lines.push(figure::alone("the newest 500 of 1,000,000 rows", &page));
    lines.push(figure::alone("one person's among 1,000,000 rows", &question));
    Ok(lines)
}

/// Each row has reached the disk before the next one is asked for.
async fn appended() -> Result<Sample> {
    let file = LogFile::new(None).await?;
    let mut times = Sample::default();
    for number in 0..APPENDED {
        let began = Instant::now();
        file.append(number).await?;
        times.add(began.elapsed());
    }
    Ok(times)
}

async fn add_verify(times: &mut Sample, file: &LogFile) -> Result<()> {
    let began = Instant::now();
    let verdict = file.local.verify().await?;
    times.add(began.elapsed());
    let whole = verdict.is_good() && verdict.rows >= ROWS;
    if whole { Ok(()) } else { Err(format!("{verdict:?}").into()) }
}

/// The newest of those asked for, of which there are at least so many.
async fn add_rows(times: &mut Sample, file: &LogFile, filter: &Filter, rows: usize) -> Result<()> {
    // One more than there are of a person's, so that the whole log is gone through.
    let limit = if filter.person.is_some() { rows + 1 } else { rows };
    let began = Instant::now();
    let found = file.local.rows(filter, None, limit).await?.len();
    times.add(began.elapsed());
    if found == rows { Ok(()) } else { Err(format!("{found} rows").into()) }
}

/// A time in seconds, with the most that it may be.
fn seconds(name: &str, times: &Sample) -> Value {
    let second = Duration::from_secs(1).as_secs_f64() * 1_000.0;
    json!({
        "figure": name, "unit": "s", "value": times.median() / second, "goal": MOST,
        "goal_kind": "max", "runs": times.runs(), "p10": times.p10() / second,
        "p90": times.p90() / second,
    })
}
