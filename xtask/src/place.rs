//! Where things lie in this repository.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Where cargo builds to.
pub(crate) fn target() -> PathBuf {
    let named = env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
    root().join(named.map_or_else(|| PathBuf::from("target"), PathBuf::from))
}

/// Where builds with the test door go, so that they never lie beside a release.
pub(crate) fn target_e2e() -> PathBuf {
    target().join("e2e")
}

/// Screenshots made by the demo and the end to end tests.
pub(crate) fn screens() -> PathBuf {
    target().join("screens")
}

/// A file name of an executable on this system.
pub(crate) fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}
