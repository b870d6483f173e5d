//! macOS from Linux: the types are checked, and nothing is compiled, linked or run. Where a build
//! script calls a C compiler, one that only makes the file it was asked for answers.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use super::{cross::Cross, toolchain};
use crate::program::Program;

const COMPILER: &str = "#!/bin/sh
# Makes the file behind -o, or the archive that `ar` was asked for.
while [ $# -gt 0 ]; do
    case $1 in
    -o) : > \"$2\" ;;
    *.a) : > \"$1\" ;;
    esac
    shift
done
";

/// Checks the whole workspace.
pub(crate) fn check() -> Result<()> {
    if let Err(lacking) = toolchain::find(false) {
        bail!("cannot check for macOS here: {lacking}");
    }
    let macos = Cross::to("aarch64-apple-darwin", "macos");
    let compiler = compiler(macos.target())?;
    let sdk = macos.target().join("sdk");
    fs::create_dir_all(&sdk)?;
    let macos = macos.env("SDKROOT", sdk).env("CC_aarch64_apple_darwin", compiler.clone());
    let macos = macos.env("CXX_aarch64_apple_darwin", compiler.clone());
    let macos = macos.env("AR_aarch64_apple_darwin", compiler);
    macos.cargo("check").args(["--workspace", "--all-targets"]).run()
}

fn compiler(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let path = folder.join("compiler");
    fs::write(&path, COMPILER)?;
    Program::new("chmod").args(["+x".as_ref(), path.as_os_str()]).run()?;
    Ok(path)
}
