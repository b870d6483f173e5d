//! Which `FreeRDP` a program is. What it is asked for depends on it, so the program is run once to tell.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::process::Command;

use super::environment::allowed;
use crate::abilities::Version;

/// `xfreerdp` opens its display before it tells; one that hangs tells nothing.
const PATIENCE: Duration = Duration::from_secs(5);
/// What stands before the number: `FreeRDP` 2 and Debian's 3.15 go on with it, other builds of 3 name
/// their own path in brackets first.
const SAYS: &str = "This is FreeRDP version ";

/// What programs said, by their file as it was then: an update is noticed.
static TOLD: Mutex<BTreeMap<(PathBuf, Option<SystemTime>), Version>> = Mutex::new(BTreeMap::new());

/// The version of this program; `None` where it does not tell, which is asked again the next time.
pub(super) async fn of(
    program: &Path,
    environment: impl Iterator<Item = (OsString, OsString)>,
) -> Option<Version> {
    let changed = program.metadata().and_then(|file| file.modified()).ok();
    let file = (program.to_owned(), changed);
    if let Some(told) = TOLD.lock().unwrap_or_else(PoisonError::into_inner).get(&file) {
        return Some(*told);
    }
    let version = ask(program, environment).await?;
    TOLD.lock().unwrap_or_else(PoisonError::into_inner).insert(file, version);
    Some(version)
}

async fn ask(
    program: &Path,
    environment: impl Iterator<Item = (OsString, OsString)>,
) -> Option<Version> {
    let asked = Command::new(program)
        .arg("--version")
        .env_clear()
        .envs(allowed(environment))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()?;
    read(&String::from_utf8_lossy(&output.stdout))
}

/// `This is FreeRDP version 3.15.0 (n/a)`, `This is FreeRDP version [/usr/bin/xfreerdp3] 3.16.0 (3.16.0)`.
fn read(output: &str) -> Option<Version> {
    let (_, said) = output.split_once(SAYS)?;
    let said =
        said.strip_prefix('[').and_then(|said| said.split_once("] ")).map_or(said, |(_, v)| v);
    let number = said.split_whitespace().next()?;
    let mut parts = number.split(['.', '-']);
    let mut part = || parts.next()?.parse().ok();
    Some(Version { major: part()?, minor: part()?, patch: part()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_telling_are_read() {
        for (said, version) in [
            ("This is FreeRDP version 2.11.7 (2.11.7)\n", Some((2, 11, 7))),
            ("This is FreeRDP version 3.15.0 (n/a)\n", Some((3, 15, 0))),
            ("This is FreeRDP version [/usr/bin/xfreerdp3] 3.16.0 (3.16.0)\n", Some((3, 16, 0))),
            (
                "[WARN] x\nThis is FreeRDP version [/app/a b] 3.14.2-dev0 (655f88d24)",
                Some((3, 14, 2)),
            ),
            ("This is FreeRDP version", None),
            ("This is FreeRDP version three", None),
            ("This is FreeRDP version 3.1", None),
            ("This is FreeRDP version 99999.1.1", None),
            ("", None),
        ] {
            let version = version.map(|(major, minor, patch)| Version { major, minor, patch });
            assert_eq!(read(said), version, "{said:?}");
        }
    }
}
