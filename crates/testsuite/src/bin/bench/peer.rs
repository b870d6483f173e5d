//! Clients of the API, each in a process that lists when it is told to.
#![expect(clippy::disallowed_types, reason = "the peers are other programs")]

pub(crate) mod floor;
mod install;

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

pub(crate) use self::install::{Installed, node, python};
use crate::{Result, sample::Sample};

/// What is listed, and where.
pub(crate) struct Place {
    pub(crate) base: String,
    pub(crate) key: String,
    pub(crate) organization: u64,
    /// A listing with another number of rows is none.
    pub(crate) rows: usize,
    /// Requests that ours may make in all, which others do not ask about.
    pub(crate) bucket: u32,
}

/// A client that is running.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) times: Sample,
    rows: usize,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Peer {
    pub(crate) fn start(name: &'static str, installed: &Installed, place: &Place) -> Result<Self> {
        let mut command = Command::new(&installed.program);
        command.arg(&installed.script).env_clear();
        // Found by name, and nothing else of ours: no proxy, no options.
        let inherited = ["PATH", "HOME", "SYSTEMROOT"].map(|name| (name, env::var_os(name)));
        command.envs(inherited.into_iter().filter_map(|(name, value)| Some((name, value?))));
        command.envs(installed.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("{name}: {error}"))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (input, output) = pipes.ok_or("a peer without pipes")?;
        let (times, output) = (Sample::default(), BufReader::new(output));
        let mut peer = Self { name, times, rows: place.rows, child, input, output };
        let Place { base, key, organization, bucket, .. } = place;
        peer.say(&json!({
            "base": base, "key": key, "organization": organization, "bucket": bucket,
        }))?;
        Ok(peer)
    }

    /// Lists once; what the peer says of it, `ms` by its own clock among it.
    pub(crate) fn list(&mut self) -> Result<Value> {
        self.say(&json!("list"))?;
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err(format!("{} ended", self.name).into());
        }
        let answer: Value = serde_json::from_str(&line)?;
        let rows = answer.get("rows").and_then(Value::as_u64);
        if rows != u64::try_from(self.rows).ok() {
            return Err(format!("{} listed {rows:?} rows", self.name).into());
        }
        Ok(answer)
    }

    /// Lists once, and counts the time if it is to.
    pub(crate) fn timed(&mut self, counts: bool) -> Result<()> {
        let ms = number(&self.list()?, "ms")?;
        if counts {
            self.times.add_ms(ms);
        }
        Ok(())
    }

    fn say(&mut self, what: &Value) -> Result<()> {
        Ok(writeln!(self.input, "{what}").and_then(|()| self.input.flush())?)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A number of an answer.
pub(crate) fn number(answer: &Value, name: &str) -> Result<f64> {
    let number = answer.get(name).and_then(Value::as_f64);
    number.ok_or_else(|| format!("an answer without `{name}`: {answer}").into())
}
