//! The vault on real files, with keys made at hand: no passphrase is stretched here.

mod as_found;
mod basics;
mod damage;
mod forged;
mod forged_anywhere;
mod forger;
mod former;
mod leaks;
mod older;
mod rollback;
mod search;
mod shares;
mod swaps;
mod unseen;
mod world;
