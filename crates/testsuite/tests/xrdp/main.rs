//! A real TLS-only host (xrdp with PAM) and a real client (`xfreerdp`), directly and through the
//! injector. `cargo xtask test xrdp`; takes root, and the packages that stage names.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod channels;
#[cfg(test)]
mod clipboard;
#[cfg(test)]
mod desktop;
#[cfg(test)]
mod product;
#[cfg(test)]
mod scene;
