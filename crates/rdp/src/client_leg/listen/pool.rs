//! Windows: the addresses that the loopback certificate names, each for one session at a time.

use std::collections::BTreeSet;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use usher_core::ports::LoopbackPool;

#[cfg(windows)]
static POOL: Pool = Pool::new();

/// The addresses in use.
struct Pool(Mutex<InUse>);

struct InUse {
    taken: BTreeSet<Ipv4Addr>,
    /// Where the search goes on: an address rests as long as can be before it is used again.
    next: usize,
}

/// An address that no other session has until this is dropped.
pub(super) struct Taken {
    address: Ipv4Addr,
    pool: &'static Pool,
}

impl Taken {
    /// A free one of this process.
    ///
    /// # Errors
    /// `AddrInUse` where as many sessions run as there are addresses.
    #[cfg(windows)]
    pub(super) fn fresh() -> io::Result<Self> {
        POOL.take()
    }

    pub(super) fn ip(&self) -> Ipv4Addr {
        self.address
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.pool.lock().taken.remove(&self.address);
    }
}

impl Pool {
    const fn new() -> Self {
        Self(Mutex::new(InUse { taken: BTreeSet::new(), next: 0 }))
    }

    fn take(&'static self) -> io::Result<Taken> {
        let mut in_use = self.lock();
        let size = usize::from(LoopbackPool::SIZE);
        let addresses: Vec<_> = LoopbackPool::addresses().collect();
        let mut from = addresses.into_iter().enumerate().cycle().skip(in_use.next).take(size);
        let free = from.find(|(_, address)| !in_use.taken.contains(address));
        let (place, address) = free.ok_or(io::ErrorKind::AddrInUse)?;
        in_use.next = (place + 1) % size;
        in_use.taken.insert(address);
        Ok(Taken { address, pool: self })
    }

    fn lock(&self) -> MutexGuard<'_, InUse> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_is_given_twice_until_it_is_free_again() {
        static OWN: Pool = Pool::new();
        let first = OWN.take().unwrap();
        let address = first.ip();
        drop(first);
        let mut all: Vec<_> = (0..LoopbackPool::SIZE).map(|_| OWN.take().unwrap()).collect();
        let distinct: BTreeSet<_> = all.iter().map(Taken::ip).collect();
        assert_eq!(distinct.len(), 64);
        assert_eq!(all[63].ip(), address, "what was used last comes last");
        assert_eq!(OWN.take().err().unwrap().kind(), io::ErrorKind::AddrInUse);
        let freed = all.swap_remove(17).ip();
        assert_eq!(OWN.take().unwrap().ip(), freed);
    }
}
