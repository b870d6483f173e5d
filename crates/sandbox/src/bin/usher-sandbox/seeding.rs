//! Filling the demo's vault, in a process of its own: the keyring it writes to is the one of the
//! session that this process is started in.
#![expect(clippy::disallowed_types, reason = "it starts itself inside the session")]

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use usher_core::entry::KeyId;
use usher_core::ids::ConnectionId;
use usher_core::ports::ApiKeys as _;
use usher_sandbox::demo::{Facts, seed};
use usher_vault::Keyring;

/// Starts `seed` in the session that the environment names; gives the account's id.
pub(crate) fn seed_in(
    environment: &[(&'static str, OsString)],
    facts: &Facts,
    data: &Path,
    service: &str,
) -> anyhow::Result<String> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("seed")
        .arg(data)
        .arg(service)
        .envs(environment.iter().cloned())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = child.stdin.take().context("its input is piped")?;
    input.write_all(facts.to_json().as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("the demo's vault could not be made");
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Starts `forget` in the session that the environment names.
pub(crate) fn forget_in(
    environment: &[(&'static str, OsString)],
    service: &str,
    connection: &str,
) -> anyhow::Result<()> {
    let status = Command::new(std::env::current_exe()?)
        .args(["forget", service, connection])
        .envs(environment.iter().cloned())
        .status()?;
    if status.success() { Ok(()) } else { bail!("the demo's key is still in the keyring") }
}

/// `seed`: facts on standard input, the account's id on standard output.
#[expect(clippy::print_stdout, reason = "the answer to the process that started this one")]
pub(crate) async fn seed_here(data: &Path, service: &str) -> anyhow::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let facts = Facts::from_json(&text).context("no facts on standard input")?;
    let seeded = seed(&facts, data, service).await?;
    println!("{}", seeded.connection);
    Ok(())
}

/// `forget`: removes the key of the demo's account.
pub(crate) async fn forget_here(service: &str, connection: &str) -> anyhow::Result<()> {
    let connection: ConnectionId = connection.parse()?;
    Keyring::new(service).remove(KeyId::Account(connection)).await?;
    Ok(())
}
