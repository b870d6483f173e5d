//! The vault on real files, with keys made at hand: no passphrase is stretched here.

mod basics;
mod world;
