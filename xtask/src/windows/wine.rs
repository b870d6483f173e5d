//! Wine, headless, in a place of its own: no registry, drive or credential of the person's.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::toolchain::Lacking;
use crate::{place, program::Program};

/// For 64 bits alone; Debian's `wine` asks for the one for 32 bits each time.
const WINE: [&str; 2] = ["/usr/lib/wine/wine64", "/usr/bin/wine64"];
const C_COMPILER: &str = "x86_64-w64-mingw32-gcc";

/// A started Wine, ended when this is dropped.
pub(super) struct Wine {
    wine: &'static str,
    prefix: PathBuf,
}

/// Whether there is one.
pub(super) fn is_there() -> Result<(), Lacking> {
    let none = || Lacking(format!("there is no {}", WINE[0]));
    wine().map(|_| ()).ok_or_else(none)
}

/// A path as programs under Wine name it.
pub(super) fn path(path: &Path) -> String {
    format!("Z:{}", path.display())
}

fn wine() -> Option<&'static str> {
    WINE.into_iter().find(|wine| Path::new(wine).is_file())
}

impl Wine {
    /// Makes its place if need be.
    pub(super) fn start() -> Result<Self> {
        let wine = wine().context("there is no Wine")?;
        let started = Self { wine, prefix: place::target().join("windows/wine") };
        let system = started.prefix.join("drive_c/windows/system32");
        if !system.join("kernel32.dll").is_file() {
            fs::create_dir_all(&started.prefix)?;
            started.environment(Program::new(wine)).args(["wineboot", "--init"]).run()?;
            // Windows that nobody sees, for the tests that make some: there is no display.
            let null = [r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null", "/f"];
            started.environment(Program::new(wine)).args(["reg", "add"]).args(null).run()?;
        }
        let source = place::root().join("xtask/src/windows/bcryptprimitives.c");
        let library = system.join("bcryptprimitives.dll");
        let compile = Program::new(C_COMPILER).args(["-O1", "-shared", "-o"]);
        compile.args([library, source]).args(["-ladvapi32"]).run()?;
        Ok(started)
    }

    /// A program for Windows, about to be run, for so many seconds at most: one that waits for a
    /// window that Wine cannot show would wait for ever.
    pub(super) fn program(&self, program: &Path, seconds: u32) -> Program {
        let limit = ["--kill-after=5".to_owned(), seconds.to_string(), self.wine.to_owned()];
        let timeout = Program::new("timeout").args(limit).args([program]);
        // The app's loader of the web view lies two folders up from its tests.
        let libraries = program.ancestors().nth(2).unwrap_or(program);
        self.environment(timeout).env("WINEPATH", path(libraries))
    }

    fn environment(&self, program: Program) -> Program {
        let program = program.env("WINEPREFIX", &self.prefix).env("WINEARCH", "win64");
        // No .NET, no HTML, no menus of the desktop: Wine would offer to fetch or make them.
        let without = "mscoree,mshtml,winemenubuilder.exe=";
        program.env("WINEDEBUG", "-all").env("WINEDLLOVERRIDES", without)
    }
}

impl Drop for Wine {
    /// Ends what the tests left running in this place, and nobody else's.
    fn drop(&mut self) {
        self.environment(Program::new("wineserver")).args(["--kill"]).ask();
    }
}
