//! A process that holds injectors and nothing else, so that what they take can be measured, and so
//! that it can be killed: told what to do by lines of JSON on its standard input.

mod client;
mod clients;
mod sessions;

pub use client::{Holder, Opened};
pub use sessions::serve;

/// The word that makes a program this process.
pub const WORD: &str = "holder";
