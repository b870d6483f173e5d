//! The person's own client, started with the Handoff alone.

use usher_broker::protocol::{Code, Detail, Failure, Fault, Handoff, HeldBack};
use usher_clients::{Residue, RunningClient};

/// It, and what it was not asked for of what the entry allows.
pub(super) async fn started(
    handoff: Handoff,
    residue: &Residue,
) -> Result<(RunningClient, Vec<HeldBack>), Failure> {
    let missing = Failure { code: Code::ClientMissing, detail: Detail::Plain };
    let client = usher_clients::find_rdp().map_err(|_| missing)?;
    let broken = || Failure {
        code: Code::ClientMissing,
        detail: Detail::Fault { fault: Fault::ClientDidNotStart },
    };
    let handoff = usher_broker::received(handoff).ok_or_else(broken)?;
    let held_back = client.abilities().await.held_back(&handoff.devices);
    let started = client.start(handoff, residue).await.map_err(|error| {
        tracing::warn!(%error, "The client did not start");
        broken()
    })?;
    Ok((started, held_back.into_iter().map(told).collect()))
}

fn told(held: usher_clients::HeldBack) -> HeldBack {
    match held {
        usher_clients::HeldBack::Drives => HeldBack::Drives,
        usher_clients::HeldBack::ClipboardFiles => HeldBack::ClipboardFiles,
        usher_clients::HeldBack::Camera => HeldBack::Camera,
    }
}
