//! What is looked at. Nothing here judges.

use std::path::PathBuf;

use usher_broker::protocol::{Door, Failure, Region, Reply, Request};
use usher_broker::{Broker, RealWorld};
use usher_clients::ClientMissing;
use usher_presence::Means;

use super::hardening::{self, Hardening};

/// All of it.
pub(super) struct Facts {
    /// The program's version.
    pub(super) version: &'static str,
    /// The vault's door, with the keyring; or why it could not be looked at.
    pub(super) door: Result<Door, Option<Failure>>,
    /// The RDP client that launches would start.
    pub(super) client: Result<PathBuf, ClientMissing>,
    /// The version of the web view.
    pub(super) web_view: Option<String>,
    /// Whether IT Glue's hosts answer; empty where that was not asked.
    pub(super) it_glue: Vec<(Region, Result<u32, Option<Failure>>)>,
    /// How far this process is closed to others.
    pub(super) hardening: Hardening,
    /// What tells that nobody is there.
    pub(super) presence: Means,
}

/// Looks at everything; asks IT Glue only if wanted, and without a key.
pub(super) async fn gather(broker: &Broker<RealWorld>, offline: bool) -> Facts {
    Facts {
        version: env!("CARGO_PKG_VERSION"),
        door: door(broker).await,
        client: usher_clients::find_rdp().map(|client| client.program().to_owned()),
        web_view: tauri::webview_version().ok(),
        it_glue: if offline { Vec::new() } else { Box::pin(it_glue(broker)).await },
        hardening: hardening::now(),
        presence: usher_presence::means().await,
    }
}

async fn door(broker: &Broker<RealWorld>) -> Result<Door, Option<Failure>> {
    broker.look().await.map_err(Some)
}

/// The three hosts at once.
async fn it_glue(broker: &Broker<RealWorld>) -> Vec<(Region, Result<u32, Option<Failure>>)> {
    let (us, eu, au) = tokio::join!(
        reach(broker, Region::Us),
        reach(broker, Region::Eu),
        reach(broker, Region::Au)
    );
    vec![(Region::Us, us), (Region::Eu, eu), (Region::Au, au)]
}

async fn reach(broker: &Broker<RealWorld>, region: Region) -> Result<u32, Option<Failure>> {
    let reply = broker.handle(None, Request::ReachItGlue { region }).await;
    if let Reply::ItGlueReached { millis, failure, .. } = reply {
        return millis.ok_or(failure);
    }
    Err(failure(reply))
}

fn failure(reply: Reply) -> Option<Failure> {
    if let Reply::Failed { failure } = reply { Some(failure) } else { None }
}
