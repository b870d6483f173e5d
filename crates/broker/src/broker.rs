//! The broker: one handle on everything, one way in.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::AbortHandle;
use usher_core::error::{Error, StoreError};
use usher_core::ids::PersonId;
use usher_core::launch::UnlockId;
use usher_core::ports::{Clock, LocalStore, Ports};
use usher_core::{accounts, audit};

use crate::door::{Asked, Knock};
use crate::drift::DriftCount;
use crate::events::{EventHub, Subscription};
use crate::idle::IdleSense;
use crate::map::failure;
use crate::pickers::Pickers;
use crate::protocol::{Door, Failure, Region, Reply, Request, RunRow, VaultVerdict};
use crate::tickets::LastTickets;
use crate::undos::Undos;
use crate::unlocks::{Unlock, UnlockRegistry};
use crate::world::Desk;
use crate::{ask, door, watch};

/// Opens the world a broker works on. Asked again after a failure, so a retry can work.
pub trait Open: Send + Sync + 'static {
    /// The ports it opens.
    type World: Ports;

    /// Puts the world together. The vault in it is locked, or not there yet.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was overwritten.
    fn open(&self, desk: Desk) -> impl Future<Output = Result<Self::World, StoreError>> + Send;

    /// Where the vault's file lies.
    fn path(&self) -> String;

    /// How the door stands, for the command line. Nothing is made or changed.
    ///
    /// # Errors
    /// Where it could not be looked at; `Missing` where there is no vault, but the log of one.
    fn look(&self) -> impl Future<Output = Result<Door, Failure>> + Send;

    /// Checks the vault's file without opening it, for the command line.
    ///
    /// # Errors
    /// Where it could not be checked; a vault that is not sound is a verdict.
    fn verify_vault(&self) -> impl Future<Output = Result<VaultVerdict, Failure>> + Send;

    /// Checks the audit log without opening the vault, for the command line.
    ///
    /// # Errors
    /// Where it could not be checked; a log that is not whole is a verdict.
    fn verify_log(&self) -> impl Future<Output = Result<audit::Verdict, Failure>> + Send;

    /// Whether IT Glue answers in this region: how long that took in milliseconds. No key is sent.
    ///
    /// # Errors
    /// Why no answer came.
    fn reach(&self, region: Region) -> impl Future<Output = Result<u32, Failure>> + Send;

    /// Whether this build can be pointed at a stand-in for IT Glue.
    fn is_test_build(&self) -> bool {
        cfg!(feature = "test-server")
    }
}

/// Answers requests. Cheap to clone.
pub struct Broker<O: Open> {
    inner: Arc<Inner<O>>,
}

impl<O: Open> Clone for Broker<O> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

struct Inner<O: Open> {
    opener: O,
    world: Mutex<Option<Arc<O::World>>>,
    opening: tokio::sync::Mutex<()>,
    shared: Shared,
    tasks: Mutex<Vec<AbortHandle>>,
}

impl<O: Open> Drop for Inner<O> {
    fn drop(&mut self) {
        let tasks = self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner);
        tasks.drain(..).for_each(|task| task.abort());
    }
}

/// What outlives a request, whoever asks. Clones are one.
#[derive(Clone, Default)]
pub(crate) struct Shared {
    pub(crate) unlocks: Arc<UnlockRegistry>,
    pub(crate) hub: Arc<EventHub>,
    pub(crate) pickers: Arc<Pickers>,
    pub(crate) undos: Arc<Undos>,
    pub(crate) tickets: Arc<LastTickets>,
    pub(crate) drift: Arc<DriftCount>,
    pub(crate) locking: Arc<tokio::sync::Mutex<()>>,
    pub(crate) idle: Arc<IdleSense>,
}

/// One request's surroundings: who asks, and what they can reach.
pub(crate) struct Desktop<P: Ports> {
    pub(crate) ports: Arc<P>,
    pub(crate) unlock: UnlockId,
    pub(crate) person: PersonId,
    pub(crate) open: Unlock,
    pub(crate) shared: Shared,
    pub(crate) test_build: bool,
}

impl<P: Ports> Desktop<P> {
    /// The same surroundings for a task of their own.
    pub(crate) fn share(&self) -> Self {
        Self { ports: Arc::clone(&self.ports), shared: self.shared.clone(), ..*self }
    }
}

impl<O: Open> Broker<O> {
    /// A broker that opens its world when it is first asked for something.
    pub fn new(opener: O) -> Self {
        let inner = Inner {
            opener,
            world: Mutex::new(None),
            opening: tokio::sync::Mutex::new(()),
            shared: Shared::default(),
            tasks: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Listens to events from now on: what concerns everybody, and what concerns whoever has the
    /// vault open then.
    #[must_use]
    pub fn subscribe(&self) -> Subscription {
        self.inner.shared.hub.subscribe(&self.inner.shared.unlocks)
    }

    /// Listens to what concerns anybody, also while the vault is locked: for whoever starts the clients,
    /// and never for a page.
    #[must_use]
    pub fn subscribe_to_all(&self) -> Subscription {
        self.inner.shared.hub.subscribe_to_all()
    }

    /// Every launch on the Running list, whoever's and also while the vault is locked: for whoever starts
    /// the clients and has missed events, and never for a page.
    #[must_use]
    pub fn runs(&self) -> Vec<RunRow> {
        self.inner.shared.hub.runs.rows(None)
    }

    /// How the door stands, as for [`Request::Door`], but nothing is made or set going by it.
    ///
    /// # Errors
    /// As for that request.
    pub async fn look(&self) -> Result<Door, Failure> {
        self.inner.opener.look().await
    }

    /// How many sessions run, whoever launched them and whether or not the vault is locked.
    #[must_use]
    pub fn running(&self) -> usize {
        self.inner.shared.hub.runs.running()
    }

    /// Before the program ends: ends every session, waits until the end of each is in the audit log,
    /// and has whoever has the vault open sign the log. A slow disk is waited for until the limit; the
    /// number of sessions whose log is not whole then.
    pub async fn wind_up(&self, limit: Duration) -> usize {
        let all = async {
            self.inner.shared.hub.runs.end_all().await;
            self.sign_log().await;
        };
        // What was not done in time is what is counted.
        let _in_time = tokio::time::timeout(limit, all).await;
        self.inner.shared.hub.runs.not_on_record()
    }

    /// What stays unsigned is signed after the next unlock, and shows as an unsigned tail.
    async fn sign_log(&self) {
        let world = self.inner.world.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(world) = world {
            let _as_verifying_says: Result<(), StoreError> =
                world.local().sign(world.clock().now()).await;
        }
    }

    /// Answers one request. Without a handle, or with one that was locked, only the door answers.
    pub async fn handle(&self, handle: Option<&str>, request: Request) -> Reply {
        let answer = match self.at_the_door(handle, request).await {
            Ok(answer) => answer,
            Err((desktop, request)) => {
                let ports = Arc::clone(&desktop.ports);
                let answer = ask::answer(*desktop, request).await;
                watch::shut_out(&ports, &self.inner.shared).await;
                answer
            }
        };
        answer.unwrap_or_else(|failure| Reply::Failed { failure })
    }

    /// What needs no handle is answered here; anything else comes back with its desktop.
    async fn at_the_door(
        &self,
        handle: Option<&str>,
        request: Request,
    ) -> Result<ask::Answer, (Box<Desktop<O::World>>, Request)> {
        let opener = &self.inner.opener;
        Ok(match Asked::of(request) {
            Asked::Verify => {
                opener.verify_vault().await.map(|verdict| Reply::VaultVerdict { verdict })
            }
            Asked::Reach(region) => Ok(door::reached(region, opener.reach(region).await)),
            Asked::Door(knock) => self.knocked(knock).await,
            Asked::Inside(request) => match self.desktop(handle).await {
                Some(desktop) => return Err((Box::new(desktop), *request)),
                None => self.without_a_handle(*request).await,
            },
        })
    }

    /// What somebody without a handle may ask besides the door.
    async fn without_a_handle(&self, request: Request) -> ask::Answer {
        if matches!(request, Request::AuditVerify) {
            return self.inner.opener.verify_log().await.map(|verdict| door::log_verdict(&verdict));
        }
        if let Request::ClientExited { run } = request {
            return ask::client_exited_while_locked(&self.inner.shared.hub, &run);
        }
        Err(failure::locked())
    }

    async fn knocked(&self, knock: Knock) -> ask::Answer {
        let world = self.world().await.map_err(|error| failure::plain(&error))?;
        let about = (self.inner.opener.path(), self.inner.opener.is_test_build());
        door::answer(&world, &self.inner.shared, about, knock).await
    }

    /// The surroundings behind a handle. One that was open for too long is locked instead.
    async fn desktop(&self, handle: Option<&str>) -> Option<Desktop<O::World>> {
        let shared = self.inner.shared.clone();
        let world = self.inner.world.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        watch::hours(&world, &shared).await;
        let (unlock, open) = shared.unlocks.find(handle?)?;
        let test_build = self.inner.opener.is_test_build();
        Some(Desktop { ports: world, unlock, person: open.person, open, shared, test_build })
    }

    /// What goes on by itself for as long as there is a broker.
    fn set_going(&self, world: &Arc<O::World>) {
        let signing = Arc::clone(world);
        let tasks = [
            tokio::spawn(accounts::keep_alive_for_ever(Arc::clone(world))).abort_handle(),
            tokio::spawn(async move { audit::keep_signed(signing.as_ref()).await }).abort_handle(),
            tokio::spawn(watch::for_ever(Arc::clone(world), self.inner.shared.clone()))
                .abort_handle(),
        ];
        self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner).extend(tasks);
    }

    async fn world(&self) -> Result<Arc<O::World>, Error> {
        let _one_at_a_time = self.inner.opening.lock().await;
        if let Some(world) = &*self.inner.world.lock().unwrap_or_else(PoisonError::into_inner) {
            return Ok(Arc::clone(world));
        }
        let shared = &self.inner.shared;
        let desk = Desk { unlocks: Arc::clone(&shared.unlocks), hub: Arc::clone(&shared.hub) };
        let world = Arc::new(self.inner.opener.open(desk).await?);
        self.set_going(&world);
        let mut slot = self.inner.world.lock().unwrap_or_else(PoisonError::into_inner);
        *slot = Some(Arc::clone(&world));
        Ok(world)
    }
}
