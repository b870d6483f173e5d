#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod accounts;
mod actor;
mod asked;
pub mod audit;
pub mod book;
pub mod certificates;
mod deed;
pub mod entries;
pub mod entry;
pub mod error;
pub mod founding;
pub mod grants;
pub mod ids;
pub mod launch;
pub mod lockdown;
mod one_line;
pub mod opening;
pub mod people;
pub mod policy;
pub mod ports;
pub mod reach;
pub mod reveal;
pub mod rights;
mod secret;
pub mod settings;
#[cfg(test)]
mod testing;
pub mod time;
mod wiped;

pub use asked::Answers;
pub use one_line::one_line;
pub use secret::{NotAPassword, Secret};
pub use wiped::wiped;
