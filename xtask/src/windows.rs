//! Usher for Windows, from Linux: Debian's compiler with the standard library's source of the same
//! version, mingw's linker, and Wine to run the tests.

mod cross;
mod macos;
mod probe;
mod rooms;
mod toolchain;
mod wine;

use anyhow::{Result, bail};

use crate::say;

use cross::Cross;
pub(crate) use macos::check as check_macos;
pub(crate) use toolchain::find;

/// Compiles the whole workspace, then runs the rooms' tests under Wine; `each` gets what they print.
pub(crate) fn test(each: &mut dyn FnMut(&str)) -> Result<()> {
    let built = rooms::build()?;
    let wine = wine::Wine::start()?;
    rooms::run(&built, &wine, each)
}

/// The `.exe` of the app, unoptimised, and no lint in the code that only Windows compiles.
pub(crate) fn soak() -> Result<()> {
    if let Err(lacking) = find(false) {
        bail!("cannot build for Windows here: {lacking}");
    }
    let windows = Cross::windows();
    windows.clippy(&["--workspace", "--all-targets", "--", "-D", "warnings"])?;
    windows.cargo("build").args(["-p", "usher"]).run()?;
    say::line(format!("built {}", windows.built("usher.exe").display()));
    Ok(())
}
