//! What is noted of the vault outside of the file: by the witness, and by the keyring's anchor.

use super::chain;
use super::reading::Reading;
use super::shelf::{Shelf, tell};

impl Shelf {
    /// Keeps what was read or written, and has it noted where it is new.
    pub(super) fn keep(&mut self, reading: Reading) {
        let Some(open) = &mut self.open else { return };
        let news = open.mark != reading.mark;
        open.mark = reading.mark;
        open.reading = Some(reading);
        if news {
            self.follow();
            self.announce();
        }
    }

    /// Keeps nothing of whoever was taken off or changed what they come in with, by what was read.
    pub(super) fn follow(&self) {
        if let Some(open) = &self.open
            && let Some(reading) = &open.reading
        {
            self.pins().follow(open.keys.vault(), &reading.book, &reading.rows);
        }
    }

    /// Once an administrator vouches for all of it there is something to anchor, unless it does not
    /// follow from what the device knows: an older copy that was put there while the keyring was
    /// silent must not make it forget the true one. While nothing is known yet, the keyring is asked
    /// again each time.
    pub(super) fn may_anchor(&mut self, reading: &Reading) {
        let (Some(connection), Some(open)) = (&self.connection, &mut self.open) else { return };
        if open.anchored || reading.deltas != 0 {
            return;
        }
        let Ok(note) = self.anchor.read(open.keys.vault()) else { return };
        let mark = note.and_then(|note| note.vault);
        open.anchored = mark.is_none_or(|mark| {
            let chain = chain::unsigned(connection);
            let follows =
                chain.and_then(|now| chain::continues(connection, &now, &reading.charter, &mark));
            // Why it does not, or cannot be told, the next unlock says.
            follows.is_ok()
        });
    }

    /// Lets the witness and the keyring know how the vault stands now.
    pub(super) fn announce(&self) {
        let Some(open) = &self.open else { return };
        if let Some(reading) = &open.reading {
            tell(&self.witness, &reading.charter, &reading.rows);
        }
        if open.anchored {
            self.anchor.note(open.keys.vault(), open.mark);
        }
    }
}
