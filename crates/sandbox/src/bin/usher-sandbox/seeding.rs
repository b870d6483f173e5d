//! Filling the demo's vault, in a process of its own: the keyring it writes to is the one of the
//! session that this process is started in.
#![expect(clippy::disallowed_types, reason = "it starts itself inside the session")]

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use usher_broker::Places;
use usher_core::ports::{Access as _, Door};
use usher_core::time::Moment;
use usher_sandbox::demo::{Facts, seed};
use usher_vault::{Cost, Device as _, Keyring, Means, Vault, Witness};

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

/// `forget`: removes what the keyring keeps for the demo's vault.
pub(crate) async fn forget_here(data: &Path, service: &str) -> anyhow::Result<()> {
    let keyring = Keyring::new(service);
    for item in items_of(&Places::beneath(data, data, service).vault, &keyring).await? {
        keyring.remove(&item)?;
    }
    Ok(())
}

/// The names under which the keyring keeps something for this vault.
async fn items_of(vault: &Path, keyring: &Keyring) -> anyhow::Result<Vec<String>> {
    let witness = Witness::default();
    let means = Means {
        device: Arc::new(keyring.clone()),
        witness: witness.clone(),
        clock: Arc::new(|| Moment::from_unix_millis(0)),
        device_name: String::new(),
        cost: Cost::Full,
    };
    let door = Vault::at(vault.to_owned(), means)?.door().await?;
    let Some(id) = witness.vault() else { return Ok(Vec::new()) };
    let people = if let Door::Vault { people, .. } = door { people } else { Vec::new() };
    let doors = people.iter().map(|at| format!("door:{id}:{}", at.person));
    Ok(doors.chain([format!("anchor:{id}"), format!("device:{id}")]).collect())
}
