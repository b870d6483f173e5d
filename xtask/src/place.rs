//! Where things lie in this repository.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::OnceLock,
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

/// Whether nobody works here, as in the clone that CI makes: what cargo would keep for a next build of
/// changed code, 8 GB and some minutes, is then for nobody.
pub(crate) fn builds_only_once() -> bool {
    static ONCE: OnceLock<bool> = OnceLock::new();
    *ONCE.get_or_init(|| {
        let asked_for = env::var_os("CARGO_INCREMENTAL").is_some();
        !asked_for && is_of_xtask_alone(&target().join("debug/incremental"))
    })
}

/// `cargo xtask` has built xtask itself before xtask can say anything.
fn is_of_xtask_alone(kept: &Path) -> bool {
    let kept = fs::read_dir(kept).into_iter().flatten().flatten();
    kept.map(|entry| entry.file_name()).all(|name| name.to_string_lossy().starts_with("xtask-"))
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::is_of_xtask_alone;

    #[test]
    fn somebody_works_where_more_than_xtask_was_built() {
        let target = tempfile::tempdir().unwrap();
        assert!(is_of_xtask_alone(&target.path().join("nothing built yet")));
        fs::create_dir(target.path().join("xtask-1wgkeovvebj9w")).unwrap();
        assert!(is_of_xtask_alone(target.path()));
        fs::create_dir(target.path().join("usher_core-0o1amr0bdrxzs")).unwrap();
        assert!(!is_of_xtask_alone(target.path()));
    }
}
