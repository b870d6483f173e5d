//! What varies: the ports through which core asks the other rooms.

mod access;
mod injector;
mod loopback;
mod source;
mod store;
mod world;

pub use access::{
    Access, AccessError, AtTheDoor, Device, Door, FirstVault, Invitation, Keeps, OpenWith, Opened,
    PinAtDoor, Proved, Remark, Strength,
};
pub use injector::*;
pub use loopback::LoopbackPool;
pub use source::{
    Batch, FetchedPassword, ListPermit, OnStep, RecordAddress, RequestsLeft, Source, Step, WebPage,
};
pub use store::{ApiKeys, LocalStore, Store};
pub use world::{Clock, Notice, Notices, Random, Unlocks};

use crate::launch::Refusals;

/// All the ports of one broker, as one type that use cases are generic over.
pub trait Ports: Send + Sync + 'static {
    /// The vault.
    type Store: Store;
    /// The local store.
    type Local: LocalStore;
    /// The API keys.
    type Keys: ApiKeys;
    /// The vault's door.
    type Access: Access;
    /// IT Glue.
    type Source: Source;
    /// The RDP injector.
    type Injector: Injector;
    /// Time.
    type Clock: Clock;
    /// Chance.
    type Random: Random;
    /// Who has the vault unlocked.
    type Unlocks: Unlocks;
    /// Who wants to know.
    type Notices: Notices;

    /// The vault.
    fn store(&self) -> &Self::Store;
    /// The local store.
    fn local(&self) -> &Self::Local;
    /// The API keys.
    fn keys(&self) -> &Self::Keys;
    /// The vault's door.
    fn access(&self) -> &Self::Access;
    /// IT Glue.
    fn source(&self) -> &Self::Source;
    /// The RDP injector.
    fn injector(&self) -> &Self::Injector;
    /// Time.
    fn clock(&self) -> &Self::Clock;
    /// Chance.
    fn random(&self) -> &Self::Random;
    /// Who has the vault unlocked.
    fn unlocks(&self) -> &Self::Unlocks;
    /// Who wants to know.
    fn notices(&self) -> &Self::Notices;
    /// What hosts have refused; one book for everybody's launches.
    fn refusals(&self) -> &Refusals;
}
