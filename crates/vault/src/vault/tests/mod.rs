//! The vault on real files, with keys made at hand: no passphrase is stretched here.

mod as_found;
mod basics;
mod damage;
mod forged;
mod forger;
mod older;
mod rollback;

mod swaps;
mod world;
