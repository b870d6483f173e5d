//! One line of the result, as `cargo xtask bench` reads it.

use serde_json::{Value, json};

use crate::sample::Sample;

/// A time in milliseconds without a goal and without a peer.
pub(crate) fn alone(name: &str, ours: &Sample) -> Value {
    json!({
        "figure": name, "unit": "ms", "value": ours.median(), "goal_kind": "none",
        "runs": ours.runs(), "p10": ours.p10(), "p90": ours.p90(),
    })
}

/// A time in milliseconds beside a peer's; the ratio is ours to theirs.
pub(crate) fn beside(name: &str, ours: &Sample, peer: &str, theirs: &Sample) -> Value {
    json!({
        "figure": name, "unit": "ms", "value": ours.median(), "goal_kind": "none",
        "runs": ours.runs(), "p10": ours.p10(), "p90": ours.p90(),
        "peer": peer, "peer_value": theirs.median(), "ratio": ratio(ours, theirs),
        "peer_p10": theirs.p10(), "peer_p90": theirs.p90(),
    })
}

/// The same without the peer's figure, and why there is none.
pub(crate) fn without_peer(name: &str, ours: &Sample, why: &str) -> Value {
    let mut line = alone(name, ours);
    if let Some(line) = line.as_object_mut() {
        line.insert("peer".to_owned(), json!(format!("not run: {why}")));
    }
    line
}

/// Our median time as a multiple of the peer's, with the most that it may be.
pub(crate) fn multiple(name: &str, ours: &Sample, peer: &str, theirs: &Sample, most: f64) -> Value {
    json!({
        "figure": name, "unit": "x", "value": ratio(ours, theirs), "goal": most, "goal_kind": "max",
        "peer": peer, "peer_value": 1.0, "ratio": ratio(ours, theirs), "runs": ours.runs(),
    })
}

/// A value without a goal.
#[cfg(target_os = "linux")]
pub(crate) fn plain(name: &str, unit: &str, value: f64) -> Value {
    json!({ "figure": name, "unit": unit, "value": value, "goal_kind": "none" })
}

/// A value with the most that it may be.
#[cfg(target_os = "linux")]
pub(crate) fn at_most(name: &str, unit: &str, value: f64, most: f64) -> Value {
    json!({ "figure": name, "unit": unit, "value": value, "goal": most, "goal_kind": "max" })
}

/// The middle of some values, with the most that it may be.
#[cfg(target_os = "linux")]
pub(crate) fn most_of(name: &str, unit: &str, values: &Sample, most: f64) -> Value {
    spread(at_most(name, unit, values.median(), most), values)
}

/// The middle of some values without a goal.
#[cfg(target_os = "linux")]
pub(crate) fn plain_of(name: &str, unit: &str, values: &Sample) -> Value {
    spread(plain(name, unit, values.median()), values)
}

#[cfg(target_os = "linux")]
fn spread(mut line: Value, values: &Sample) -> Value {
    if let Some(line) = line.as_object_mut() {
        line.insert("runs".to_owned(), json!(values.runs()));
        line.insert("p10".to_owned(), json!(values.p10()));
        line.insert("p90".to_owned(), json!(values.p90()));
    }
    line
}

/// A value with the least that it may be.
#[cfg(target_os = "linux")]
pub(crate) fn at_least(name: &str, unit: &str, value: f64, least: f64) -> Value {
    json!({ "figure": name, "unit": unit, "value": value, "goal": least, "goal_kind": "min" })
}

/// What is reached of a peer's, with the least that it may be.
#[cfg(target_os = "linux")]
pub(crate) fn share(name: &str, reached: f64, peer: &str, least: f64, runs: usize) -> Value {
    json!({
        "figure": name, "unit": "x", "value": reached, "goal": least, "goal_kind": "min",
        "peer": peer, "peer_value": 1.0, "ratio": reached, "runs": runs,
    })
}

fn ratio(ours: &Sample, theirs: &Sample) -> f64 {
    ours.median() / theirs.median()
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    use super::most_of;
    use super::{Sample, alone, multiple, without_peer};

    fn of(ms: f64) -> Sample {
        let mut sample = Sample::default();
        sample.add_ms(ms);
        sample
    }

    #[test]
    fn a_multiple_is_ours_to_theirs_and_has_its_goal() {
        let line = multiple("a", &of(3.0), "b", &of(2.0), 1.1);
        assert_eq!((line["value"].as_f64(), line["goal"].as_f64()), (Some(1.5), Some(1.1)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_middle_of_some_values_is_held_against_the_goal_and_shows_their_spread() {
        let mut values = of(3.0);
        values.add_value(1.0);
        values.add_value(9.0);
        let line = most_of("a", "MB", &values, 25.0);
        assert_eq!((line["value"].as_f64(), line["goal"].as_f64()), (Some(3.0), Some(25.0)));
        assert_eq!((line["p10"].as_f64(), line["p90"].as_f64()), (Some(1.0), Some(9.0)));
        assert_eq!(line["runs"], 3);
    }

    #[test]
    fn a_peer_that_did_not_run_has_a_reason_and_no_figure() {
        let line = without_peer("a", &of(3.0), "no network");
        assert_eq!(line["peer"], "not run: no network");
        assert!(line.get("peer_value").is_none() && alone("a", &of(1.0)).get("peer").is_none());
    }
}
