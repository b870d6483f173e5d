//! One way of a channel that is read: its messages, put together from chunks only as far as their
//! judge needs.

use std::mem::take;

use zeroize::Zeroizing;

use crate::pdu::{Chunk, SendData, chunked};
use crate::relay::flow::Verdict;

/// Frames of one message that wait to be judged. The longest that do are lists of devices, with what
/// a client keeps of its printers.
const MOST_HELD: usize = 1024 * 1024;

/// What becomes of a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Judged {
    Passes,
    Drops,
    /// More of it must be read first. Where there is no more, it drops.
    More,
    /// This message passes instead; only of a whole one.
    Becomes(Vec<u8>),
}

impl Judged {
    /// Of a whole list: damaged (`None`) drops, one in which nothing was struck passes in its own
    /// chunks.
    pub(super) fn filtered(message: &[u8], left: Option<Vec<u8>>) -> Self {
        match left {
            None => Self::Drops,
            Some(same) if same == message => Self::Passes,
            Some(other) => Self::Becomes(other),
        }
    }
}

/// The message that is under way.
#[derive(Default)]
pub(super) struct Assembly {
    stage: Stage,
    /// What is still to come of it.
    left: usize,
    frames: Vec<u8>,
    message: Vec<u8>,
}

#[derive(Clone, Copy, Default)]
enum Stage {
    Passing,
    #[default]
    Dropping,
    Judging,
}

impl Assembly {
    /// What becomes of a frame of this channel. `judge` reads the message as far as it is there, and
    /// is told whether that is all of it.
    ///
    /// A chunk that does not fit its message, or is compressed, drops with the rest of the message:
    /// receivers differ in what they make of those.
    pub(super) fn take(
        &mut self,
        frame: &[u8],
        sent: SendData,
        judge: impl FnMut(&[u8], bool) -> Judged,
    ) -> Verdict {
        let Some(chunk) = Chunk::read(sent.of(frame)).filter(|chunk| self.fits(chunk)) else {
            *self = Self::default();
            return Verdict::Drops;
        };
        match self.stage {
            Stage::Passing => Verdict::Passes,
            Stage::Dropping => Verdict::Drops,
            Stage::Judging => self.judge(frame, sent, &chunk, judge),
        }
    }

    /// Whether a part of a message has passed, and the rest has not.
    pub(super) fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Passing) && self.left > 0
    }

    fn fits(&mut self, chunk: &Chunk<'_>) -> bool {
        if chunk.is_first() {
            *self = Self { stage: Stage::Judging, left: chunk.total, ..Self::default() };
        }
        let Some(left) = self.left.checked_sub(chunk.data.len()) else { return false };
        self.left = left;
        !chunk.is_compressed() && chunk.is_last() == (left == 0)
    }

    fn judge(
        &mut self,
        frame: &[u8],
        sent: SendData,
        chunk: &Chunk<'_>,
        mut judge: impl FnMut(&[u8], bool) -> Judged,
    ) -> Verdict {
        // A message in one chunk, as nearly all are, is read where it stands.
        let judged = if self.frames.is_empty() {
            judge(chunk.data, chunk.is_last())
        } else {
            self.message.extend_from_slice(chunk.data);
            judge(&self.message, chunk.is_last())
        };
        match judged {
            Judged::Passes => self.passes(frame),
            Judged::More if !chunk.is_last() => self.holds(frame, chunk),
            Judged::Drops | Judged::More => self.drops(),
            Judged::Becomes(message) => {
                let head = frame.get(..sent.length_at).unwrap_or_default();
                let frames = chunked(head, chunk.habit(), &message);
                self.drops();
                frames.map_or(Verdict::Drops, |frames| Verdict::Becomes(Zeroizing::new(frames)))
            }
        }
    }

    fn passes(&mut self, frame: &[u8]) -> Verdict {
        self.stage = Stage::Passing;
        let mut frames = take(&mut self.frames);
        self.message = Vec::new();
        if frames.is_empty() {
            return Verdict::Passes;
        }
        frames.extend_from_slice(frame);
        Verdict::Becomes(Zeroizing::new(frames))
    }

    fn holds(&mut self, frame: &[u8], chunk: &Chunk<'_>) -> Verdict {
        if self.frames.len() + frame.len() > MOST_HELD {
            return self.drops();
        }
        if self.frames.is_empty() {
            self.message.extend_from_slice(chunk.data);
        }
        self.frames.extend_from_slice(frame);
        Verdict::Drops
    }

    fn drops(&mut self) -> Verdict {
        self.stage = Stage::Dropping;
        self.frames = Vec::new();
        self.message = Vec::new();
        Verdict::Drops
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\x03\0\0\0\x02\xf0\x80\x64\0\x07\x03\xee\x70";

    /// A frame with a chunk of it all.
    fn frame(total: usize, flags: u32, data: &[u8]) -> (Vec<u8>, SendData) {
        let header = [u32::try_from(total).unwrap(), flags].map(u32::to_le_bytes).concat();
        let length = u8::try_from(data.len() + 8).unwrap();
        let frame = [HEAD, &[length], &header, data].concat();
        (frame, SendData { channel: 0x03EE, length_at: 13, data_at: 14 })
    }

    /// What passes of these chunks; the judge needs two bytes, and lets pass what begins with 1.
    fn through(chunks: &[(usize, u32, &[u8])]) -> Vec<Vec<u8>> {
        let mut assembly = Assembly::default();
        let mut passed = Vec::new();
        for (total, flags, data) in chunks {
            let (frame, sent) = frame(*total, *flags, data);
            let verdict = assembly.take(&frame, sent, |message, _| match message {
                [1, _, ..] => Judged::Passes,
                [_, _, ..] => Judged::Drops,
                _ => Judged::More,
            });
            match verdict {
                Verdict::Passes => passed.push(frame),
                Verdict::Becomes(frames) => passed.push(frames.to_vec()),
                Verdict::Drops | Verdict::Ends(_) => {}
            }
        }
        passed
    }

    #[test]
    fn a_message_in_one_chunk_passes_as_it_is() {
        assert_eq!(through(&[(2, 3, &[1, 2])]), [frame(2, 3, &[1, 2]).0]);
        assert!(through(&[(2, 3, &[2, 2])]).is_empty());
    }

    #[test]
    fn what_was_held_passes_with_the_chunk_that_decides() {
        let passed = through(&[(4, 1, &[1]), (4, 0, &[2]), (4, 2, &[3, 4])]);
        let held = [frame(4, 1, &[1]).0, frame(4, 0, &[2]).0].concat();
        assert_eq!(passed, [held, frame(4, 2, &[3, 4]).0]);
        assert!(through(&[(4, 1, &[2]), (4, 0, &[2]), (4, 2, &[3, 4])]).is_empty());
    }

    #[test]
    fn chunks_that_do_not_fit_their_message_do_not_pass() {
        let cases: [&[(usize, u32, &[u8])]; 8] = [
            &[(2, 2, &[1, 2])],
            &[(2, 0, &[1, 2])],
            &[(2, 1, &[1, 2])],
            &[(3, 3, &[1, 2])],
            &[(1, 3, &[1, 2])],
            &[(0, 3, &[])],
            &[(2, 0x0020_0003, &[1, 2])],
            &[(1, 3, &[1])],
        ];
        for case in cases {
            assert!(through(case).is_empty(), "{case:?}");
        }
    }

    #[test]
    fn a_message_that_overruns_its_length_is_cut_off() {
        let passed = through(&[(4, 1, &[1, 2]), (4, 0, &[1, 2, 3]), (4, 2, &[1, 2])]);
        assert_eq!(passed, [frame(4, 1, &[1, 2]).0]);
    }

    #[test]
    fn a_new_message_begins_whatever_was_before() {
        let passed = through(&[(4, 1, &[1]), (2, 3, &[2, 2]), (4, 2, &[1, 2, 3]), (2, 3, &[1, 7])]);
        assert_eq!(passed, [frame(2, 3, &[1, 7]).0]);
    }

    #[test]
    fn a_message_is_under_way_from_what_passed_to_its_end() {
        let mut assembly = Assembly::default();
        let mut after = |flags: u32, data: &[u8]| {
            let (frame, sent) = frame(4, flags, data);
            let needs_two = |message: &[u8], _| match message {
                [_, _, ..] => Judged::Passes,
                _ => Judged::More,
            };
            assembly.take(&frame, sent, needs_two);
            assembly.is_under_way()
        };
        assert!(!after(1, &[1]), "held, so that nothing of it is at its reader");
        assert!(after(0, &[2, 3]));
        assert!(!after(2, &[4]));
    }

    #[test]
    fn a_message_that_grows_without_end_is_given_up() {
        let mut assembly = Assembly::default();
        let mut held = 0;
        for index in 0..100_000_u32 {
            let flags = u32::from(index == 0);
            let (frame, sent) = frame(10_000_000, flags, &[7; 64]);
            assert!(matches!(assembly.take(&frame, sent, |_, _| Judged::More), Verdict::Drops));
            held = held.max(assembly.frames.len() + assembly.message.len());
        }
        assert!(held <= 2 * MOST_HELD && held > MOST_HELD / 2, "{held}");
    }
}
