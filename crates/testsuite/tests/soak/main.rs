//! The long programme of RDP launches: a few of each here, hundreds with `cargo xtask soak rdp`.
//!
//! The names of the checks (R1, L1, ...) are the security programme's. Each has a control that
//! finds what it must find. What a check saw is its line beginning with `seen:`.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod changed_host;
#[cfg(test)]
mod channels;
#[cfg(test)]
mod crossed;
#[cfg(test)]
mod gate;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod launches;
#[cfg(test)]
mod room;
#[cfg(test)]
mod trace;

/// The full programme's number of launches, or a few.
#[cfg(test)]
fn how_many(few: usize) -> usize {
    let wanted = std::env::var("USHER_SOAK").ok();
    wanted.map_or(few, |number| number.parse().expect("USHER_SOAK is a number"))
}
