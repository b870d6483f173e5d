//! The table: what each room must never know.

use std::fmt;

use super::graph::Graph;

/// A package of the workspace and its limits.
pub(super) struct Room {
    pub(super) name: &'static str,
    /// Never in its manifest.
    never_direct: &'static [&'static str],
    /// Never anywhere below it.
    never: &'static [&'static str],
    /// Packages of ours that may stand in its manifest; all others are forbidden.
    ours: &'static [&'static str],
    /// How many packages of others may stand in its manifest.
    most_foreign: usize,
}

/// Where pictures, windows and sockets are. Nothing of this belongs into the law.
const WORLD: [&str; 14] = [
    "serde",
    "serde_core",
    "serde_json",
    "tokio",
    "tauri",
    "reqwest",
    "hyper",
    "axum",
    "http",
    "rusqlite",
    "libsqlite3-sys",
    "keyring",
    "rustls",
    "socket2",
];
const TAURI: [&str; 3] = ["tauri", "wry", "tao"];
const HTTP: [&str; 4] = ["tauri", "wry", "tao", "reqwest"];
/// Stand-ins: no room of the app may know them.
const STAND_INS: [&str; 2] = ["usher-sandbox", "usher-testsuite"];

const MANY: usize = usize::MAX;

/// All rooms. A crate without a row fails the check.
pub(super) const ROOMS: &[Room] = &[
    Room { name: "usher-core", never_direct: &[], never: &WORLD, ours: &[], most_foreign: 5 },
    Room { name: "itglue", never_direct: &[], never: &TAURI, ours: &[], most_foreign: MANY },
    adapter("usher-vault", &HTTP),
    adapter("usher-picker", &WORLD),
    adapter("usher-rdp", &HTTP),
    adapter("usher-clients", &HTTP),
    Room { name: "usher-presence", never_direct: &[], never: &HTTP, ours: &[], most_foreign: MANY },
    Room {
        name: "usher-broker",
        never_direct: &["rusqlite", "reqwest"],
        never: &[
            "tauri",
            "wry",
            "tao",
            "usher-clients",
            "usher-presence",
            "usher-sandbox",
            "usher-testsuite",
        ],
        ours: &[
            "usher-core",
            "itglue",
            "usher-vault",
            "usher-picker",
            "usher-rdp",
            "usher-website",
        ],
        most_foreign: MANY,
    },
    Room {
        name: "usher",
        never_direct: &["rusqlite", "reqwest", "keyring"],
        never: &STAND_INS,
        ours: &["usher-core", "usher-broker", "usher-clients", "usher-presence"],
        most_foreign: MANY,
    },
    Room {
        name: "usher-bare-window",
        never_direct: &[],
        never: &STAND_INS,
        ours: &[],
        most_foreign: 1,
    },
    Room {
        name: "usher-sandbox",
        never_direct: &[],
        never: &TAURI,
        ours: &ALL,
        most_foreign: MANY,
    },
    Room { name: "usher-testsuite", never_direct: &[], never: &[], ours: &ALL, most_foreign: MANY },
    Room { name: "xtask", never_direct: &[], never: &WORLD_OF_XTASK, ours: &[], most_foreign: 3 },
];

/// The stand-ins and the tests put everything together.
const ALL: [&str; 11] = [
    "usher",
    "usher-core",
    "itglue",
    "usher-vault",
    "usher-picker",
    "usher-rdp",
    "usher-website",
    "usher-clients",
    "usher-presence",
    "usher-broker",
    "usher-sandbox",
];
/// It is built before all else, so it stays small.
const WORLD_OF_XTASK: [&str; 4] = ["tokio", "tauri", "reqwest", "syn"];

/// Adapters know the law and not each other.
const fn adapter(name: &'static str, never: &'static [&'static str]) -> Room {
    Room { name, never_direct: &[], never, ours: &["usher-core"], most_foreign: MANY }
}

/// A forbidden edge.
#[derive(Debug, PartialEq)]
pub(super) struct Breach {
    room: String,
    what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.room, self.what)
    }
}

impl Room {
    /// What in this graph the row forbids.
    pub(super) fn breaches(&self, graph: &Graph) -> Vec<Breach> {
        let direct: Vec<&str> = graph.direct(self.name).collect();
        let breach = |what| Breach { room: self.name.to_owned(), what };
        let named = direct.iter().filter(|name| self.forbids_direct(name));
        let named = named.map(|name| breach(format!("must not depend on {name}")));
        let ways = graph.ways().into_iter();
        let ways = ways.filter(|way| way.last().is_some_and(|last| self.never.contains(last)));
        let reached = ways.map(|way| breach(format!("must never reach {}", way.join(" → "))));
        let foreign = direct.iter().filter(|name| !is_ours(name)).count();
        let crowd = (foreign > self.most_foreign).then(|| {
            breach(format!("{foreign} packages of others; at most {}", self.most_foreign))
        });
        named.chain(reached).chain(crowd).collect()
    }

    fn forbids_direct(&self, name: &str) -> bool {
        self.never_direct.contains(&name) || (is_ours(name) && !self.ours.contains(&name))
    }
}

fn is_ours(name: &str) -> bool {
    name == "usher" || name == "itglue" || name.starts_with("usher-")
}

#[cfg(test)]
mod tests {
    use super::{Graph, ROOMS};

    fn breaches(tree: &str) -> Vec<String> {
        let graph = Graph::parse(tree).unwrap();
        let room = ROOMS.iter().find(|room| room.name == graph.room).unwrap();
        room.breaches(&graph).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_law_may_not_reach_serde_through_another_package() {
        let found = breaches("0usher-core v0\n1uuid v1\n2serde v1\n");
        assert_eq!(found, ["usher-core: must never reach usher-core → uuid → serde"]);
        assert!(breaches("0usher-core v0\n1uuid v1\n").is_empty());
    }

    #[test]
    fn the_law_has_five_foreign_packages_at_most() {
        let five = "0usher-core v0\n1a v1\n1b v1\n1c v1\n1d v1\n1e v1\n";
        assert!(breaches(five).is_empty());
        assert_eq!(breaches(&format!("{five}1f v1\n")).len(), 1);
    }

    #[test]
    fn adapters_may_not_know_each_other_nor_it_glue() {
        for other in ["usher-rdp", "itglue", "usher-broker"] {
            assert_eq!(breaches(&format!("0usher-vault v0\n1{other} v0\n")).len(), 1, "{other}");
        }
        assert!(breaches("0usher-vault v0\n1usher-core v0\n1rusqlite v0\n").is_empty());
    }

    #[test]
    fn the_client_of_it_glue_knows_nothing_of_usher() {
        assert_eq!(breaches("0itglue v0\n1usher-core v0\n").len(), 1);
    }

    #[test]
    fn the_broker_may_not_reach_windows_nor_the_persons_programs() {
        assert_eq!(breaches("0usher-broker v0\n1some-plugin v0\n2tauri v2\n").len(), 1);
        assert!(!breaches("0usher-broker v0\n1usher-clients v0\n").is_empty());
    }

    #[test]
    fn the_shell_talks_to_the_broker_and_not_past_it() {
        for other in ["usher-vault", "itglue", "rusqlite", "usher-sandbox"] {
            assert!(!breaches(&format!("0usher v0\n1{other} v0\n")).is_empty(), "{other}");
        }
        // What the broker itself stands on is below, not beside.
        assert!(
            breaches("0usher v0\n1usher-broker v0\n2usher-vault v0\n3rusqlite v0\n").is_empty()
        );
    }
}
