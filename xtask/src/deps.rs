//! Which room may depend on what, by the tree that cargo resolves for each room alone.

use anyhow::{Result, bail};
use graph::Graph;
use rooms::{Breach, ROOMS};

use crate::{place, program::Program, say};

mod graph;
mod rooms;

/// Fails on a forbidden edge, naming the way to it, and on a crate without a row in the table.
pub(crate) fn run() -> Result<()> {
    let mut breaches: Vec<Breach> = Vec::new();
    for room in ROOMS {
        breaches.extend(room.breaches(&resolved(room.name)?));
    }
    for breach in &breaches {
        say::line(breach);
    }
    let unknown = without_row()?;
    if !unknown.is_empty() {
        bail!("no row says what these may depend on: {}", unknown.join(", "));
    }
    if !breaches.is_empty() {
        bail!("{} forbidden edges", breaches.len());
    }
    say::line(format!("{} rooms: no forbidden edge", ROOMS.len()));
    Ok(())
}

/// Normal dependencies with all features, on every system. Cargo is asked about one package at a
/// time: in the whole workspace, a feature that one room turns on would show up in all of them.
fn resolved(package: &str) -> Result<Graph> {
    let tree = ["tree", "--all-features", "--target", "all", "--edges", "normal,no-proc-macro"];
    let tree = Program::cargo().args(tree).args(["--prefix", "depth", "--package", package]);
    Graph::parse(&tree.read()?)
}

/// Members of the workspace that the table does not name.
fn without_row() -> Result<Vec<String>> {
    let manifests = std::fs::read_dir(place::root().join("crates"))?.flatten();
    let manifests = manifests.map(|entry| entry.path().join("Cargo.toml"));
    let texts = manifests.filter_map(|path| std::fs::read_to_string(path).ok());
    let names = texts.filter_map(|text| Some(name_of(&text)?.to_owned()));
    Ok(names.filter(|name| !ROOMS.iter().any(|room| room.name == name)).collect())
}

fn name_of(manifest: &str) -> Option<&str> {
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = "))?;
    Some(name.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_crates_name_is_read_from_its_manifest() {
        assert_eq!(super::name_of("[package]\nname = \"usher-core\"\n"), Some("usher-core"));
    }
}
