//! A person's browser, as far as the app can see it: the program that opens addresses. This one
//! notes what it is asked to open, and opens nothing.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Desktops open addresses with `xdg-open`, found by `PATH`.
const OPENER: &str = "xdg-open";
const SCRIPT: &str = "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"${0%/*}/opened\"\n";

/// A browser that only notes.
pub struct Browser(PathBuf);

impl Browser {
    /// Puts it into this home, where [`Browser::path`] finds it before any other.
    ///
    /// # Errors
    /// If its file cannot be written.
    pub fn in_home(home: &Path) -> io::Result<Self> {
        let folder = home.join("bin");
        fs::create_dir_all(&folder)?;
        let opener = folder.join(OPENER);
        fs::write(&opener, SCRIPT)?;
        fs::set_permissions(&opener, fs::Permissions::from_mode(0o755))?;
        Ok(Self(folder))
    }

    /// The `PATH` that has it first.
    #[must_use]
    pub fn path(&self) -> OsString {
        let mut path = self.0.clone().into_os_string();
        path.push(":/usr/bin:/bin");
        path
    }

    /// What it was asked to open, oldest first.
    ///
    /// # Errors
    /// If its notes cannot be read.
    pub fn opened(&self) -> io::Result<Vec<String>> {
        match fs::read_to_string(self.0.join("opened")) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}
