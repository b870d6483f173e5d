//! The real world: vault, keyring, IT Glue and injector put together as one `Ports`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use usher_core::entry::Name;
use usher_core::error::StoreError;
use usher_core::ports::{ApiKeys, Ports};
use usher_rdp::LoopbackInjector;
use usher_vault::{Keyring, Local, Vault, Witness};

use crate::broker::Open;
use crate::clock::{OsRandom, SystemClock};
use crate::events::EventHub;
use crate::itglue_source::ItGlueSource;
use crate::unlocks::UnlockRegistry;

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
    /// The name under which keys stand in the OS keyring.
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

impl Open for RealWorld {
    type World = World<Keyring>;

    async fn open(&self, desk: Desk) -> Result<World<Keyring>, StoreError> {
        let keys = Keyring::new(&self.0.keyring_service);
        World::open(&self.0, keys, desk).await
    }
}

/// All ports, over a keyring of one's choice.
pub struct World<K: ApiKeys> {
    vault: Vault,
    local: Local,
    keys: Arc<K>,
    source: ItGlueSource<K>,
    injector: LoopbackInjector,
    clock: SystemClock,
    random: OsRandom,
    unlocks: Arc<UnlockRegistry>,
    notices: Arc<EventHub>,
}

impl<K: ApiKeys> World<K> {
    /// Opens both files (made on the very first start) and puts the ports together.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was overwritten.
    pub async fn open(places: &Places, keys: K, desk: Desk) -> Result<Self, StoreError> {
        let (vault, local) = open_files(places.clone()).await?;
        let keys = Arc::new(keys);
        let source = ItGlueSource::new(Arc::clone(&keys));
        #[cfg(feature = "test-server")]
        let source = source.at(places.server.clone());
        Ok(Self {
            vault,
            local,
            keys,
            source,
            injector: LoopbackInjector::default(),
            clock: SystemClock::start(),
            random: OsRandom,
            unlocks: desk.unlocks,
            notices: desk.hub,
        })
    }
}

/// Opening reads and checks whole files, so it is done off the async threads.
///
/// The local store is made after the vault, so where there is one, a vault that is not there has
/// been lost: it is missing, and no empty one takes its place.
async fn open_files(places: Places) -> Result<(Vault, Local), StoreError> {
    let open = move || {
        let used_before = places.local.symlink_metadata().is_ok();
        let open = if used_before { Vault::open } else { Vault::open_or_create };
        let vault = open(&places.vault)?;
        Ok((vault, Local::open_or_create(&places.local, &Witness::default())?))
    };
    tokio::task::spawn_blocking(open).await.unwrap_or(Err(StoreError::Failed))
}

impl<K: ApiKeys> Ports for World<K> {
    type Store = Vault;
    type Local = Local;
    type Keys = K;
    type Source = ItGlueSource<K>;
    type Injector = LoopbackInjector;
    type Clock = SystemClock;
    type Random = OsRandom;
    type Unlocks = UnlockRegistry;
    type Notices = EventHub;

    fn store(&self) -> &Vault {
        &self.vault
    }

    fn local(&self) -> &Local {
        &self.local
    }

    fn keys(&self) -> &K {
        &self.keys
    }

    fn source(&self) -> &ItGlueSource<K> {
        &self.source
    }

    fn injector(&self) -> &LoopbackInjector {
        &self.injector
    }

    fn clock(&self) -> &SystemClock {
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
}

/// What the one local administrator is called until people have names of their own.
#[expect(clippy::expect_used, reason = "a constant that is a name")]
pub(crate) fn founder() -> Name {
    "Administrator".parse().expect("a name")
}

/// What the vault's root folder is called.
#[expect(clippy::expect_used, reason = "a constant that is a name")]
pub(crate) fn root() -> Name {
    "Vault".parse().expect("a name")
}
