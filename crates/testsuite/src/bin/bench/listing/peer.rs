//! Other clients, each in a process that lists when it is told to.
#![expect(clippy::disallowed_types, reason = "the peers are other programs")]

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use super::{
    ROWS, Server,
    install::{self, Installed},
};
use crate::{Result, sample::Sample};

/// A client that is running.
pub(super) struct Peer {
    pub(super) name: &'static str,
    pub(super) times: Sample,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// Those that could be had, and why others could not.
pub(super) struct Peers {
    pub(super) ran: Vec<Peer>,
    pub(super) not_run: Vec<String>,
}

impl Peers {
    /// Installs and starts them. One that cannot be had is named in the result.
    pub(super) fn start(server: &Server) -> Result<Self> {
        let known = [
            ("node-itglue 1.0.2 (npm)", install::node()),
            ("itglue 0.2.0 (PyPI)", install::python()),
        ];
        let mut peers = Self { ran: Vec::new(), not_run: Vec::new() };
        for (name, installed) in known {
            match installed {
                Ok(installed) => peers.ran.push(Peer::start(name, &installed, server)?),
                Err(why) => peers.not_run.push(format!("{name}: {why}")),
            }
        }
        Ok(peers)
    }

    /// Each lists once.
    pub(super) fn list(&mut self, counts: bool) -> Result<()> {
        for peer in &mut self.ran {
            let ms = peer.list()?;
            if counts {
                peer.times.add_ms(ms);
            }
        }
        Ok(())
    }

    pub(super) fn fastest(&self) -> Option<&Peer> {
        self.ran.iter().min_by(|a, b| a.times.median().total_cmp(&b.times.median()))
    }
}

impl Peer {
    fn start(name: &'static str, installed: &Installed, server: &Server) -> Result<Self> {
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
        let output = BufReader::new(output);
        let mut peer = Self { name, times: Sample::default(), child, input, output };
        peer.say(&json!({
            "base": server.account.base_url(), "key": server.account.api_key(),
            "organization": server.organization,
        }))?;
        Ok(peer)
    }

    /// Milliseconds for all rows, as the peer's own clock says.
    fn list(&mut self) -> Result<f64> {
        self.say(&json!("list"))?;
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err(format!("{} ended", self.name).into());
        }
        let answer: Value = serde_json::from_str(&line)?;
        let rows = answer.get("rows").and_then(Value::as_u64);
        if rows != u64::try_from(ROWS).ok() {
            return Err(format!("{} listed {rows:?} rows", self.name).into());
        }
        let ms = answer.get("ms").and_then(Value::as_f64);
        ms.ok_or_else(|| format!("{} gave no time", self.name).into())
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
