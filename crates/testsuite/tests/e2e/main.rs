//! End to end: the real window, the real FreeRDP client, a real host, a real keyring. IT Glue alone
//! is stood in for. Run one at a time, as a person without privileges (`cargo xtask test e2e`).
#![cfg(target_os = "linux")]

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod as_found;
#[cfg(test)]
mod ask_me;
#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod cast;
#[cfg(test)]
mod closing;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod entry_rights;
#[cfg(test)]
mod host_card;
#[cfg(test)]
mod launches;
#[cfg(test)]
mod leaks;
#[cfg(test)]
mod lock;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod older_vault;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod people;
#[cfg(test)]
mod pin;
#[cfg(test)]
mod reconnect;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod remote_desktop;
#[cfg(test)]
mod reveal;
#[cfg(test)]
mod running;
#[cfg(test)]
mod scan;
#[cfg(test)]
mod scene;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod vault_faults;
#[cfg(test)]
mod waiting;
