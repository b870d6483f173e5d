//! The app on the command line: without a terminal, and at one that somebody types at.
#![expect(clippy::disallowed_types, reason = "it starts the app as a shell would")]

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};
use usher_sandbox::desk::Desk;

use crate::scene;

const PATIENCE: Duration = Duration::from_mins(1);

/// How the app answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
}

impl Answer {
    /// The one JSON object that it printed.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("not one object: {self:?}"))
    }
}

/// Runs the app with these words, where nobody can type anything.
pub(crate) fn run(desk: &Desk, words: &[&str]) -> anyhow::Result<Answer> {
    // A session of its own has no terminal, whatever the tests were started from.
    let mut command = in_a_session(&[], desk, words);
    let output = command.stdin(Stdio::null()).output()?;
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(Answer { code: output.status.code(), out })
}

/// Runs it at a terminal, and types this line as soon as the terminal shows no longer what is typed.
pub(crate) fn type_at(desk: &Desk, words: &[&str], line: &str) -> anyhow::Result<Answer> {
    let (mut ours, theirs) = terminal()?;
    let mut command = in_a_session(&["--ctty"], desk, words);
    command.stdin(theirs.try_clone()?).stdout(theirs.try_clone()?).stderr(theirs);
    let mut app = command.spawn()?;
    // Its copies of the terminal would keep it open after the app has ended.
    drop(command);
    let started = Instant::now();
    while tcgetattr(&ours)?.local_modes.contains(LocalModes::ECHO) {
        look_again(&mut app, started)?;
    }
    writeln!(ours, "{line}")?;
    while app.try_wait()?.is_none() {
        look_again(&mut app, started)?;
    }
    let mut out = Vec::new();
    // A terminal that nobody holds any more ends with an error.
    ours.read_to_end(&mut out).ok();
    Ok(Answer { code: app.wait()?.code(), out: String::from_utf8_lossy(&out).into_owned() })
}

fn in_a_session(how: &[&str], desk: &Desk, words: &[&str]) -> Command {
    let mut command = Command::new("/usr/bin/setsid");
    command.args(how).arg("--wait").arg(scene::app()).args(words);
    command.env_clear().envs(desk.environment());
    command
}

fn look_again(app: &mut Child, started: Instant) -> anyhow::Result<()> {
    if started.elapsed() > PATIENCE {
        app.kill()?;
        anyhow::bail!("the app does not go on");
    }
    std::thread::sleep(Duration::from_millis(20));
    Ok(())
}

/// Both ends of a new terminal.
fn terminal() -> anyhow::Result<(File, OwnedFd)> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let path = ptsname(&ours, Vec::new())?;
    let theirs = rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty())?;
    Ok((File::from(ours), theirs))
}
