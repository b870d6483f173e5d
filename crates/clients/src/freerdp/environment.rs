//! What a client inherits: enough for a window and the person's language, nothing else.

use std::ffi::{OsStr, OsString};

const ALLOWED: [&str; 8] = [
    "DISPLAY",
    "HOME",
    "LANG",
    "LANGUAGE",
    "TZ",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_RUNTIME_DIR",
];

/// The allowed part of an environment, and a `PATH` of our own.
pub(super) fn allowed(
    environment: impl Iterator<Item = (OsString, OsString)>,
) -> impl Iterator<Item = (OsString, OsString)> {
    let path = (OsString::from("PATH"), OsString::from("/usr/bin:/bin"));
    environment.filter(|(name, _)| is_allowed(name)).chain([path])
}

fn is_allowed(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| ALLOWED.contains(&name) || name.starts_with("LC_"))
}
