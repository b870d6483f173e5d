//! The injector: core's port, over loopback.

use std::sync::Arc;

use ironrdp_pdu::nego::SecurityProtocol;
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinHandle;
use usher_core::ports::{
    Client, Controls, End, Handoff, Injector, Lease, OpenError, OpenSession, Outcome, Preflight,
    PreflightError, SessionControl, Takes, Target, Traffic,
};

use crate::client_leg::{Leaf, bind};
use crate::one_time::OneTime;
use crate::session::Session;
use crate::target::{Refused, Tls, connect, negotiate};

/// Signs in to RDP hosts with network level authentication, from a loopback address per session.
///
/// [`Injector::open`] must be called inside a tokio runtime: the session runs on as a task of it.
pub struct LoopbackInjector {
    tls: Tls,
}

impl LoopbackInjector {
    /// One for all sessions of a process.
    #[must_use]
    pub fn new() -> Self {
        Self { tls: Tls::new() }
    }
}

impl Default for LoopbackInjector {
    fn default() -> Self {
        Self::new()
    }
}

impl Injector for LoopbackInjector {
    async fn preflight(&self, target: &Target) -> Result<Preflight, PreflightError> {
        let nla_or_tls =
            SecurityProtocol::SSL | SecurityProtocol::HYBRID | SecurityProtocol::HYBRID_EX;
        let tcp = connect(target).await.map_err(PreflightError::Unreachable)?;
        let answer = negotiate(tcp, nla_or_tls).await.map_err(preflight_error)?;
        let proved = self.tls.connect(answer.stream, &target.host).await;
        let certificate = proved.map_err(PreflightError::Unreachable)?.into_certificate();
        Ok(Preflight { certificate, takes: Takes::Nla })
    }

    async fn open<L: Lease>(
        &self,
        session: OpenSession,
        lease: L,
    ) -> Result<(Handoff, SessionControl), OpenError> {
        let listener = bind().await.map_err(|_| OpenError::NoListener)?;
        let address = listener.local_addr().map_err(|_| OpenError::NoListener)?;
        let leaf = Leaf::new(address.ip(), self.tls.provider()).ok_or(OpenError::NoCertificate)?;
        let one_time = OneTime::handed().ok_or(OpenError::NoCertificate)?;
        let handoff = Handoff {
            address,
            user: one_time.user,
            password: one_time.password,
            certificate_sha256: leaf.sha256,
            title: session.title.clone(),
            devices: session.devices.clone(),
            display: session.display,
        };
        let session = Session {
            listener,
            leaf,
            gate: one_time.gate,
            tls: self.tls.clone(),
            target: session.target,
            trusted: session.trusted,
            patience: session.patience,
        };
        Ok((handoff, start(session, lease)))
    }
}

fn preflight_error(refused: Refused) -> PreflightError {
    match refused {
        Refused::Unreachable(how) => PreflightError::Unreachable(how),
        Refused::Unsupported(what) => PreflightError::Unsupported(what),
    }
}

/// The session is a task of its own, and whoever watches it reports its end: a panic in it ends this
/// one session only, and the lease still hears of it.
fn start<L: Lease>(session: Session, lease: L) -> SessionControl {
    let lease = Arc::new(Mutex::new(lease));
    let ended_by_person = Arc::new(Notify::new());
    let running = tokio::spawn(session.run(Arc::clone(&lease)));
    tokio::spawn(watch(running, Arc::clone(&ended_by_person), lease));
    SessionControl::new(Hold { ended_by_person })
}

/// What the Running list holds of a session.
struct Hold {
    ended_by_person: Arc<Notify>,
}

impl Controls for Hold {
    fn end(&self) {
        self.ended_by_person.notify_one();
    }

    fn sign_in_again(&self) {}

    fn serve(&self, _client: Client) {}

    fn traffic(&self) -> Traffic {
        Traffic::default()
    }
}

async fn watch<L: Lease>(
    mut running: JoinHandle<End>,
    ended_by_person: Arc<Notify>,
    lease: Arc<Mutex<L>>,
) {
    let end = tokio::select! {
        ended = &mut running => ended.unwrap_or(End::Fault),
        () = ended_by_person.notified() => stop(running).await,
    };
    tracing::debug!(?end, "Session ended");
    lease.lock().await.report(Outcome::Ended(end)).await;
}

/// Stops the task and waits for it, so that the lease is free and the sockets are closed.
async fn stop(running: JoinHandle<End>) -> End {
    running.abort();
    match running.await {
        Ok(end) => end,
        Err(stopped) if stopped.is_cancelled() => End::EndedByPerson,
        Err(_) => End::Fault,
    }
}
