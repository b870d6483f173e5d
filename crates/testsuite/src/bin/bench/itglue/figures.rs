//! The figures, each with the goal.

use serde_json::{Value, json};

use super::{LATENCY, Measured, PAGES, PEER, ROWS, Run};
use crate::{Result, figure, peer::number, sample::Sample};

/// The goals.
const LEAST_ROWS_A_SECOND: f64 = 120_000.0;
const MOST_SECONDS_SLOW: f64 = 0.6;
const MOST_MEMORY: f64 = 2.5;

const MIB: f64 = 1_048_576.0;

pub(super) fn of(run: &Run) -> Result<Vec<Value>> {
    let Run { floor, ours, theirs, requests } = run;
    let theirs = theirs.as_ref();
    let mut lines = vec![
        times(&ours.quick, theirs.map(|them| &them.quick), "list 20,000 passwords"),
        rate(ours, theirs.ok()),
        times(&ours.slow, theirs.map(|them| &them.slow), &slow_name()),
        slow(ours),
        figure::alone("the stand-in server's part without latency", floor),
    ];
    lines.extend(memory(ours, theirs.ok())?);
    lines.push(at_most("requests of ours for a listing", "n", count(*requests), f64::from(PAGES)));
    Ok(lines)
}

fn slow_name() -> String {
    format!("the same with {} ms latency a request", LATENCY.as_millis())
}

fn times(ours: &Sample, theirs: std::result::Result<&Sample, &String>, name: &str) -> Value {
    match theirs {
        Ok(theirs) => figure::beside(name, ours, PEER, theirs),
        Err(why) => figure::without_peer(name, ours, why),
    }
}

fn rate(ours: &Measured, theirs: Option<&Measured>) -> Value {
    let rate = |times: &Sample| count(ROWS) / times.median() * 1_000.0;
    let mut line = json!({
        "figure": "rows a second without latency", "unit": "rows/s", "value": rate(&ours.quick),
        "goal": LEAST_ROWS_A_SECOND, "goal_kind": "min", "runs": ours.quick.runs(),
    });
    if let (Some(line), Some(theirs)) = (line.as_object_mut(), theirs) {
        let theirs = rate(&theirs.quick);
        line.insert("peer".to_owned(), json!(PEER));
        line.insert("peer_value".to_owned(), json!(theirs));
        line.insert("ratio".to_owned(), json!(rate(&ours.quick) / theirs));
    }
    line
}

fn slow(ours: &Measured) -> Value {
    let mut line =
        at_most("seconds with latency", "s", ours.slow.median() / 1_000.0, MOST_SECONDS_SLOW);
    if let Some(line) = line.as_object_mut() {
        line.insert("runs".to_owned(), json!(ours.slow.runs()));
    }
    line
}

/// What listing adds to a process is held against the goal: the program itself, its libraries and
/// its runtime were there before.
fn memory(ours: &Measured, theirs: Option<&Measured>) -> Result<Vec<Value>> {
    let of = |name| median(ours, name);
    let (peak, before) = (of("peak_bytes")?, of("before_bytes")?);
    let (own, json) = (of("own_bytes")?, of("json_bytes")?);
    let added = "memory that listing added, of the rows' own size";
    let mut lines = vec![
        at_most(added, "x", (peak - before) / own, MOST_MEMORY),
        plain("the same of the JSON received", "x", (peak - before) / json),
        plain("peak of the whole process, of the rows' own size", "x", peak / own),
        plain("peak of the whole process", "MiB", peak / MIB),
        plain("the rows' own size", "MiB", own / MIB),
        plain("the JSON received", "MiB", json / MIB),
    ];
    if let (Some(theirs), Some(line)) = (theirs, lines.get_mut(3).and_then(Value::as_object_mut)) {
        let theirs = median(theirs, "peak_bytes")? / MIB;
        line.insert("peer".to_owned(), json!(PEER));
        line.insert("peer_value".to_owned(), json!(theirs));
        line.insert("ratio".to_owned(), json!(peak / MIB / theirs));
    }
    lines.iter_mut().filter_map(Value::as_object_mut).for_each(|line| {
        line.insert("runs".to_owned(), json!(ours.once.len()));
    });
    Ok(lines)
}

fn median(of: &Measured, name: &str) -> Result<f64> {
    let mut sample = Sample::default();
    of.once.iter().try_for_each(|once| number(once, name).map(|number| sample.add_ms(number)))?;
    Ok(sample.median())
}

fn at_most(name: &str, unit: &str, value: f64, most: f64) -> Value {
    json!({ "figure": name, "unit": unit, "value": value, "goal": most, "goal_kind": "max" })
}

fn plain(name: &str, unit: &str, value: f64) -> Value {
    json!({ "figure": name, "unit": unit, "value": value, "goal_kind": "none" })
}

/// Counts here are small.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}
