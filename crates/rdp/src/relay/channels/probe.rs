//! A channel by itself, for fuzzers: what passes is put together again by other means and looked at.

use usher_core::entry::DevicePolicy;

use super::{Channels, Policy};
use crate::framed::frame_length;
use crate::pdu::bytes::{push_per_length, put, u32_le};
use crate::pdu::{HostChannels, Message, Way, message};
use crate::relay::Side;
use crate::relay::flow::Verdict;

const CHANNEL: u16 = 1004;

/// A session with one static channel, with the policy that an entry has by itself.
pub(crate) struct Probe {
    channels: Channels,
    /// The messages that are under way.
    to_host: Vec<u8>,
    to_client: Vec<u8>,
    arrived: Vec<(Side, Vec<u8>)>,
}

impl Probe {
    pub(crate) fn new(name: &[u8]) -> Self {
        let devices = DevicePolicy::default();
        let mut channels = Channels::new(Policy { devices, dynamic_resolution: false });
        channels.table.ask(name, &channels.policy);
        let statics = vec![CHANNEL];
        channels.table.give(HostChannels { io: 1003, message: None, statics });
        let (to_host, to_client, arrived) = (Vec::new(), Vec::new(), Vec::new());
        Self { channels, to_host, to_client, arrived }
    }

    /// Sends chunks: each begins with a byte that says which way it goes and its flags, its message's
    /// length where it is a first one, and its own. Gives the whole messages that arrive.
    pub(crate) fn send(mut self, mut bytes: &[u8]) -> Vec<(Side, Vec<u8>)> {
        while let [ways, total, length, rest @ ..] = bytes {
            let (data, after) = rest.split_at(usize::from(*length).min(rest.len()));
            let to = if ways & 0x80 == 0 { Side::Host } else { Side::Client };
            // The length of one chunk that is all of its message is its own.
            let total = if ways & 0x03 == 0x03 { data.len() } else { usize::from(*total) };
            self.chunk(to, total, u32::from(ways & 0x13), data);
            bytes = after;
        }
        self.arrived
    }

    fn chunk(&mut self, to: Side, total: usize, flags: u32, data: &[u8]) {
        let Some(frame) = frame(to, total, flags, data) else { return };
        let Some(Message::Sent(sent)) = message(&frame, way(to)) else { return };
        let (verdict, answer) = self.channels.judge(to, &frame, sent);
        match verdict {
            Verdict::Passes => self.arrive(to, &frame),
            Verdict::Becomes(frames) => self.arrive(to, &frames),
            Verdict::Drops | Verdict::Ends(_) => {}
        }
        assert!(answer.is_none_or(|answer| message(&answer, Way::ToHost).is_some()));
    }

    fn arrive(&mut self, to: Side, mut frames: &[u8]) {
        while let Ok(Some(length)) = frame_length(frames) {
            let (frame, rest) = frames.split_at(length.min(frames.len()));
            let Some(Message::Sent(sent)) = message(frame, way(to)) else { break };
            let data = sent.of(frame);
            let flags = u32_le(data, 4).unwrap_or_default();
            let under_way = match to {
                Side::Host => &mut self.to_host,
                Side::Client => &mut self.to_client,
            };
            if flags & 1 != 0 {
                under_way.clear();
            }
            under_way.extend_from_slice(data.get(8..).unwrap_or_default());
            if flags & 2 != 0 {
                self.arrived.push((to, std::mem::take(under_way)));
            }
            frames = rest;
        }
        assert!(frames.is_empty(), "what passes is whole frames");
    }
}

fn way(to: Side) -> Way {
    match to {
        Side::Host => Way::ToHost,
        Side::Client => Way::ToClient,
    }
}

fn frame(to: Side, total: usize, flags: u32, data: &[u8]) -> Option<Vec<u8>> {
    let choice = if to == Side::Host { 0x64 } else { 0x68 };
    let [high, low] = CHANNEL.to_be_bytes();
    let mut frame = vec![3, 0, 0, 0, 2, 0xF0, 0x80, choice, 0, 6, high, low, 0x70];
    push_per_length(&mut frame, data.len() + 8)?;
    frame.extend_from_slice(&u32::try_from(total).ok()?.to_le_bytes());
    frame.extend_from_slice(&flags.to_le_bytes());
    frame.extend_from_slice(data);
    let length = u16::try_from(frame.len()).ok()?;
    put(&mut frame, 2, &length.to_be_bytes())?;
    Some(frame)
}
