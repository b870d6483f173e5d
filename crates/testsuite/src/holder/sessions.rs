//! The holder's side.

use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::Barrier;
use usher_clients::Residue;
use usher_clients::residue::{OsCredentials, Swept};
use usher_core::Secret;
use usher_core::entry::{Clipboard, Device, DevicePolicy, Display, Port, UserName};
use usher_core::ports::{
    Client, Handoff, Injector as _, OpenSession, Outcome, SessionControl, Target,
};
use usher_rdp::LoopbackInjector;

use super::clients::Clients;
use super::told;
use crate::Result;
use crate::lease::{Given, Reported};
use crate::stub::{HostKey, connect_tls};

/// Reads orders until there are no more, and answers each with a line.
///
/// - `{"open": {port, user, password, devices}}`: an injector for a host on loopback; answers with the
///   handoff. `devices`: `all` or `none`; as an entry has them by itself where it is missing.
/// - `{"journal": folder}`: sweeps the residue journal there and keeps it; answers with the journal's
///   rows that were ended, gone and kept.
/// - `{"launch": ..}`: the same, and the product's own client is started; answers with its process.
/// - `{"start": handoff}`: the product's own client for an injector elsewhere; answers with its process.
/// - `{"end": session}`, `{"traffic": session}`.
/// - `{"together": count}`: the next so many sessions get their credentials at one moment, when the last
///   of them asks for its own.
/// - `{"bare": port}`: a relay with TLS on both sides that looks at nothing; answers with its address.
///
/// # Errors
/// If an order cannot be read or carried out.
pub fn serve() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (injector, residue) = (LoopbackInjector::new(), Residue::nowhere());
    let (held, together, clients) = (Vec::new(), None, Arc::default());
    let mut sessions = Sessions { runtime, injector, residue, held, together, clients };
    for order in io::stdin().lock().lines() {
        let order: Value = serde_json::from_str(&order?)?;
        say(&sessions.carry_out(&order)?)?;
    }
    Ok(())
}

/// One line, whole: several threads speak.
fn say(what: &Value) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{what}")?;
    Ok(out.flush()?)
}

struct Sessions {
    runtime: Runtime,
    injector: LoopbackInjector,
    residue: Residue,
    held: Vec<SessionControl>,
    together: Option<Arc<Barrier>>,
    clients: Arc<Clients>,
}

impl Sessions {
    fn carry_out(&mut self, order: &Value) -> Result<Value> {
        if let Some(asked) = order.get("open") {
            let (session, handoff) = self.open(asked)?;
            self.control(session)?.serve(Client::Manual);
            return Ok(json!({ "done": opened(session, &handoff) }));
        }
        if let Some(asked) = order.get("launch") {
            return self.launch(asked);
        }
        if let Some(handoff) = order.get("start") {
            return self.start(handoff);
        }
        if let Some(session) = order.get("end") {
            self.control(index(session)?)?.end();
            return Ok(json!({ "done": {} }));
        }
        if let Some(session) = order.get("traffic") {
            let traffic = self.control(index(session)?)?.traffic();
            let (to_host, to_client) = (traffic.to_host, traffic.to_client);
            return Ok(json!({ "done": { "to_host": to_host, "to_client": to_client } }));
        }
        if let Some(folder) = order.get("journal").and_then(Value::as_str) {
            return self.sweep(Path::new(folder));
        }
        if let Some(count) = order.get("together") {
            self.together = Some(Arc::new(Barrier::new(index(count)?)));
            return Ok(json!({ "done": {} }));
        }
        let port = order.get("bare").and_then(Value::as_u64).ok_or("an order")?;
        let address = self.runtime.block_on(bare(u16::try_from(port)?))?;
        Ok(json!({ "done": { "address": address } }))
    }

    fn sweep(&mut self, folder: &Path) -> Result<Value> {
        self.residue = Residue::open(folder)?;
        let swept = self.residue.sweep(&OsCredentials)?;
        let Swept { ended, gone, kept, .. } = swept;
        Ok(json!({ "done": { "ended": ended, "gone": gone, "kept": kept } }))
    }

    fn control(&self, session: usize) -> Result<&SessionControl> {
        self.held.get(session).ok_or_else(|| "no such session".into())
    }

    fn open(&mut self, asked: &Value) -> Result<(usize, Handoff)> {
        let port = asked.get("port").and_then(Value::as_u64).ok_or("a port")?;
        let port = Port::new(u16::try_from(port)?).ok_or("a port")?;
        let host = "127.0.0.1".parse().map_err(|why| format!("{why:?}"))?;
        let target = Target { host, port };
        let found = self.runtime.block_on(self.injector.preflight(&target))?;
        let session = OpenSession {
            target,
            trusted: found.certificate.spki,
            takes: found.takes,
            title: "CLIENT · HOST · ACCOUNT".to_owned(),
            patience: Duration::from_mins(1),
            by_hand: false,
            devices: policy(asked.get("devices").and_then(Value::as_str)),
            display: Display::default(),
        };
        let user = UserName { domain: None, user: text(asked, "user")? };
        let (lease, reported) = Given::new(user, Secret::new(text(asked, "password")?));
        let lease = match &self.together {
            Some(others) => lease.together(Arc::clone(others)),
            None => lease,
        };
        let opened = self.runtime.block_on(self.injector.open(session, lease));
        let (handoff, control) = opened?;
        self.held.push(control);
        let session = self.held.len() - 1;
        let clients = Arc::clone(&self.clients);
        thread::spawn(move || pass_on(session, &reported, &clients));
        Ok((session, handoff))
    }

    #[cfg(not(windows))]
    fn launch(&mut self, asked: &Value) -> Result<Value> {
        let (session, handoff) = self.open(asked)?;
        let mut told = opened(session, &handoff);
        let client = usher_clients::find_rdp()?;
        let client = self.runtime.block_on(client.start(handoff, &self.residue))?;
        let process = client.id().ok_or("the client ended at once")?;
        self.control(session)?.serve(Client::Started(process));
        self.clients.started(session, client);
        if let Some(told) = told.as_object_mut() {
            told.insert("process".to_owned(), json!(process));
        }
        Ok(json!({ "done": told }))
    }

    /// Dropping a client leaves it alone.
    #[cfg(not(windows))]
    fn start(&self, handoff: &Value) -> Result<Value> {
        let client = usher_clients::find_rdp()?;
        let client = self.runtime.block_on(client.start(received(handoff)?, &self.residue))?;
        Ok(json!({ "done": { "process": client.id() } }))
    }

    #[cfg(windows)]
    #[expect(clippy::unused_self, reason = "the same signature on every system")]
    fn launch(&mut self, _: &Value) -> Result<Value> {
        Err("no client is started here".into())
    }

    #[cfg(windows)]
    #[expect(clippy::unused_self, reason = "the same signature on every system")]
    fn start(&self, _: &Value) -> Result<Value> {
        Err("no client is started here".into())
    }
}

/// What another injector handed out, with the devices and the window that an entry has by itself.
#[cfg(not(windows))]
fn received(order: &Value) -> Result<Handoff> {
    Ok(Handoff {
        address: text(order, "address")?.parse()?,
        user: text(order, "user")?,
        password: Secret::new(text(order, "password")?),
        certificate_sha256: serde_json::from_value(
            order.get("certificate_sha256").cloned().unwrap_or_default(),
        )?,
        title: text(order, "title")?,
        devices: DevicePolicy::default(),
        display: Display::default(),
    })
}

fn policy(devices: Option<&str>) -> DevicePolicy {
    match devices {
        Some("all") => DevicePolicy::new(Device::ALL, Clipboard::TextAndFiles),
        Some("none") => DevicePolicy::nothing(),
        Some(_) | None => DevicePolicy::default(),
    }
}

fn text(order: &Value, key: &str) -> Result<String> {
    let text = order.get(key).and_then(Value::as_str);
    Ok(text.ok_or_else(|| format!("an order without {key}"))?.to_owned())
}

fn index(number: &Value) -> Result<usize> {
    Ok(usize::try_from(number.as_u64().ok_or("a number")?)?)
}

/// An opened session's answer.
fn opened(session: usize, handoff: &Handoff) -> Value {
    let mut answer = told(handoff);
    if let Some(answer) = answer.as_object_mut() {
        answer.insert("session".to_owned(), json!(session));
    }
    answer
}

/// What a session reports, each as a line. Its client goes with it, as in the app: a client that is
/// left in the middle of its sign-in may stay for good.
fn pass_on(session: usize, reported: &Receiver<Reported>, clients: &Clients) {
    for (_, outcome) in reported {
        if matches!(outcome, Outcome::Ended(_)) {
            clients.session_ended(session);
        }
        let line = json!({ "session": session, "outcome": format!("{outcome:?}") });
        if say(&line).is_err() {
            return;
        }
    }
}

/// The peer of the injector's relay: TLS taken off, TLS put on, with buffers of the same size.
async fn bare(port: u16) -> Result<std::net::SocketAddr> {
    const BUFFER: usize = 64 * 1024;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let key = HostKey::new()?;
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let relayed = async {
                tcp.set_nodelay(true)?;
                let mut client = key.accept(tcp).await?;
                let to = ([127, 0, 0, 1], port).into();
                let tcp = TcpStream::connect(to).await?;
                tcp.set_nodelay(true)?;
                let (mut host, _) = connect_tls(tcp, to).await?;
                let both = tokio::io::copy_bidirectional_with_sizes;
                both(&mut client, &mut host, BUFFER, BUFFER).await?;
                Result::Ok(())
            };
            // A stub leaves without a goodbye.
            drop(relayed.await);
        }
    });
    Ok(address)
}
