//! The injector against real and made-up hosts and clients; one binary, so it links once.
//!
//! The real ones are `freerdp-shadow-cli` and `xfreerdp` under Xvfb (Debian: `freerdp2-shadow-x11`,
//! `freerdp2-x11`, `xvfb`, `xterm`). On other systems the made-up ones play alone.

#[cfg(test)]
mod attacker;
#[cfg(test)]
mod changed_messages;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod device_policy;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod leaks;
#[cfg(test)]
mod many;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod old_hosts;
#[cfg(test)]
mod one_time_only;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod peers;
#[cfg(test)]
mod probe;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod real_client;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod real_reconnect;
#[cfg(test)]
mod reconnect;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod sleep;
#[cfg(test)]
mod stalls;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tls_only;
#[cfg(test)]
mod typed;
