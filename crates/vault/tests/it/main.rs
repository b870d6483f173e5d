//! The vault and the local store on real files, in several processes; the keyring on a real one.

#[cfg(test)]
mod access;
#[cfg(test)]
mod child;
#[cfg(test)]
mod commit;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod injected;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod keyring;
#[cfg(test)]
mod processes;
#[cfg(test)]
#[path = "../../src/rows/specimen.rs"]
mod specimen;
#[cfg(test)]
mod support;
#[cfg(test)]
mod windows_credentials;
