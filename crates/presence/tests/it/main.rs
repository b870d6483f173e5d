//! The real sources of Linux: D-Bus over a bus of the tests' own, with a stand-in for logind and for
//! the desktop; an X server of the tests' own.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod bus;
#[cfg(test)]
mod logind;
#[cfg(test)]
mod stand_in;
#[cfg(test)]
mod x11;
