//! The client against servers on loopback: prepared answers, and a whole stand-in account.

#[cfg(test)]
mod account;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod cancel;
#[cfg(test)]
mod doubts;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod names;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod refresh;
#[cfg(test)]
mod resources;
#[cfg(test)]
mod script;
#[cfg(test)]
mod stand_in;
#[cfg(test)]
mod writes;
