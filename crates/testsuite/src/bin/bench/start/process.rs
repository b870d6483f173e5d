//! A program and the processes it starts, ended together.
#![expect(clippy::disallowed_types, reason = "whole programs are what is timed")]

use std::{
    ffi::OsString,
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

use crate::Result;

/// How long an asked program and its children may take to leave.
const GRACE: Duration = Duration::from_secs(5);

/// A running program, the first of a process group of its own.
pub(super) struct Process {
    child: Child,
    group: Pid,
    /// Just before it was started.
    pub(super) began: Instant,
}

impl Process {
    pub(super) fn start(
        program: &Path,
        environment: Vec<(&'static str, OsString)>,
    ) -> Result<Self> {
        let mut command = Command::new(program);
        command.env_clear().envs(environment).process_group(0);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let began = Instant::now();
        let child = command.spawn()?;
        let group = Pid::from_child(&child);
        Ok(Self { child, group, began })
    }

    pub(super) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Ends it and waits until the last of its children is gone, so that the next start has the
    /// machine to itself.
    pub(super) fn end(&mut self) -> Result<()> {
        // None is left if it has just ended by itself.
        let _ = kill_process_group(self.group, Signal::TERM);
        let asked = Instant::now();
        while asked.elapsed() < GRACE {
            let ended = self.has_ended()?;
            if ended && test_kill_process_group(self.group).is_err() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.kill();
        Ok(())
    }

    fn kill(&mut self) {
        let _ = kill_process_group(self.group, Signal::KILL);
        drop(self.child.wait());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}
