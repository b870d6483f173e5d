//! One line of what the bench binary prints.

use anyhow::{Context, Result};
use serde_json::Value;

/// Which side of the goal is good.
#[derive(Debug, PartialEq)]
enum Goal {
    AtMost(f64),
    AtLeast(f64),
    None,
}

/// One figure. Units are those of `unit`, for the peer as well.
pub(super) struct Figure {
    name: String,
    unit: String,
    value: f64,
    goal: Goal,
    peer: Option<String>,
    peer_value: Option<f64>,
    ratio: Option<f64>,
    runs: Option<u64>,
}

impl Figure {
    pub(super) const HEAD: [&'static str; 8] =
        ["figure", "value", "unit", "goal", "met", "peer", "peer's", "ratio (runs)"];

    /// Reads `{figure, unit, value, goal, goal_kind, peer, peer_value, ratio, runs}`; the last four
    /// may be missing or null, and so may the goal where `goal_kind` is `none`.
    pub(super) fn parse(line: &str) -> Result<Self> {
        let json: Value =
            serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))?;
        let text = |key| json.get(key).and_then(Value::as_str).map(str::to_owned);
        let number = |key| json.get(key).and_then(Value::as_f64);
        let needed = |key| format!("a figure without `{key}`: {line}");
        let goal = || number("goal").with_context(|| needed("goal"));
        Ok(Self {
            name: text("figure").with_context(|| needed("figure"))?,
            unit: text("unit").with_context(|| needed("unit"))?,
            value: number("value").with_context(|| needed("value"))?,
            goal: match text("goal_kind").as_deref() {
                Some("max") => Goal::AtMost(goal()?),
                Some("min") => Goal::AtLeast(goal()?),
                Some("none") => Goal::None,
                Some(_) | None => anyhow::bail!(needed("goal_kind")),
            },
            peer: text("peer"),
            peer_value: number("peer_value"),
            ratio: number("ratio"),
            runs: json.get("runs").and_then(Value::as_u64),
        })
    }

    /// A figure without a goal meets it.
    pub(super) fn meets_goal(&self) -> bool {
        match self.goal {
            Goal::AtMost(goal) => self.value <= goal,
            Goal::AtLeast(goal) => self.value >= goal,
            Goal::None => true,
        }
    }

    pub(super) fn row(&self) -> Vec<String> {
        let goal = match self.goal {
            Goal::AtMost(goal) => format!("≤ {goal}"),
            Goal::AtLeast(goal) => format!("≥ {goal}"),
            Goal::None => "-".to_owned(),
        };
        let met = if self.meets_goal() { "yes" } else { "NO" };
        let ratio = self.ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
        let runs = self.runs.map_or_else(String::new, |runs| format!(" ({runs})"));
        vec![
            self.name.clone(),
            format!("{:.2}", self.value),
            self.unit.clone(),
            goal,
            met.to_owned(),
            self.peer.clone().unwrap_or_else(|| "-".to_owned()),
            self.peer_value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}")),
            format!("{ratio}{runs}"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::Figure;

    fn figure(value: f64, kind: &str) -> Figure {
        let line = format!(
            r#"{{"figure":"connect","unit":"ms","value":{value},"goal":1.1,"goal_kind":"{kind}",
            "peer":"direct","peer_value":1.0,"ratio":{value},"runs":8}}"#
        );
        Figure::parse(&line).unwrap()
    }

    #[test]
    fn a_value_over_a_maximum_misses_the_goal() {
        assert!(figure(1.1, "max").meets_goal());
        assert!(!figure(1.11, "max").meets_goal());
    }

    #[test]
    fn a_value_under_a_minimum_misses_the_goal() {
        assert!(figure(1.1, "min").meets_goal());
        assert!(!figure(1.09, "min").meets_goal());
    }

    #[test]
    fn a_missed_goal_is_seen_in_the_row() {
        assert!(figure(2.0, "max").row().contains(&"NO".to_owned()));
        assert!(figure(2.0, "none").row().contains(&"yes".to_owned()));
    }

    #[test]
    fn a_goal_without_a_number_is_an_error() {
        assert!(Figure::parse(r#"{"figure":"a","unit":"s","value":1,"goal_kind":"max"}"#).is_err());
    }
}
