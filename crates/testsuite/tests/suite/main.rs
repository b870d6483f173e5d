//! The broker from outside, over real files, a stand-in IT Glue account and real RDP hosts and
//! clients; one binary, so it links once. The README says what each file holds.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod administration;
#[cfg(test)]
mod ask_me;
#[cfg(test)]
mod astray;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod closing;
#[cfg(test)]
mod codec;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod it_glue_faults;
#[cfg(test)]
mod launch;
#[cfg(test)]
mod leaks;
#[cfg(test)]
mod lease_dies;
#[cfg(test)]
mod linking;
#[cfg(test)]
mod list;
#[cfg(test)]
mod locking;
#[cfg(test)]
mod log_at_the_door;
#[cfg(test)]
mod rate_limit;
#[cfg(test)]
mod reconnect;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod revoked;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod running;
#[cfg(test)]
mod storage;
#[cfg(test)]
mod technician;
