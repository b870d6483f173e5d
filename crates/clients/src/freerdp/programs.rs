//! Which programs may be started: absolute paths, never PATH, never from data.

use std::path::{Path, PathBuf};

use super::RdpClient;
use crate::error::ClientMissing;

/// Where to look, in order, and whether the name says that it is `FreeRDP` 3.
#[cfg(not(target_os = "macos"))]
const PROGRAMS: [(&str, bool); 4] = [
    ("/usr/bin/xfreerdp3", true),
    ("/usr/bin/xfreerdp", false),
    ("/usr/bin/sdl-freerdp3", true),
    ("/usr/bin/sdl-freerdp", false),
];
#[cfg(not(target_os = "macos"))]
const PACKAGES: &[&str] = &["freerdp3-x11", "freerdp2-x11", "freerdp"];

#[cfg(target_os = "macos")]
const PROGRAMS: [(&str, bool); 4] = [
    ("/opt/homebrew/bin/sdl-freerdp", false),
    ("/opt/homebrew/bin/xfreerdp", false),
    ("/usr/local/bin/sdl-freerdp", false),
    ("/usr/local/bin/xfreerdp", false),
];
#[cfg(target_os = "macos")]
const PACKAGES: &[&str] = &["freerdp"];

/// The first RDP client of the list that is installed and that nobody but its owner may change.
///
/// # Errors
/// [`ClientMissing`] with what was looked at and what to install.
pub fn find_rdp() -> Result<RdpClient, ClientMissing> {
    let mut unsafe_ones = Vec::new();
    for (path, says_three) in PROGRAMS {
        match judge(Path::new(path)) {
            Found::Missing => {}
            Found::Unsafe => unsafe_ones.push(PathBuf::from(path)),
            Found::Usable => {
                return Ok(RdpClient { program: path.into(), says_three });
            }
        }
    }
    let looked_at = PROGRAMS.iter().map(|(path, _)| PathBuf::from(path)).collect();
    Err(ClientMissing::NotInstalled { looked_at, unsafe_ones, packages: PACKAGES })
}

/// Whether a running program, as the system names it, is one of the list.
pub(crate) fn is_listed(program: &Path) -> bool {
    let mut listed = PROGRAMS.iter().filter_map(|(path, _)| Path::new(path).canonicalize().ok());
    listed.any(|listed| listed == program)
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Missing,
    Unsafe,
    Usable,
}

/// A program somebody else can replace would be handed a one-time credential and the person's screen.
pub(super) fn judge(path: &Path) -> Found {
    // Links are common (Debian's alternatives); what counts is the file in the end.
    let Ok(program) = path.canonicalize() else {
        return Found::Missing;
    };
    let Ok(file) = program.metadata() else {
        return Found::Missing;
    };
    if !file.is_file() {
        return Found::Missing;
    }
    let folder = program.parent().and_then(|folder| folder.metadata().ok());
    let safe = guarded(&file) && folder.is_some_and(|folder| guarded(&folder));
    if safe { Found::Usable } else { Found::Unsafe }
}

/// Only root may change it. Homebrew installs as the person, so there it is enough that not all may.
fn guarded(what: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    const OTHERS_WRITE: u32 = 0o002;
    const GROUP_WRITES: u32 = 0o020;
    if cfg!(target_os = "macos") {
        return what.mode() & OTHERS_WRITE == 0;
    }
    what.uid() == 0 && what.mode() & (OTHERS_WRITE | GROUP_WRITES) == 0
}
