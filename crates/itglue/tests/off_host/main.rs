//! The key stays at its host. Each test has plain reqwest as its control, which must leak: where it
//! does not, the test has shown nothing and fails.
//!
//! What an environment can do is tested beside the code (`src/http/wire_tests/steered.rs`), since
//! that takes a region's name on loopback.

#[cfg(test)]
mod links;
#[cfg(test)]
mod party;
#[cfg(test)]
mod redirects;
