//! The tests: all of them are compiled, and those of the rooms run under Wine.

use std::path::PathBuf;

use anyhow::{Result, bail, ensure};
use serde_json::Value;

use super::{
    cross::Cross,
    wine::{self, Wine},
};
use crate::{program::Program, say};

/// What runs under Wine: of the app what needs no window. The sandbox and the testsuite are Linux'.
const ROOMS: [&str; 9] = [
    "usher-core",
    "itglue",
    "usher-vault",
    "usher-picker",
    "usher-rdp",
    "usher-clients",
    "usher-presence",
    "usher-broker",
    "usher",
];
/// Left to Linux: a hundred lists from a stand-in account over loopback, minutes under Wine, and some
/// of them are about minutes.
const LEFT_OUT: (&str, &str) = ("itglue", "client");
/// For one program of tests; the slowest takes a fifth of it.
const SECONDS: u32 = 240;

/// A program of tests.
#[derive(Debug, PartialEq)]
pub(super) struct TestProgram {
    room: String,
    program: PathBuf,
    /// Where its files are: tests are run there.
    folder: PathBuf,
}

/// Compiles and links the whole workspace, tests included, and says which of them to run.
pub(super) fn build() -> Result<Vec<TestProgram>> {
    // Some tests start them; built as tests they would be other programs.
    Cross::windows().cargo("build").args(["--workspace", "--examples"]).run()?;
    let cargo = Cross::windows().cargo("test").args(["--no-run", "--workspace", "--all-targets"]);
    let messages = cargo.args(["--message-format=json-render-diagnostics"]).read()?;
    let built: Vec<_> = messages.lines().filter_map(test_program).collect();
    if let Some(room) = ROOMS.iter().find(|room| built.iter().all(|test| test.room != **room)) {
        bail!("no test of `{room}` was built");
    }
    Ok(built)
}

/// The tests that this message of cargo's announces, if they are to be run.
fn test_program(message: &str) -> Option<TestProgram> {
    let message: Value = serde_json::from_str(message).ok()?;
    let text = |path| message.pointer(path).and_then(Value::as_str);
    let program = PathBuf::from(text("/executable")?);
    message.pointer("/profile/test")?.as_bool()?.then_some(())?;
    let folder = PathBuf::from(text("/manifest_path")?).parent()?.to_owned();
    let room = room(text("/package_id")?)?;
    let runs = ROOMS.contains(&&*room) && (&*room, text("/target/name")?) != LEFT_OUT;
    runs.then_some(TestProgram { room, program, folder })
}

/// `path+file:///crates/a#b@0.1.0` is b; `path+file:///crates/a#0.1.0` is a.
fn room(package_id: &str) -> Option<String> {
    let (folder, package) = package_id.rsplit_once('#')?;
    let named = package.split_once('@').map(|(name, _)| name);
    Some(named.or(folder.rsplit('/').next())?.to_owned())
}

/// Runs them one after the other; one that fails does not keep the others from running.
pub(super) fn run(tests: &[TestProgram], wine: &Wine, each: &mut dyn FnMut(&str)) -> Result<()> {
    let mut failed = Vec::new();
    for test in tests {
        say::line(format!("\n{} under Wine", test.room));
        let program = wine.program(&test.program, SECONDS).dir(&test.folder);
        // Snapshots are found by it.
        let program = program.env("CARGO_MANIFEST_DIR", wine::path(&test.folder));
        if let Err(error) = run_one(program, each) {
            say::line(format!("{error:#}"));
            failed.push(&*test.room);
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("under Wine failed: {}", failed.join(", ")) }
}

/// A program that cannot be loaded ends in silence, now and then even with success.
fn run_one(program: Program, each: &mut dyn FnMut(&str)) -> Result<()> {
    let mut results = 0;
    program.run_reading(&mut |line| {
        results += u32::from(line.starts_with("test result:"));
        each(line);
    })?;
    ensure!(results == 1, "it did not say what its tests came to");
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{TestProgram, test_program};

    fn announced(room: &str, name: &str, is_test: bool) -> Option<TestProgram> {
        let message = json!({
            "reason": "compiler-artifact",
            "package_id": format!("path+file:///a/crates/b#{room}@0.1.0"),
            "manifest_path": "/a/crates/b/Cargo.toml",
            "profile": { "test": is_test },
            "target": { "name": name },
            "executable": "/a/target/b.exe",
        });
        test_program(&message.to_string())
    }

    #[test]
    fn only_programs_of_tests_of_the_rooms_are_run() {
        let found = announced("usher-core", "it", true).unwrap();
        assert_eq!(found.program, std::path::Path::new("/a/target/b.exe"));
        assert_eq!(found.folder, std::path::Path::new("/a/crates/b"));
        assert_eq!(announced("usher-core", "it", false), None);
        assert_eq!(announced("usher-sandbox", "it", true), None);
        assert_eq!(announced("itglue", "client", true), None);
    }

    #[test]
    fn a_room_whose_folder_has_its_name_is_known_too() {
        let message = json!({
            "package_id": "path+file:///a/crates/itglue#0.1.0",
            "manifest_path": "/a/crates/itglue/Cargo.toml",
            "profile": { "test": true },
            "target": { "name": "itglue" },
            "executable": "/a/target/b.exe",
        });
        assert_eq!(test_program(&message.to_string()).unwrap().room, "itglue");
    }
}
