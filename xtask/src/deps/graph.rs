//! What `cargo tree --prefix depth` prints, as a graph of names.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

/// One room and all that it depends on.
pub(super) struct Graph {
    pub(super) room: String,
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Lines are a depth, a name and more: `2serde v1.0.228`.
    pub(super) fn parse(tree: &str) -> Result<Self> {
        let mut above: Vec<String> = Vec::new();
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for line in tree.lines().filter(|line| !line.is_empty()) {
            let (depth, name) = row(line).with_context(|| format!("cargo tree said: {line}"))?;
            above.truncate(depth);
            if let Some(parent) = above.last() {
                edges.entry(parent.clone()).or_default().insert(name.to_owned());
            }
            above.push(name.to_owned());
        }
        let room = above.into_iter().next().context("cargo tree said nothing")?;
        Ok(Self { room, edges })
    }

    /// What this package names in its manifest.
    pub(super) fn direct(&self, name: &str) -> impl Iterator<Item = &str> {
        self.edges.get(name).into_iter().flatten().map(String::as_str)
    }

    /// The way from the room to each package below it, the package last.
    pub(super) fn ways(&self) -> Vec<Vec<&str>> {
        let mut seen = BTreeSet::from([self.room.as_str()]);
        let mut ways = Vec::new();
        let mut open = vec![vec![self.room.as_str()]];
        while let Some(way) = open.pop() {
            let last = way.last().copied().unwrap_or_default();
            for next in self.direct(last).filter(|next| seen.insert(next)) {
                let further = [way.as_slice(), &[next]].concat();
                ways.push(further.clone());
                open.push(further);
            }
        }
        ways
    }
}

fn row(line: &str) -> Option<(usize, &str)> {
    let digits = line.find(|c: char| !c.is_ascii_digit())?;
    let (depth, rest) = line.split_at_checked(digits)?;
    Some((depth.parse().ok()?, rest.split(' ').next()?))
}

#[cfg(test)]
mod tests {
    use super::Graph;

    const TREE: &str = "0usher-a v0.1.0 (/x)\n1uuid v1.0.0\n2serde v1.0.0\n1zeroize v1.0.0\n";

    #[test]
    fn what_is_direct_and_what_is_below_are_told_apart() {
        let graph = Graph::parse(TREE).unwrap();
        assert_eq!(graph.direct("usher-a").collect::<Vec<_>>(), ["uuid", "zeroize"]);
        assert!(graph.ways().contains(&vec!["usher-a", "uuid", "serde"]));
    }

    #[test]
    fn no_answer_is_not_an_empty_graph() {
        assert!(Graph::parse("").is_err());
        assert!(Graph::parse("error: no such package").is_err());
    }
}
