//! What mstsc inherits: what Windows itself sets for every program, and a `PATH` of our own.

use std::ffi::{OsStr, OsString};
use std::path::Path;

const ALLOWED: [&str; 27] = [
    "ALLUSERSPROFILE",
    "APPDATA",
    "COMMONPROGRAMFILES",
    "COMMONPROGRAMFILES(X86)",
    "COMMONPROGRAMW6432",
    "COMPUTERNAME",
    "HOMEDRIVE",
    "HOMEPATH",
    "LOCALAPPDATA",
    "LOGONSERVER",
    "NUMBER_OF_PROCESSORS",
    "OS",
    "PROCESSOR_ARCHITECTURE",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "PROGRAMW6432",
    "PUBLIC",
    "SESSIONNAME",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "USERDOMAIN",
    "USERNAME",
    "USERPROFILE",
    "WINDIR",
];

/// The allowed part of an environment; programs and libraries are looked for in the system's folder.
pub(super) fn allowed(
    environment: impl Iterator<Item = (OsString, OsString)>,
    system: &Path,
) -> impl Iterator<Item = (OsString, OsString)> {
    let path = (OsString::from("PATH"), system.as_os_str().to_owned());
    environment.filter(|(name, _)| is_allowed(name)).chain([path])
}

/// Names are the same in capitals and small letters.
fn is_allowed(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| ALLOWED.contains(&name.to_ascii_uppercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_sets_is_inherited_and_nothing_else() {
        let environment = [
            ("SystemRoot", r"C:\Windows"),
            ("LOCALAPPDATA", r"C:\Users\a\AppData\Local"),
            ("Path", r"C:\planted"),
            ("COR_PROFILER", "planted"),
            ("__COMPAT_LAYER", "planted"),
            ("HTTPS_PROXY", "planted"),
        ];
        let environment = environment.map(|(name, value)| (name.into(), value.into()));
        let system = Path::new(r"C:\Windows\System32");
        let inherited: Vec<_> = allowed(environment.into_iter(), system).collect();
        let expected = [
            ("SystemRoot", r"C:\Windows"),
            ("LOCALAPPDATA", r"C:\Users\a\AppData\Local"),
            ("PATH", r"C:\Windows\System32"),
        ];
        assert_eq!(inherited, expected.map(|(name, value)| (name.into(), value.into())));
    }
}
