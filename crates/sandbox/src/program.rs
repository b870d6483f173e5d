//! Starting and ending the programs that the stand-in world is made of.
#![expect(clippy::disallowed_types, reason = "the sandbox runs display and host programs itself")]

use std::{
    io::{self, BufRead, BufReader},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, ChildStdout, Command},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use thiserror::Error;

/// How long anything may take to become ready on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Why a part of the stand-in world could not be had.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// A program is not installed.
    #[error("{program} is missing, which Debian and Ubuntu have in the package {package}")]
    Missing {
        /// What it is called.
        program: &'static str,
        /// The package to install on Debian and Ubuntu.
        package: &'static str,
    },
    /// What is wanted takes root: mounts, a user, PAM.
    #[error("this takes root")]
    NotRoot,
    /// A program was started and did not become ready in time.
    #[error("{program} was not ready in time")]
    NotReady {
        /// What it is called.
        program: &'static str,
    },
    /// A program ended by itself, or reported failure.
    #[error("{program} failed")]
    Failed {
        /// What it is called.
        program: &'static str,
    },
    /// A user name that the host's account file cannot hold.
    #[error("the user name cannot stand in an account file")]
    UserName,
    /// The stand-in account did not take what it was given.
    #[error("the account could not be filled")]
    Account,
    /// A screenshot that cannot be read.
    #[error("the screenshot cannot be read")]
    Picture,
    /// The display did not take a message to one of its windows.
    #[error("the display could not be told")]
    Display,
    /// A file, pipe or port.
    #[error("input or output failed: {0}")]
    Io(#[from] io::Error),
}

/// A program at a place that no environment variable can change.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    pub(crate) paths: &'static [&'static str],
}

impl Program {
    /// Where it is.
    pub(crate) fn path(self) -> Result<&'static str, SandboxError> {
        let missing = SandboxError::Missing { program: self.name, package: self.package };
        self.paths.iter().find(|path| Path::new(path).exists()).copied().ok_or(missing)
    }

    /// A command of it with an empty environment but for a path and a language.
    pub(crate) fn command(self) -> Result<Command, SandboxError> {
        let mut command = Command::new(self.path()?);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
        Ok(command)
    }

    /// Runs it to its end and gives what it wrote.
    pub(crate) fn output(self, command: &mut Command) -> Result<Vec<u8>, SandboxError> {
        let output = command.output()?;
        if output.status.success() { Ok(output.stdout) } else { Err(self.failed()) }
    }

    pub(crate) fn spawn(self, command: &mut Command) -> Result<Running, SandboxError> {
        Ok(Running { program: self, child: command.spawn()?, asked_first: true })
    }

    /// As [`Self::spawn`], for a program that takes no request to end.
    pub(crate) fn spawn_to_kill(self, command: &mut Command) -> Result<Running, SandboxError> {
        Ok(Running { program: self, child: command.spawn()?, asked_first: false })
    }

    pub(crate) fn failed(self) -> SandboxError {
        SandboxError::Failed { program: self.name }
    }

    pub(crate) fn not_ready(self) -> SandboxError {
        SandboxError::NotReady { program: self.name }
    }
}

/// A program that is ended when this is dropped: asked first if it listens, then killed.
pub(crate) struct Running {
    program: Program,
    child: Child,
    asked_first: bool,
}

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Looks again and again until `look` finds something, the program ends, or time is up.
    pub(crate) fn wait_for<T>(
        &mut self,
        mut look: impl FnMut() -> Option<T>,
    ) -> Result<T, SandboxError> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if self.child.try_wait()?.is_some() {
                return Err(self.program.failed());
            }
            if let Some(found) = look() {
                return Ok(found);
            }
            thread::sleep(BETWEEN_LOOKS);
        }
        Err(self.program.not_ready())
    }

    /// Waits until somebody takes connections there.
    pub(crate) fn wait_until_it_listens(
        &mut self,
        address: SocketAddr,
    ) -> Result<(), SandboxError> {
        self.wait_for(|| TcpStream::connect(address).ok()).map(drop)
    }

    /// The first line that the program writes to its (piped) standard output, and the pipe, to be
    /// kept open for as long as it runs.
    pub(crate) fn first_line(&mut self) -> Result<(String, BufReader<ChildStdout>), SandboxError> {
        let pipe = self.child.stdout.take().ok_or_else(|| self.program.failed())?;
        let (send, receive) = mpsc::channel();
        thread::spawn(move || {
            let mut pipe = BufReader::new(pipe);
            let mut line = String::new();
            let read = pipe.read_line(&mut line);
            // Nobody listens any more if this came too late.
            drop(send.send(read.map(|_| (line, pipe))));
        });
        let (line, pipe) =
            receive.recv_timeout(PATIENCE).map_err(|_| self.program.not_ready())??;
        if line.is_empty() { Err(self.program.failed()) } else { Ok((line, pipe)) }
    }

    fn ended_within(&mut self, limit: Duration) -> bool {
        let asked = Instant::now();
        while asked.elapsed() < limit {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            thread::sleep(BETWEEN_LOOKS);
        }
        false
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let asks = self.asked_first;
        let asked = asks && kill_process(Pid::from_child(&self.child), Signal::TERM).is_ok();
        if asked && self.ended_within(Duration::from_secs(2)) {
            return;
        }
        // It may have ended in between; then there is nothing to kill or to wait for.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
