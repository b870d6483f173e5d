//! The injector: core's port, over loopback.

use std::net::IpAddr;
use std::sync::Arc;

use ironrdp_pdu::nego::SecurityProtocol;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use usher_core::ports::{
    End, Handoff, Injector, Lease, OpenError, OpenSession, Outcome, Preflight, PreflightError,
    SessionControl, Target,
};

use crate::client_leg::{Leaf, bind};
use crate::one_time::OneTime;
use crate::session::{Hold, Session, Wishes};
use crate::target::{Refused, Tls, reach, takes};

/// Signs in to RDP hosts from a loopback address per session.
///
/// [`Injector::open`] must be called inside a tokio runtime: the session runs on as a task of it.
pub struct LoopbackInjector {
    tls: Tls,
    /// Shown to every client, if it is there; else each session makes its own.
    #[cfg(windows)]
    kept: Option<crate::kept::KeptCertificate>,
}

impl LoopbackInjector {
    /// One for all sessions of a process.
    #[must_use]
    pub fn new() -> Self {
        Self {
            tls: Tls::new(),
            #[cfg(windows)]
            kept: None,
        }
    }

    /// Shows every client the certificate that is kept in this folder, which the person may have
    /// trusted. Where it cannot be had, each session makes its own.
    #[cfg(windows)]
    #[must_use]
    pub fn keeping_in(folder: &std::path::Path) -> Self {
        let kept = crate::kept::KeptCertificate::open(folder);
        if let Err(error) = &kept {
            tracing::warn!(%error, "Each session makes its own certificate");
        }
        Self { kept: kept.ok(), ..Self::new() }
    }

    fn leaf(&self, address: IpAddr) -> Option<Leaf> {
        #[cfg(windows)]
        if let Some(kept) = &self.kept {
            return Leaf::kept(kept, self.tls.provider());
        }
        Leaf::new(address, self.tls.provider())
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
        let answer = reach(target, nla_or_tls).await.map_err(preflight_error)?;
        let takes = takes(answer.protocol);
        let proved = self.tls.secure(answer, target).await;
        let certificate = proved.map_err(PreflightError::Unreachable)?.into_certificate();
        Ok(Preflight { certificate, takes })
    }

    async fn open<L: Lease>(
        &self,
        session: OpenSession,
        lease: L,
    ) -> Result<(Handoff, SessionControl), OpenError> {
        let listener = bind().await.map_err(|_| OpenError::NoListener)?;
        let address = listener.local_addr().map_err(|_| OpenError::NoListener)?;
        let leaf = self.leaf(address.ip()).ok_or(OpenError::NoCertificate)?;
        let made = if session.by_hand { OneTime::typed() } else { OneTime::handed() };
        let one_time = made.ok_or(OpenError::NoCertificate)?;
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
            takes: session.takes,
            patience: session.patience,
            devices: session.devices,
            dynamic_resolution: session.display.dynamic_resolution,
            wishes: Arc::new(Wishes::default()),
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
    let wishes = Arc::clone(&session.wishes);
    let running = tokio::spawn(session.run(Arc::clone(&lease)));
    tokio::spawn(watch(running, Arc::clone(&wishes), lease));
    SessionControl::new(Hold(wishes))
}

async fn watch<L: Lease>(mut running: JoinHandle<End>, wishes: Arc<Wishes>, lease: Arc<Mutex<L>>) {
    let end = tokio::select! {
        ended = &mut running => ended.unwrap_or(End::Fault),
        () = wishes.ended() => stop(running).await,
    };
    wishes.over();
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
