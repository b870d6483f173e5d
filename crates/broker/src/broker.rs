//! The broker: one handle on everything, one way in.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::AbortHandle;
use usher_core::accounts;
use usher_core::error::{Error, StoreError};
use usher_core::founding;
use usher_core::ids::PersonId;
use usher_core::launch::UnlockId;
use usher_core::ports::{Ports, Store};

use crate::ask;
use crate::events::{EventHub, Subscription};
use crate::map::failure;
use crate::map::people::whom;
use crate::pickers::Pickers;
use crate::protocol::{Reply, Request};
use crate::unlocks::UnlockRegistry;
use crate::world::Desk;

/// Opens the world a broker works on. Asked again after a failure, so a retry can work.
pub trait Open: Send + Sync + 'static {
    /// The ports it opens.
    type World: Ports;

    /// Opens the vault and what belongs to it.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was overwritten.
    fn open(&self, desk: Desk) -> impl Future<Output = Result<Self::World, StoreError>> + Send;

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
    unlocks: Arc<UnlockRegistry>,
    hub: Arc<EventHub>,
    pickers: Arc<Pickers>,
    keeping_alive: Mutex<Option<AbortHandle>>,
}

impl<O: Open> Drop for Inner<O> {
    fn drop(&mut self) {
        let keeping = self.keeping_alive.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = keeping.take() {
            task.abort();
        }
    }
}

/// One request's surroundings: who asks, and what they can reach.
pub(crate) struct Desktop<P: Ports> {
    pub(crate) ports: Arc<P>,
    pub(crate) unlock: UnlockId,
    pub(crate) person: PersonId,
    pub(crate) hub: Arc<EventHub>,
    pub(crate) pickers: Arc<Pickers>,
    pub(crate) test_build: bool,
}

impl<P: Ports> Desktop<P> {
    /// The same surroundings for a task of their own.
    pub(crate) fn share(&self) -> Self {
        Self {
            ports: Arc::clone(&self.ports),
            hub: Arc::clone(&self.hub),
            pickers: Arc::clone(&self.pickers),
            ..*self
        }
    }
}

impl<O: Open> Broker<O> {
    /// A broker that opens its world at the first `Unlock`.
    pub fn new(opener: O) -> Self {
        let inner = Inner {
            opener,
            world: Mutex::new(None),
            opening: tokio::sync::Mutex::new(()),
            unlocks: Arc::default(),
            hub: Arc::default(),
            pickers: Arc::default(),
            keeping_alive: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Listens to events from now on.
    #[must_use]
    pub fn subscribe(&self) -> Subscription {
        self.inner.hub.subscribe()
    }

    /// Answers one request. Without a handle, or with one that was locked, all but `Unlock` answer
    /// *locked*.
    pub async fn handle(&self, handle: Option<&str>, request: Request) -> Reply {
        if matches!(request, Request::Unlock) {
            return self.unlock().await;
        }
        match handle.and_then(|handle| self.desktop(handle)) {
            Some(desktop) => ask::answer(desktop, request).await,
            None => Reply::Failed { failure: failure::locked() },
        }
    }

    fn desktop(&self, handle: &str) -> Option<Desktop<O::World>> {
        let (unlock, person) = self.inner.unlocks.find(handle)?;
        let world = self.inner.world.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Some(Desktop {
            ports: world?,
            unlock,
            person,
            hub: Arc::clone(&self.inner.hub),
            pickers: Arc::clone(&self.inner.pickers),
            test_build: self.inner.opener.is_test_build(),
        })
    }

    async fn unlock(&self) -> Reply {
        match self.try_unlock().await {
            Ok(reply) => reply,
            Err(error) => Reply::Failed { failure: failure::plain(&error) },
        }
    }

    /// People and passphrases are a later release's: whoever starts Usher is its one local
    /// administrator, but from here on the handle says who asks.
    async fn try_unlock(&self) -> Result<Reply, Error> {
        let world = self.world().await?;
        let book = world.store().book().await?;
        let person = match book.people.values().find(|p| p.is_active() && p.administrator) {
            Some(person) => person.id,
            None => {
                founding::found(world.as_ref(), crate::world::founder(), crate::world::root())
                    .await?
            }
        };
        let book = world.store().book().await?;
        let handle = self.inner.unlocks.open(person, world.random());
        Ok(Reply::Unlocked { handle, person: whom(&book, person) })
    }

    /// Keys that nobody uses are kept alive for as long as there is a broker.
    fn keep_alive(&self, world: Arc<O::World>) {
        let task = tokio::spawn(accounts::keep_alive_for_ever(world));
        let mut keeping = self.inner.keeping_alive.lock().unwrap_or_else(PoisonError::into_inner);
        *keeping = Some(task.abort_handle());
    }

    async fn world(&self) -> Result<Arc<O::World>, Error> {
        let _one_at_a_time = self.inner.opening.lock().await;
        if let Some(world) = &*self.inner.world.lock().unwrap_or_else(PoisonError::into_inner) {
            return Ok(Arc::clone(world));
        }
        let desk =
            Desk { unlocks: Arc::clone(&self.inner.unlocks), hub: Arc::clone(&self.inner.hub) };
        let world = Arc::new(self.inner.opener.open(desk).await?);
        self.keep_alive(Arc::clone(&world));
        let mut slot = self.inner.world.lock().unwrap_or_else(PoisonError::into_inner);
        *slot = Some(Arc::clone(&world));
        Ok(world)
    }
}
