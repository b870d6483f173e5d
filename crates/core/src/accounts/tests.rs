//! The accounts' rules, over a world in memory.

mod keep_alive;
mod keys;
mod meanwhile;
mod pages;
mod password_access;
