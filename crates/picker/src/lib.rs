#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod list;
mod query;
#[cfg(test)]
mod tests;
mod text;

pub use list::{Found, Hit, List};
