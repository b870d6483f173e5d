//! Other programs: started in the root of the repository, without a standard input.

#![expect(
    clippy::disallowed_types,
    reason = "starting programs is what xtask is for; the rule is about the app"
)]

use std::{
    env,
    ffi::OsStr,
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Command, ExitCode, ExitStatus, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{place, say};

/// What `cargo run` sets for xtask itself. Build scripts that watch these would run again each time
/// that a build is started once through xtask and once directly.
const OF_XTASK: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_PRIMARY_"];

/// A program about to be started.
pub(crate) struct Program {
    command: Command,
    name: String,
    /// Minutes after which it is ended.
    limit: Option<u32>,
}

/// What `timeout` ends with when it ended the program, and when it had to kill it (128 and the signal).
const OUT_OF_TIME: [i32; 2] = [124, 137];

impl Program {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let name = program.as_ref().to_string_lossy().into_owned();
        let mut command = Command::new(program);
        command.current_dir(place::root()).stdin(Stdio::null());
        for (key, _) in env::vars_os() {
            let key = key.to_string_lossy();
            if OF_XTASK.iter().any(|start| key.starts_with(start)) {
                command.env_remove(key.as_ref());
            }
        }
        Self { command, name, limit: None }
    }

    /// The cargo that runs xtask.
    pub(crate) fn cargo() -> Self {
        let cargo = Self::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        if place::builds_only_once() { cargo.env("CARGO_INCREMENTAL", "0") } else { cargo }
    }

    /// The same, ended after so many minutes with all that it started: coreutils' `timeout`, since
    /// whoever kills cargo alone leaves the tests and their clients behind.
    pub(crate) fn cargo_within(minutes: u32) -> Self {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let limited = Self::new("timeout").args(["--kill-after=30", &format!("{minutes}m")]);
        Self { limit: Some(minutes), ..limited.args([cargo]) }
    }

    /// npm in `ui/`; a script on Windows, which is not found without its ending.
    pub(crate) fn npm() -> Self {
        Self::new(if cfg!(windows) { "npm.cmd" } else { "npm" }).dir(&place::root().join("ui"))
    }

    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub(crate) fn dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Runs it; anything but success is an error. All it says goes to standard error, so that
    /// standard output carries results only.
    pub(crate) fn run(mut self) -> Result<()> {
        self.command.stdout(io::stderr());
        say::note(format!("$ {}", self.shown()));
        let status = self.command.status().with_context(|| self.not_started())?;
        self.succeeded(status)
    }

    /// Runs it and passes its standard output on line by line, to `each` and to the terminal.
    pub(crate) fn run_reading(mut self, each: &mut dyn FnMut(&str)) -> Result<()> {
        say::note(format!("$ {}", self.shown()));
        self.command.stdout(Stdio::piped());
        let mut child = self.command.spawn().with_context(|| self.not_started())?;
        for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).split(b'\n'))
        {
            let line = line.with_context(|| format!("cannot read from {}", self.name))?;
            let line = String::from_utf8_lossy(&line);
            say::line(&line);
            each(&line);
        }
        let status = child.wait().with_context(|| format!("cannot wait for {}", self.name))?;
        self.succeeded(status)
    }

    /// Its standard output; errors go to the terminal.
    pub(crate) fn read(mut self) -> Result<String> {
        self.command.stderr(Stdio::inherit());
        let output = self.command.output().with_context(|| self.not_started())?;
        self.succeeded(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether it succeeded, and all it said, shown to nobody. `None`: it could not be started.
    pub(crate) fn ask(mut self) -> Option<(bool, String)> {
        let output = self.command.output().ok()?;
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        Some((output.status.success(), said))
    }

    /// Becomes this program where the system can do that, so that signals reach it alone.
    pub(crate) fn become_it(mut self) -> Result<ExitCode> {
        say::note(format!("$ {}", self.shown()));
        self.command.stdin(Stdio::inherit());
        self.replace()
    }

    #[cfg(unix)]
    fn replace(mut self) -> Result<ExitCode> {
        use std::os::unix::process::CommandExt as _;
        Err(self.command.exec()).with_context(|| self.not_started())
    }

    #[cfg(not(unix))]
    fn replace(mut self) -> Result<ExitCode> {
        let status = self.command.status().with_context(|| self.not_started())?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn succeeded(&self, status: ExitStatus) -> Result<()> {
        let out_of_time = status.code().is_some_and(|code| OUT_OF_TIME.contains(&code));
        if let Some(minutes) = self.limit.filter(|_| out_of_time) {
            bail!("`{}` was not done after {minutes} minutes and was ended", self.shown());
        }
        if !status.success() {
            bail!("`{}` ended with {status}", self.shown());
        }
        Ok(())
    }

    fn not_started(&self) -> String {
        format!("cannot start `{}`; is it installed?", self.name)
    }

    fn shown(&self) -> String {
        let name = Path::new(&self.name).file_name().unwrap_or_default().to_string_lossy();
        let words = self.command.get_args().map(OsStr::to_string_lossy);
        std::iter::once(name).chain(words).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a program of this name can be found.
pub(crate) fn is_installed(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|dir| dir.join(place::executable(name)).is_file())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::Program;

    #[test]
    fn what_takes_too_long_is_told_apart_from_what_fails() {
        let ended = |code: &str| {
            let program = Program::new("/bin/sh").args(["-c", &format!("exit {code}")]);
            Program { limit: Some(7), ..program }.run().unwrap_err().to_string()
        };
        for code in ["124", "137"] {
            assert!(ended(code).ends_with("was not done after 7 minutes and was ended"));
        }
        assert!(ended("1").ends_with("ended with exit status: 1"));
    }
}
