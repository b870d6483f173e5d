//! Frames on their way: judged one by one, written in runs as long as they come.

use tokio::io::{AsyncWrite, AsyncWriteExt};
use zeroize::Zeroizing;

use super::{Counters, How, Side};
use crate::framed::frame_length;

/// What becomes of one frame.
pub(super) enum Verdict {
    /// It passes, as it is or as it was patched in place.
    Passes,
    /// It does not pass.
    Drops,
    /// These bytes pass instead: no frame, one or several.
    Becomes(Zeroizing<Vec<u8>>),
    /// Neither it nor anything after it passes.
    Ends(How),
}

/// Frames that pass together, and what comes after them.
struct Run {
    length: usize,
    then: Then,
}

enum Then {
    /// No whole frame.
    More,
    /// A frame of this length that these bytes stand for.
    Instead(usize, Zeroizing<Vec<u8>>),
    Ends(How),
}

/// One way of a relay.
pub(super) struct Flow<'a, W> {
    pub(super) from: Side,
    pub(super) to: Side,
    pub(super) writes: &'a mut W,
    pub(super) traffic: &'a Counters,
    /// Read, and not yet a whole frame.
    pub(super) waiting: Vec<u8>,
}

impl<W: AsyncWrite + Unpin> Flow<'_, W> {
    /// Relays the whole frames that wait.
    pub(super) async fn relay(
        &mut self,
        mut judge: impl FnMut(&mut [u8]) -> Verdict,
    ) -> Result<(), How> {
        let mut waiting = std::mem::take(&mut self.waiting);
        let mut done = 0;
        let ended = loop {
            let rest = waiting.get_mut(done..).unwrap_or_default();
            let run = run(rest, self.from, &mut judge);
            let passing = rest.get(..run.length).unwrap_or_default();
            self.put(passing).await?;
            done += run.length;
            match run.then {
                Then::More => break Ok(()),
                Then::Ends(how) => break Err(how),
                Then::Instead(length, bytes) => {
                    self.put(&bytes).await?;
                    done += length;
                }
            }
        };
        waiting.drain(..done.min(waiting.len()));
        self.waiting = waiting;
        if done > 0 {
            self.flush().await?;
        }
        ended
    }

    /// Writes bytes of our own between two frames.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> Result<(), How> {
        self.put(bytes).await?;
        self.flush().await
    }

    async fn put(&mut self, bytes: &[u8]) -> Result<(), How> {
        if !bytes.is_empty() {
            self.writes.write_all(bytes).await.map_err(|_| How::Broke(self.to))?;
            self.traffic.add(self.to, bytes.len());
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), How> {
        self.writes.flush().await.map_err(|_| How::Broke(self.to))
    }
}

fn run(bytes: &mut [u8], from: Side, judge: &mut impl FnMut(&mut [u8]) -> Verdict) -> Run {
    let mut length = 0;
    let then = loop {
        let rest = bytes.get_mut(length..).unwrap_or_default();
        let Ok(known) = frame_length(rest) else { break Then::Ends(How::Nonsense(from)) };
        let Some(frame) = known.and_then(|whole| rest.get_mut(..whole)) else { break Then::More };
        match judge(frame) {
            Verdict::Passes => length += frame.len(),
            Verdict::Drops => break Then::Instead(frame.len(), Zeroizing::default()),
            Verdict::Becomes(bytes) => break Then::Instead(frame.len(), bytes),
            Verdict::Ends(how) => break Then::Ends(how),
        }
    };
    Run { length, then }
}
