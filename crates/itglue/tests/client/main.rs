//! The client against servers on loopback: prepared answers, and a whole stand-in account.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod script;
#[cfg(test)]
mod stand_in_account;
