//! The clients of others.

use crate::{
    Result,
    peer::{Peer, Place, node, python},
};

/// Those that could be had, and why others could not.
pub(super) struct Peers {
    pub(super) ran: Vec<Peer>,
    pub(super) not_run: Vec<String>,
}

impl Peers {
    /// Installs and starts them. One that cannot be had is named in the result.
    pub(super) fn start(place: &Place) -> Result<Self> {
        let known = [("node-itglue 1.0.2 (npm)", node()), ("itglue 0.2.0 (PyPI)", python())];
        let mut peers = Self { ran: Vec::new(), not_run: Vec::new() };
        for (name, installed) in known {
            match installed {
                Ok(installed) => peers.ran.push(Peer::start(name, &installed, place)?),
                Err(why) => peers.not_run.push(format!("{name}: {why}")),
            }
        }
        Ok(peers)
    }

    /// Each lists once.
    pub(super) fn list(&mut self, counts: bool) -> Result<()> {
        self.ran.iter_mut().try_for_each(|peer| peer.timed(counts))
    }

    pub(super) fn fastest(&self) -> Option<&Peer> {
        self.ran.iter().min_by(|a, b| a.times.median().total_cmp(&b.times.median()))
    }
}
