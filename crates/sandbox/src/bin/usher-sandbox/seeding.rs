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
    let keys = keys_of(&Places::beneath(data, data, service).vault).await?;
    Keyring::new(service).remove_all(keys).await?;
    Ok(())
}

async fn keys_of(vault: &Path) -> anyhow::Result<Vec<KeyId>> {
    Ok(Vault::open(vault)?.book().await?.keys().collect())
}

#[cfg(test)]
mod tests {
    use usher_core::book::{Book, Change};
    use usher_core::entry::{Connection, KeyHistory, PersonKey, Region};
    use usher_core::ids::{ConnectionId, PersonId, PersonKeyId};
    use usher_core::policy::may_found;
    use usher_core::rights::Person;
    use usher_core::time::Moment;

    use super::*;

    #[tokio::test]
    async fn keys_of_people_are_forgotten_with_the_accounts() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault.sqlite");
        let name = || "Somebody".parse().expect("a name");
        let history = KeyHistory::accepted(Moment::from_unix_millis(0));
        let (id, person) = (ConnectionId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let (region, keep_alive) = (Region::Eu, None);
        let account = Connection { id, name: name(), region, history, keep_alive };
        let own = PersonKeyId::from_bytes([3; 16]);
        let founder = Person { id: person, name: name(), administrator: true, active: true };
        let changes = vec![
            Change::PutConnection(account),
            Change::PutPerson(founder),
            Change::PutPersonKey(PersonKey { id: own, connection: id, person, history }),
        ];
        let vault = Vault::create(&path).expect("creates");
        let permit = may_found(&Book::default(), person).expect("nobody is there yet");
        vault.commit(permit, changes).await.expect("commits");
        drop(vault);
        let keys = keys_of(&path).await.expect("reads");
        assert_eq!(keys, [KeyId::Account(id), KeyId::Person(own)]);
    }
}
