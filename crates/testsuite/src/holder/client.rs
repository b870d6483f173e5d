//! The side of whoever started a holder.
#![expect(clippy::disallowed_types, reason = "the holder is this program itself, or one beside it")]

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use usher_core::ports::Handoff;

use super::told;
use crate::Result;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// A holder that runs; killed when dropped.
pub struct Holder {
    child: Child,
    input: ChildStdin,
    lines: Receiver<Value>,
    heard: VecDeque<(u64, String)>,
}

/// An injector that a holder has opened, and what its client is started with.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its number.
    pub session: u64,
    /// Where its client goes.
    pub address: SocketAddr,
    /// The one-time user name.
    pub user: String,
    /// The one-time password.
    pub password: String,
    /// SHA-256 of the certificate that the client is to see.
    pub certificate_sha256: [u8; 32],
    /// The client's process, where the holder started it.
    pub process: Option<u32>,
}

impl Holder {
    /// Starts a command that becomes a holder.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(command: &mut Command) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let input = child.stdin.take().ok_or("no pipe")?;
        let output = child.stdout.take().ok_or("no pipe")?;
        let (said, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(std::result::Result::ok) {
                let Ok(line) = serde_json::from_str(&line) else { return };
                if said.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, input, lines, heard: VecDeque::new() })
    }

    /// Its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Opens an injector for a host on loopback.
    ///
    /// # Errors
    /// If the holder fails or says nothing in time.
    pub fn open(&mut self, port: u16, (user, password): (&str, &str)) -> Result<Opened> {
        let order = json!({ "open": { "port": port, "user": user, "password": password } });
        opened(&self.ask(&order)?)
    }

    /// The same with the product's own client, started by the holder.
    ///
    /// # Errors
    /// As [`Self::open`]; if the client does not start.
    pub fn launch(&mut self, port: u16, (user, password): (&str, &str)) -> Result<Opened> {
        let order = json!({ "launch": { "port": port, "user": user, "password": password } });
        opened(&self.ask(&order)?)
    }

    /// The same for an entry whose policy is `all` or `none`.
    ///
    /// # Errors
    /// As [`Self::launch`].
    pub fn launch_with(
        &mut self,
        devices: &str,
        port: u16,
        (user, password): (&str, &str),
    ) -> Result<Opened> {
        let asked = json!({ "port": port, "user": user, "password": password, "devices": devices });
        opened(&self.ask(&json!({ "launch": asked }))?)
    }

    /// Starts the product's own client with what an injector elsewhere handed out; answers with its
    /// process, which is the caller's to end.
    ///
    /// # Errors
    /// As [`Self::open`]; if the client does not start.
    pub fn start_client(&mut self, handoff: &Handoff) -> Result<u32> {
        let answer = self.ask(&json!({ "start": told(handoff) }))?;
        let process = answer.get("process").and_then(Value::as_u64).ok_or("no process")?;
        Ok(u32::try_from(process)?)
    }

    /// The same as an order only, whose answer nobody waits for: to be killed in the middle of it.
    ///
    /// # Errors
    /// If the holder is gone.
    pub fn begin_launch(&mut self, port: u16, (user, password): (&str, &str)) -> Result<()> {
        let order = json!({ "launch": { "port": port, "user": user, "password": password } });
        self.order(&order)
    }

    /// An injector whose policy is `all` or `none`.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(
        &mut self,
        devices: &str,
        port: u16,
        (user, password): (&str, &str),
    ) -> Result<Opened> {
        let asked = json!({ "port": port, "user": user, "password": password, "devices": devices });
        opened(&self.ask(&json!({ "open": asked }))?)
    }

    /// Sweeps the residue journal in this folder, which the holder keeps from then on: how many
    /// processes it ended, and what it had to leave.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn sweep(&mut self, folder: &Path) -> Result<(u64, u64)> {
        let answer = self.ask(&json!({ "journal": folder }))?;
        let count = |key| answer.get(key).and_then(Value::as_u64).ok_or("a count of the sweep");
        Ok((count("ended")?, count("kept")?))
    }

    /// The next so many sessions get their credentials at one moment, when the last of them asks for its
    /// own; until then none has any.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn together(&mut self, count: usize) -> Result<()> {
        self.ask(&json!({ "together": count })).map(drop)
    }

    /// Opens a relay that looks at nothing to this port, and tells where it listens.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn bare(&mut self, port: u16) -> Result<SocketAddr> {
        let answer = self.ask(&json!({ "bare": port }))?;
        let address = answer.get("address").and_then(Value::as_str).ok_or("no address")?;
        Ok(address.parse()?)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn end(&mut self, session: u64) -> Result<()> {
        self.ask(&json!({ "end": session })).map(drop)
    }

    /// Bytes that went to a session's client so far.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn to_client(&mut self, session: u64) -> Result<u64> {
        let answer = self.ask(&json!({ "traffic": session }))?;
        Ok(answer.get("to_client").and_then(Value::as_u64).ok_or("no count")?)
    }

    /// Waits until a session reports an outcome that begins like this, and gives all of it.
    ///
    /// # Errors
    /// If it ends without, or nothing comes in time.
    pub fn hear(&mut self, session: u64, wanted: &str) -> Result<String> {
        loop {
            let known = self.heard.iter().position(|(who, _)| *who == session);
            let Some((_, outcome)) = known.and_then(|at| self.heard.remove(at)) else {
                let line = self.lines.recv_timeout(PATIENCE)?;
                self.keep(&line)?;
                continue;
            };
            if outcome.starts_with(wanted) {
                return Ok(outcome);
            }
            if outcome.starts_with("Ended") {
                return Err(format!("waiting for {wanted}, but: {outcome}").into());
            }
        }
    }

    /// Kills it, as the system does when it is out of memory.
    ///
    /// # Errors
    /// If it cannot be killed.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    fn order(&mut self, order: &Value) -> Result<()> {
        writeln!(self.input, "{order}")?;
        Ok(self.input.flush()?)
    }

    fn ask(&mut self, order: &Value) -> Result<Value> {
        self.order(order)?;
        loop {
            let line = self.lines.recv_timeout(PATIENCE)?;
            if let Some(answer) = line.get("done") {
                return Ok(answer.clone());
            }
            self.keep(&line)?;
        }
    }

    fn keep(&mut self, line: &Value) -> Result<()> {
        let session = line.get("session").and_then(Value::as_u64);
        let outcome = line.get("outcome").and_then(Value::as_str);
        let (session, outcome) = session.zip(outcome).ok_or("a line of a holder")?;
        self.heard.push_back((session, outcome.to_owned()));
        Ok(())
    }
}

fn opened(answer: &Value) -> Result<Opened> {
    let text = |key| answer.get(key).and_then(Value::as_str).ok_or("an answer of a holder");
    let certificate = answer.get("certificate_sha256").cloned().unwrap_or_default();
    let process = answer.get("process").and_then(Value::as_u64);
    Ok(Opened {
        session: answer.get("session").and_then(Value::as_u64).ok_or("no session")?,
        address: text("address")?.parse()?,
        user: text("user")?.to_owned(),
        password: text("password")?.to_owned(),
        certificate_sha256: serde_json::from_value(certificate)?,
        process: process.map(u32::try_from).transpose()?,
    })
}

impl Drop for Holder {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
