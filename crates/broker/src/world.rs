//! The real world: vault, local store, IT Glue and injector put together as one `Ports`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use usher_core::audit;
use usher_core::error::StoreError;
use usher_core::launch::Refusals;
use usher_core::ports::{Access, Clock, Door, Ports};
use usher_rdp::LoopbackInjector;
use usher_vault::{Cost, Keyring, Local, Means, Vault, Witness};

use crate::broker::Open;
use crate::clock::{OsRandom, SystemClock};
use crate::events::EventHub;
use crate::itglue_source::{self, ItGlueSource};
use crate::protocol::{Failure, Region, VaultVerdict};
use crate::unlocks::UnlockRegistry;
use crate::verify;

/// What the broker lends the world it opens.
#[derive(Clone)]
pub struct Desk {
    /// Who has the vault unlocked.
    pub unlocks: Arc<UnlockRegistry>,
    /// Where notices go.
    pub hub: Arc<EventHub>,
}

/// Where the real world lies on this machine.
#[derive(Debug, Clone)]
pub struct Places {
    /// The vault file.
    pub vault: PathBuf,
    /// The local store's file.
    pub local: PathBuf,
    /// The name under which Usher's items stand in the OS keyring.
    pub keyring_service: String,
    /// The stand-in to ask instead of IT Glue.
    #[cfg(feature = "test-server")]
    pub server: Option<crate::Server>,
}

impl Places {
    /// A person's usual places: the vault in their data folder, the local store in the folder that
    /// stays on this machine.
    #[must_use]
    pub fn beneath(data: &Path, local: &Path, keyring_service: &str) -> Self {
        Self {
            vault: data.join("usher").join("vault.sqlite"),
            local: local.join("usher").join("local.sqlite"),
            keyring_service: keyring_service.to_owned(),
            #[cfg(feature = "test-server")]
            server: None,
        }
    }
}

/// Opens the real world: files, keyring, IT Glue, injector.
#[derive(Debug, Clone)]
pub struct RealWorld(pub Places);

impl RealWorld {
    fn means(&self, clock: SystemClock) -> Means {
        Means {
            device: Arc::new(Keyring::new(&self.0.keyring_service)),
            witness: Witness::default(),
            clock: Arc::new(move || clock.now()),
            device_name: gethostname::gethostname().to_string_lossy().into_owned(),
            cost: Cost::Full,
        }
    }
}

impl Open for RealWorld {
    type World = World;

    async fn open(&self, desk: Desk) -> Result<World, StoreError> {
        let clock = SystemClock::start();
        World::open(&self.0, self.means(clock), clock, desk).await
    }

    fn path(&self) -> String {
        self.0.vault.display().to_string()
    }

    async fn look(&self) -> Result<crate::protocol::Door, Failure> {
        verify::door(&self.0, self.means(SystemClock::start()), self.is_test_build()).await
    }

    async fn verify_vault(&self) -> Result<VaultVerdict, Failure> {
        verify::vault(&self.0, self.means(SystemClock::start())).await
    }

    async fn verify_log(&self) -> Result<audit::Verdict, Failure> {
        verify::log(&self.0, self.means(SystemClock::start())).await
    }

    async fn reach(&self, region: Region) -> Result<u32, Failure> {
        #[cfg(feature = "test-server")]
        if let Some(server) = &self.0.server {
            return itglue_source::reach_server(server).await;
        }
        itglue_source::reach(region).await
    }
}

/// All ports, over a device and a clock of one's choice.
pub struct World<C: Clock = SystemClock> {
    vault: Arc<Vault>,
    local: Local,
    source: ItGlueSource<Vault>,
    injector: LoopbackInjector,
    clock: C,
    random: OsRandom,
    unlocks: Arc<UnlockRegistry>,
    notices: Arc<EventHub>,
}

impl<C: Clock> World<C> {
    /// Puts the ports together. The vault stays locked, and is not made where there is none.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was overwritten. `Missing` where there is no vault, but the log of
    /// one: it has been lost, and no empty one takes its place.
    pub async fn open(
        places: &Places,
        means: Means,
        clock: C,
        desk: Desk,
    ) -> Result<Self, StoreError> {
        let (vault, local) = open_files(places.clone(), means).await?;
        let vault = Arc::new(vault);
        lost(&vault, &local).await?;
        let source = ItGlueSource::new(Arc::clone(&vault));
        #[cfg(feature = "test-server")]
        let source = source.at(places.server.clone());
        Ok(Self {
            vault,
            local,
            source,
            injector: injector(places),
            clock,
            random: OsRandom,
            unlocks: desk.unlocks,
            notices: desk.hub,
        })
    }
}

/// On Windows clients are shown a certificate that the person may have trusted.
#[cfg(windows)]
fn injector(places: &Places) -> LoopbackInjector {
    let folder = places.local.parent();
    folder.map_or_else(LoopbackInjector::new, LoopbackInjector::keeping_in)
}

#[cfg(not(windows))]
fn injector(_places: &Places) -> LoopbackInjector {
    LoopbackInjector::new()
}

/// Opening reads and checks whole files, so it is done off the async threads.
async fn open_files(places: Places, means: Means) -> Result<(Vault, Local), StoreError> {
    let open = move || {
        let witness = means.witness.clone();
        let vault = Vault::at(places.vault, means)?;
        Ok((vault, Local::open_or_create(&places.local, &witness)?))
    };
    tokio::task::spawn_blocking(open).await.unwrap_or(Err(StoreError::Failed))
}

async fn lost(vault: &Vault, local: &Local) -> Result<(), StoreError> {
    let is_there = !matches!(vault.door().await, Ok(Door::NoVault));
    if is_there || local.is_empty().await? { Ok(()) } else { Err(StoreError::Missing) }
}

impl<C: Clock> Ports for World<C> {
    type Store = Vault;
    type Local = Local;
    type Keys = Vault;
    type Access = Vault;
    type Source = ItGlueSource<Vault>;
    type Injector = LoopbackInjector;
    type Clock = C;
    type Random = OsRandom;
    type Unlocks = UnlockRegistry;
    type Notices = EventHub;

    fn store(&self) -> &Vault {
        &self.vault
    }

    fn local(&self) -> &Local {
        &self.local
    }

    fn keys(&self) -> &Vault {
        &self.vault
    }

    fn access(&self) -> &Vault {
        &self.vault
    }

    fn source(&self) -> &ItGlueSource<Vault> {
        &self.source
    }

    fn injector(&self) -> &LoopbackInjector {
        &self.injector
    }

    fn clock(&self) -> &C {
        &self.clock
    }

    fn random(&self) -> &OsRandom {
        &self.random
    }

    fn unlocks(&self) -> &UnlockRegistry {
        &self.unlocks
    }

    fn notices(&self) -> &EventHub {
        &self.notices
    }

    fn refusals(&self) -> &Refusals {
        &self.notices.runs.refusals
    }
}
