//! The stand-in world does what the rest of the tests rely on.

#[cfg(test)]
mod account;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod display;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod keyring;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod rdp_host;
