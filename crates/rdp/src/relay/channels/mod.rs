//! The virtual channels of a session: what the entry forbids does not pass, either way.

mod assembly;
mod clipboard;
mod devices;
mod dynamic;
mod formats;
mod policy;
#[cfg(feature = "fuzzing")]
mod probe;
mod table;

pub(crate) use policy::Policy;
#[cfg(feature = "fuzzing")]
pub(crate) use probe::Probe;

use assembly::Assembly;
use clipboard::ClipboardWatch;
use devices::Devices;
use dynamic::{Answer, Dynamic};
use policy::Kind;
use table::Table;

use super::Side;
use super::flow::Verdict;
use crate::pdu::{Chunk, SendData, chunked, host_channels, patch_connect_initial};

/// A channel that is read: how far each way's message has come, and what was seen of it.
#[derive(Default)]
struct ReadChannel<T> {
    to_host: Assembly,
    to_client: Assembly,
    seen: T,
}

impl<T> ReadChannel<T> {
    fn way(&mut self, to: Side) -> (&mut Assembly, &mut T) {
        match to {
            Side::Host => (&mut self.to_host, &mut self.seen),
            Side::Client => (&mut self.to_client, &mut self.seen),
        }
    }
}

/// Where a frame belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The session itself.
    Io,
    /// Measurements and heartbeats.
    Message,
    /// A static channel, or none that is known.
    Static,
}

/// All channels of a session.
pub(super) struct Channels {
    policy: Policy,
    table: Table,
    dynamic: ReadChannel<Dynamic>,
    devices: ReadChannel<Devices>,
    clipboard: ReadChannel<ClipboardWatch>,
    /// The head of the client's latest frame on the dynamic channel, as far as its data's length,
    /// and its habit: answers to the host are written like it.
    client_head: Option<(Vec<u8>, u32)>,
}

impl Channels {
    pub(super) fn new(policy: Policy) -> Self {
        Self {
            policy,
            table: Table::new(),
            dynamic: ReadChannel::default(),
            devices: ReadChannel::default(),
            clipboard: ReadChannel::default(),
            client_head: None,
        }
    }

    /// Strikes what the client may not have, in place; `None` if its Connect Initial is damaged.
    pub(super) fn asked(&mut self, frame: &mut [u8], protocol: u32) -> Option<()> {
        patch_connect_initial(frame, protocol, |name| self.table.ask(name, &self.policy))
    }

    /// Reads the ids from the host's Connect Response; `None` if it is damaged.
    pub(super) fn given(&mut self, frame: &[u8]) -> Option<()> {
        self.table.give(host_channels(frame)?);
        Some(())
    }

    pub(super) fn place(&self, channel: u16) -> Place {
        match channel {
            io if io == self.table.io => Place::Io,
            message if Some(message) == self.table.message => Place::Message,
            _ => Place::Static,
        }
    }

    /// Whether an answer may be written to the host now: not in the middle of the client's message.
    pub(super) fn may_answer(&self) -> bool {
        !self.dynamic.to_host.is_under_way()
    }

    /// Judges a frame of a static channel; an answer is for the host.
    pub(super) fn judge(
        &mut self,
        to: Side,
        frame: &[u8],
        sent: SendData,
    ) -> (Verdict, Option<Answer>) {
        let policy = &self.policy;
        let verdict = match self.table.kind(sent.channel) {
            Kind::Struck => Verdict::Drops,
            Kind::Open => Verdict::Passes,
            Kind::Dynamic => return self.dynamic(to, frame, sent),
            Kind::Devices => {
                let (assembly, seen) = self.devices.way(to);
                assembly.take(frame, sent, |message, whole| seen.judge(policy, to, message, whole))
            }
            Kind::Clipboard => {
                let (assembly, seen) = self.clipboard.way(to);
                assembly.take(frame, sent, |message, whole| seen.judge(to, message, whole))
            }
        };
        (verdict, None)
    }

    fn dynamic(&mut self, to: Side, frame: &[u8], sent: SendData) -> (Verdict, Option<Answer>) {
        if to == Side::Host && self.client_head.is_none() {
            self.client_head = client_head(frame, sent);
        }
        let policy = &self.policy;
        let (assembly, seen) = self.dynamic.way(to);
        let mut refusal = None;
        let verdict = assembly.take(frame, sent, |message, whole| {
            let (judged, answer) = seen.judge(policy, to, message, whole);
            refusal = answer;
            judged
        });
        (verdict, refusal.and_then(|refusal| self.answer(&refusal)))
    }

    /// The frame of an answer. A host that has asked before the client said anything on the channel
    /// gets none, as from a client that ignores it.
    fn answer(&self, message: &[u8]) -> Option<Answer> {
        let (head, habit) = self.client_head.as_ref()?;
        chunked(head, *habit, message)
    }
}

fn client_head(frame: &[u8], sent: SendData) -> Option<(Vec<u8>, u32)> {
    let chunk = Chunk::read(sent.of(frame))?;
    Some((frame.get(..sent.length_at)?.to_vec(), chunk.habit()))
}
