//! Dynamic channels (MS-RDPEDYC): a host opens them by name, and only those that are allowed.

use std::collections::BTreeSet;

use super::assembly::Judged;
use super::policy::Policy;
use crate::pdu::bytes::take;
use crate::relay::Side;

const CREATE: u8 = 1;
const DATA: [u8; 4] = [2, 3, 6, 7];
const CLOSE: u8 = 4;
const CAPABILITIES: u8 = 5;
/// What mstsc answers for a channel that it has no listener for; anything negative is a refusal.
const REFUSED: u32 = 0xC000_0001;
/// More than any host opens; a further one is refused.
const MOST_OPEN: usize = 1024;

/// The dynamic channels that are open.
#[derive(Default)]
pub(super) struct Dynamic {
    open: BTreeSet<u32>,
}

/// A host's request for a channel that it does not get: what it is answered.
pub(super) type Answer = Vec<u8>;

/// A message's head: command, how wide its channel id is, and the id.
struct Head {
    command: u8,
    id: u32,
    /// Where it ends.
    length: usize,
}

impl Dynamic {
    /// Judges a message; a refused channel's host is answered.
    pub(super) fn judge(
        &mut self,
        policy: &Policy,
        to: Side,
        message: &[u8],
        whole: bool,
    ) -> (Judged, Option<Answer>) {
        match (message.first().map(|first| first >> 4), head(message)) {
            (Some(CAPABILITIES), _) => (Judged::Passes, None),
            (None, _) | (_, None) => (Judged::More, None),
            (_, Some(head)) => match (to, head.command) {
                (Side::Client, CREATE) if whole => self.create(policy, message, &head),
                (Side::Host, CREATE) if whole => (self.created(message, &head), None),
                (_, CREATE) => (Judged::More, None),
                (_, command) => (self.other(to, command, head.id), None),
            },
        }
    }

    fn other(&mut self, to: Side, command: u8, id: u32) -> Judged {
        let known = match (to, command) {
            (Side::Client, CLOSE) => self.open.remove(&id),
            // It answers a host's close, too, after which the id is nobody's.
            (Side::Host, CLOSE) => true,
            (_, command) => DATA.contains(&command) && self.open.contains(&id),
        };
        // Soft-Sync moves channels to UDP, which a session here does not have.
        if known { Judged::Passes } else { Judged::Drops }
    }

    fn create(&mut self, policy: &Policy, message: &[u8], head: &Head) -> (Judged, Option<Answer>) {
        let name = message.get(head.length..).unwrap_or_default();
        let end = name.iter().position(|byte| *byte == 0);
        let name = end.and_then(|end| name.get(..end));
        if name.is_some_and(|name| policy.dynamic(name)) && self.open.len() < MOST_OPEN {
            self.open.insert(head.id);
            return (Judged::Passes, None);
        }
        self.open.remove(&head.id);
        (Judged::Drops, refusal(message, head))
    }

    /// A client's answer: a status of its own, negative for no.
    fn created(&mut self, message: &[u8], head: &Head) -> Judged {
        let known = self.open.contains(&head.id);
        let Some(status) = take(message, head.length).map(i32::from_le_bytes) else {
            return Judged::Drops;
        };
        if status < 0 {
            self.open.remove(&head.id);
        }
        if known { Judged::Passes } else { Judged::Drops }
    }
}

fn refusal(request: &[u8], head: &Head) -> Option<Answer> {
    let (first, id) = request.get(..head.length)?.split_first()?;
    // The width of the id is the request's; its two bits of priority mean nothing in an answer.
    let mut answer = vec![CREATE << 4 | (first & 0x03)];
    answer.extend_from_slice(id);
    answer.extend_from_slice(&REFUSED.to_le_bytes());
    Some(answer)
}

fn head(message: &[u8]) -> Option<Head> {
    let first = *message.first()?;
    let (id, width) = match first & 0x03 {
        0 => (u32::from(*message.get(1)?), 1),
        1 => (u32::from(take(message, 1).map(u16::from_le_bytes)?), 2),
        2 => (take(message, 1).map(u32::from_le_bytes)?, 4),
        _ => return None,
    };
    Some(Head { command: first >> 4, id, length: 1 + width })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use usher_core::entry::DevicePolicy;

    use super::*;

    fn policy() -> Policy {
        Policy { devices: DevicePolicy::default(), dynamic_resolution: true }
    }

    const GRAPHICS: &[u8] = b"\x10\x07Microsoft::Windows::RDS::Graphics\0";
    const USB: &[u8] = b"\x11\x08\x01URBDRC\0";

    fn judge(dynamic: &mut Dynamic, to: Side, message: &[u8]) -> Judged {
        dynamic.judge(&policy(), to, message, true).0
    }

    #[test]
    fn data_passes_once_its_channel_was_opened_by_an_allowed_name() {
        let mut dynamic = Dynamic::default();
        let data = [0x30, 7, 1, 2];
        assert_eq!(judge(&mut dynamic, Side::Client, &data), Judged::Drops);
        assert_eq!(judge(&mut dynamic, Side::Client, GRAPHICS), Judged::Passes);
        assert_eq!(judge(&mut dynamic, Side::Host, &[0x10, 7, 0, 0, 0, 0]), Judged::Passes);
        for command in DATA {
            let data = [command << 4, 7, 1, 2];
            assert_eq!(judge(&mut dynamic, Side::Client, &data), Judged::Passes, "{command}");
            assert_eq!(judge(&mut dynamic, Side::Host, &data), Judged::Passes, "{command}");
        }
        assert_eq!(judge(&mut dynamic, Side::Client, &[0x40, 7]), Judged::Passes);
        assert_eq!(judge(&mut dynamic, Side::Client, &data), Judged::Drops);
        assert_eq!(judge(&mut dynamic, Side::Host, &[0x40, 7]), Judged::Passes);
    }

    #[test]
    fn a_forbidden_name_is_answered_with_a_refusal_and_opens_nothing() {
        let mut dynamic = Dynamic::default();
        let (judged, answer) = dynamic.judge(&policy(), Side::Client, USB, true);
        assert_eq!(judged, Judged::Drops);
        assert_eq!(answer.unwrap(), [0x11, 8, 1, 1, 0, 0, 0xC0]);
        assert_eq!(judge(&mut dynamic, Side::Client, &[0x31, 8, 1, 9]), Judged::Drops);
        assert_eq!(judge(&mut dynamic, Side::Host, &[0x31, 8, 1, 9]), Judged::Drops);
        assert_eq!(judge(&mut dynamic, Side::Host, &[0x11, 8, 1, 0, 0, 0, 0]), Judged::Drops);
    }

    #[test]
    fn an_allowed_channels_id_does_not_serve_a_forbidden_one() {
        let mut dynamic = Dynamic::default();
        assert_eq!(judge(&mut dynamic, Side::Client, GRAPHICS), Judged::Passes);
        assert_eq!(judge(&mut dynamic, Side::Client, b"\x10\x07URBDRC\0"), Judged::Drops);
        assert_eq!(judge(&mut dynamic, Side::Client, &[0x30, 7, 1]), Judged::Drops);
        // The same id in another width is the same channel.
        assert_eq!(judge(&mut dynamic, Side::Client, GRAPHICS), Judged::Passes);
        assert_eq!(judge(&mut dynamic, Side::Client, &[0x32, 7, 0, 0, 0, 1]), Judged::Passes);
    }

    #[test]
    fn names_without_an_end_and_requests_in_parts_wait_or_are_refused() {
        let mut dynamic = Dynamic::default();
        let part = dynamic.judge(&policy(), Side::Client, &GRAPHICS[..9], false);
        assert_eq!(part, (Judged::More, None));
        let (judged, answer) =
            dynamic.judge(&policy(), Side::Client, &GRAPHICS[..GRAPHICS.len() - 1], true);
        assert_eq!((judged, answer.is_some()), (Judged::Drops, true));
    }

    #[test]
    fn only_so_many_are_open_at_once() {
        let mut dynamic = Dynamic::default();
        for id in 0..u32::try_from(MOST_OPEN).unwrap() {
            let request = [[0x12].as_slice(), &id.to_le_bytes(), b"ECHO\0"].concat();
            assert_eq!(judge(&mut dynamic, Side::Client, &request), Judged::Passes);
        }
        let one_more = dynamic.judge(&policy(), Side::Client, b"\x11\xff\xffECHO\0", true);
        assert_eq!((one_more.0, one_more.1.is_some()), (Judged::Drops, true));
    }

    #[test]
    fn soft_sync_and_unknown_commands_do_not_pass() {
        let mut dynamic = Dynamic::default();
        assert_eq!(judge(&mut dynamic, Side::Client, GRAPHICS), Judged::Passes);
        assert_eq!(judge(&mut dynamic, Side::Client, &[0x50, 0, 3, 0]), Judged::Passes);
        for command in [0, 8, 9, 10, 15_u8] {
            for to in [Side::Client, Side::Host] {
                assert_eq!(judge(&mut dynamic, to, &[command << 4, 7, 0, 0]), Judged::Drops);
            }
        }
        assert_eq!(judge(&mut dynamic, Side::Client, &[0x33, 7, 7, 7, 7, 7]), Judged::More);
    }

    proptest! {
        #[test]
        fn messages_of_any_kind_open_nothing(
            messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..24), 0..32),
            whole: bool,
        ) {
            let mut dynamic = Dynamic::default();
            for message in &messages {
                let to_client = dynamic.judge(&policy(), Side::Client, message, whole);
                prop_assert!(to_client.0 != Judged::Passes || message[0] >> 4 == CAPABILITIES);
                let to_host = dynamic.judge(&policy(), Side::Host, message, whole).0;
                prop_assert!(
                    to_host != Judged::Passes || [CAPABILITIES, CLOSE].contains(&(message[0] >> 4))
                );
            }
            prop_assert!(dynamic.open.is_empty());
        }
    }
}
