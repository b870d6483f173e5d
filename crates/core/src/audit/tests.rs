//! The log's promises, in memory.

mod desk;
mod reading;
mod releases;
mod reports;
