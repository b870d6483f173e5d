//! Filling the demo's vault, in a process of its own: the keyring it writes to is the one of the
//! session that this process is started in.
#![expect(clippy::disallowed_types, reason = "it starts itself inside the session")]

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use usher_broker::Places;
use usher_core::entry::KeyId;
use usher_core::ports::Store as _;
use usher_sandbox::demo::{Facts, seed};
use usher_vault::{Keyring, Vault};

/// Starts `seed` in the session that the environment names.
pub(crate) fn seed_in(
    environment: &[(&'static str, OsString)],
    facts: &Facts,
    data: &Path,
    service: &str,
) -> anyhow::Result<()> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("seed")
        .arg(data)
        .arg(service)
        .envs(environment.iter().cloned())
        .stdin(Stdio::piped())
        .spawn()?;
    let mut input = child.stdin.take().context("its input is piped")?;
    input.write_all(facts.to_json().as_bytes())?;
    drop(input);
    let status = child.wait()?;
    if status.success() { Ok(()) } else { bail!("the demo's vault could not be made") }
}

/// Starts `forget` in the session that the environment names.
pub(crate) fn forget_in(
    environment: &[(&'static str, OsString)],
    data: &Path,
    service: &str,
) -> anyhow::Result<()> {
    let status = Command::new(std::env::current_exe()?)
        .arg("forget")
        .arg(data)
        .arg(service)
        .envs(environment.iter().cloned())
        .status()?;
    if status.success() { Ok(()) } else { bail!("keys of the demo are still in the keyring") }
}

/// `seed`: facts on standard input.
pub(crate) async fn seed_here(data: &Path, service: &str) -> anyhow::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let facts = Facts::from_json(&text).context("no facts on standard input")?;
    seed(&facts, data, service).await?;
    Ok(())
}

/// `forget`: removes every key that the demo's vault names, also those that were given by hand while
/// the demo ran.
pub(crate) async fn forget_here(data: &Path, service: &str) -> anyhow::Result<()> {
    let vault = Vault::open(&Places::beneath(data, data, service).vault)?;
    let keys: Vec<KeyId> = vault.book().await?.keys().collect();
    Keyring::new(service).remove_all(keys).await?;
    Ok(())
}
