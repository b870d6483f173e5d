//! Inside the account's session on the host, as its own programs see it.
#![expect(clippy::disallowed_types, reason = "the sandbox runs the host's programs itself")]

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use super::XrdpHost;
use crate::program::{Program, SandboxError};

const NSENTER: Program =
    Program { name: "nsenter", package: "util-linux", paths: &["/usr/bin/nsenter"] };

/// The desktop of the host's account.
pub struct Session<'host> {
    pub(super) host: &'host XrdpHost,
    pub(super) display: u32,
}

impl Session<'_> {
    /// What a program prints that is run as the account, on its display. `words`: the program's
    /// absolute path and its arguments. It has 5 seconds.
    ///
    /// # Errors
    /// If it cannot be started, fails, or takes longer.
    pub fn read(&self, words: &[&str]) -> Result<String, SandboxError> {
        let mut command = self.command(&["/usr/bin/timeout", "5"], words)?;
        let said = NSENTER.output(command.stdin(Stdio::null()).stderr(Stdio::null()))?;
        Ok(String::from_utf8_lossy(&said).into_owned())
    }

    /// Gives a program something on its standard input and waits until it has gone to the background
    /// or ended, as `xclip -i` does.
    ///
    /// # Errors
    /// If it cannot be started or fails.
    pub fn write(&self, words: &[&str], input: &str) -> Result<(), SandboxError> {
        let mut command = self.command(&[], words)?;
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let mut pipe = child.stdin.take().ok_or_else(|| NSENTER.failed())?;
        pipe.write_all(input.as_bytes())?;
        drop(pipe);
        if child.wait()?.success() { Ok(()) } else { Err(NSENTER.failed()) }
    }

    /// Width and height of the desktop, in pixels.
    ///
    /// # Errors
    /// If the display does not answer.
    pub fn size(&self) -> Result<(u32, u32), SandboxError> {
        let said = self.read(&["/usr/bin/xdpyinfo"])?;
        let line = said.lines().find_map(|line| line.trim().strip_prefix("dimensions:"));
        let size = line.and_then(|line| line.split_whitespace().next());
        let size = size.and_then(|size| size.split_once('x'));
        let size =
            size.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
        size.ok_or(SandboxError::Display)
    }

    fn home(&self) -> PathBuf {
        self.host.folder.path().join("home")
    }

    fn command(&self, before: &[&str], words: &[&str]) -> Result<Command, SandboxError> {
        let mut command = NSENTER.command()?;
        let inside = self.inside()?;
        command.args(["--target", &inside, "--mount", "--pid", "--", "/usr/sbin/runuser", "-u"]);
        command.args([&self.host.user, "--", "/usr/bin/env"]);
        command.arg(format!("DISPLAY=:{}", self.display));
        command.arg(format!("HOME={}", self.home().display()));
        command.arg(format!("XAUTHORITY={}", self.home().join(".Xauthority").display()));
        command.args(before).args(words);
        Ok(command)
    }

    /// The id of the room's first process, as seen from outside.
    fn inside(&self) -> Result<String, SandboxError> {
        let outer = self.host.room.id();
        let children = fs::read_to_string(format!("/proc/{outer}/task/{outer}/children"))?;
        let first = children.split_whitespace().next().map(str::to_owned);
        first.ok_or_else(|| NSENTER.failed())
    }
}
