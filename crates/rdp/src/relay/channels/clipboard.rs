//! The clipboard without files (MS-RDPECLIP): neither side reads that the other has files to give,
//! and neither can ask for their content.

use std::collections::BTreeSet;

use super::assembly::Judged;
use super::formats::{Names, kept};
use crate::pdu::bytes::{put, u16_le, u32_le};
use crate::relay::Side;

/// Message types (2.2.1).
const FORMAT_LIST: u16 = 2;
const FORMAT_DATA_REQUEST: u16 = 4;
const CAPABILITIES: u16 = 7;
/// Monitor Ready, Format List Response, Format Data Response.
const HARMLESS: [u16; 3] = [1, 3, 5];
/// Type (2), flags (2), length of what follows (4).
const HEADER: usize = 8;
/// `CB_CAPSTYPE_GENERAL`.
const GENERAL: u16 = 1;
/// `CB_USE_LONG_FORMAT_NAMES`.
const LONG_NAMES: u32 = 0x02;
/// Streamed files, no paths, locks, files beyond 4 GB.
const FILE_FLAGS: u32 = 0x04 | 0x08 | 0x10 | 0x20;
/// A list of file names as such (`CF_HDROP`).
const DROPPED_FILES: u32 = 15;
/// More ids of formats that carry files than any program registers.
const MOST_STRUCK: usize = 256;

/// What both sides have said.
#[derive(Default)]
pub(super) struct ClipboardWatch {
    /// Whether client and host said that they write long names; only together they do.
    client_long: bool,
    host_long: bool,
    /// Ids that were struck from what the client offers, and from what the host offers. Each names its
    /// own formats: what one says of an id means nothing for the other's.
    of_client: Struck,
    of_host: Struck,
}

/// Ids of formats that nobody can ask for.
struct Struck(BTreeSet<u32>);

impl Default for Struck {
    fn default() -> Self {
        Self(BTreeSet::from([DROPPED_FILES]))
    }
}

impl Struck {
    /// What a list now passes is no file any more. `None`: more were struck than any program registers.
    fn learn(&mut self, passed: &[u32], struck: &[u32]) -> Option<()> {
        for id in passed {
            self.0.remove(id);
        }
        if self.0.len() + struck.len() > MOST_STRUCK {
            return None;
        }
        self.0.extend(struck);
        self.0.insert(DROPPED_FILES);
        Some(())
    }
}

impl ClipboardWatch {
    pub(super) fn judge(&mut self, to: Side, message: &[u8], whole: bool) -> Judged {
        let Some(kind) = u16_le(message, 0) else { return Judged::More };
        match kind {
            _ if HARMLESS.contains(&kind) => Judged::Passes,
            FORMAT_DATA_REQUEST => self.request(to, message),
            FORMAT_LIST | CAPABILITIES if !whole => Judged::More,
            FORMAT_LIST => Judged::filtered(message, self.list(to, message)),
            CAPABILITIES => Judged::filtered(message, self.capabilities(to, message)),
            // File contents, locks, a folder for files, and what is not known.
            _ => Judged::Drops,
        }
    }

    /// It goes to the side whose format it asks for.
    fn request(&self, to: Side, message: &[u8]) -> Judged {
        let offered = match to {
            Side::Client => &self.of_client,
            Side::Host => &self.of_host,
        };
        match u32_le(message, HEADER) {
            None => Judged::More,
            Some(id) if offered.0.contains(&id) => Judged::Drops,
            Some(_) => Judged::Passes,
        }
    }

    /// The list without formats that carry files; `None` if it is damaged.
    fn list(&mut self, to: Side, message: &[u8]) -> Option<Vec<u8>> {
        let end = HEADER.checked_add(usize::try_from(u32_le(message, 4)?).ok()?)?;
        let list = message.get(HEADER..end)?;
        let long = self.client_long && self.host_long;
        let names = if long { Names::Long } else { Names::Short };
        let found = kept(list, names)?;
        let offered = match to {
            Side::Client => &mut self.of_host,
            Side::Host => &mut self.of_client,
        };
        offered.learn(&found.passed, &found.struck)?;
        let mut out = message.get(..4)?.to_vec();
        out.extend_from_slice(&u32::try_from(found.list.len()).ok()?.to_le_bytes());
        out.extend_from_slice(&found.list);
        // Some senders add four bytes that their length does not count; more could be a message.
        out.extend_from_slice(message.get(end..).filter(|tail| tail.len() <= 4)?);
        Some(out)
    }

    /// The capabilities without those for files; `None` if they are damaged.
    fn capabilities(&mut self, to: Side, message: &[u8]) -> Option<Vec<u8>> {
        let mut out = message.to_vec();
        let mut at = HEADER + 4;
        let mut said = None;
        for _ in 0..u16_le(message, HEADER)? {
            let length = usize::from(u16_le(message, at + 2)?);
            let set = message.get(at..at.checked_add(length)?).filter(|set| set.len() >= 4)?;
            if u16_le(set, 0)? == GENERAL {
                let flags = u32_le(set, 8)?;
                // Of two, readers differ in which counts.
                if said.replace(flags & LONG_NAMES != 0).is_some() {
                    return None;
                }
                put(&mut out, at + 8, &(flags & !FILE_FLAGS).to_le_bytes())?;
            }
            at += length;
        }
        // Only now: what does not pass was not said to the other side.
        match (to, said) {
            (_, None) => {}
            (Side::Host, Some(long)) => self.client_long = long,
            (Side::Client, Some(long)) => self.host_long = long,
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::formats::made::{long, short};
    use super::*;

    fn message(kind: u16, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap().to_le_bytes();
        [kind.to_le_bytes().as_slice(), &[0, 0], &length, body].concat()
    }

    fn capabilities(flags: u32) -> Vec<u8> {
        let set = [[1, 0, 0, 0, 1, 0, 12, 0, 2, 0, 0, 0].as_slice(), &flags.to_le_bytes()];
        message(CAPABILITIES, &set.concat())
    }

    fn request(id: u32) -> Vec<u8> {
        message(FORMAT_DATA_REQUEST, &id.to_le_bytes())
    }

    /// Both sides have said that they write long names.
    fn with_long_names() -> ClipboardWatch {
        let mut watch = ClipboardWatch::default();
        for to in [Side::Client, Side::Host] {
            assert_eq!(watch.judge(to, &capabilities(LONG_NAMES), true), Judged::Passes);
        }
        watch
    }

    #[test]
    fn file_formats_leave_the_list_and_cannot_be_asked_for() {
        let mut watch = with_long_names();
        let text = (13, "");
        let files = [(0xC0BC, "FileGroupDescriptorW"), (0xC0BD, "FileContents"), (15, "")];
        let list = message(FORMAT_LIST, &long(&[text, files[0], files[1], files[2]]));
        let left = message(FORMAT_LIST, &long(&[text]));
        for (to, back) in [(Side::Client, Side::Host), (Side::Host, Side::Client)] {
            assert_eq!(watch.judge(to, &list, true), Judged::Becomes(left.clone()));
            for (id, _) in files {
                assert_eq!(watch.judge(back, &request(id), true), Judged::Drops, "{id}");
            }
            assert_eq!(watch.judge(back, &request(13), false), Judged::Passes);
        }
    }

    /// A host that guesses the client's ids and names them as something else.
    #[test]
    fn what_one_side_says_of_an_id_gives_it_none_of_the_others_files() {
        let file = (0xC0BC, "FileGroupDescriptorW");
        let decoy = message(FORMAT_LIST, &long(&[(file.0, "HTML Format")]));
        for (to, back) in [(Side::Client, Side::Host), (Side::Host, Side::Client)] {
            let mut watch = with_long_names();
            watch.judge(to, &message(FORMAT_LIST, &long(&[file])), true);
            assert_eq!(watch.judge(back, &decoy, true), Judged::Passes);
            assert_eq!(watch.judge(back, &request(file.0), true), Judged::Drops);
            assert_eq!(watch.judge(to, &request(file.0), true), Judged::Passes, "its own HTML");
            // Control: the same side may use the number for something else.
            assert_eq!(watch.judge(to, &decoy, true), Judged::Passes);
            assert_eq!(watch.judge(back, &request(file.0), true), Judged::Passes);
        }
    }

    #[test]
    fn a_list_without_files_passes_as_it_is() {
        let list = message(FORMAT_LIST, &long(&[(13, ""), (0xC0AA, "HTML Format"), (8, "")]));
        assert_eq!(with_long_names().judge(Side::Host, &list, true), Judged::Passes);
        let padded = [list.as_slice(), &[0; 4]].concat();
        assert_eq!(with_long_names().judge(Side::Host, &padded, true), Judged::Passes);
    }

    #[test]
    fn names_are_short_unless_both_sides_write_long_ones() {
        let mut watch = ClipboardWatch::default();
        assert_eq!(watch.judge(Side::Client, &capabilities(LONG_NAMES), true), Judged::Passes);
        let list = message(FORMAT_LIST, &short(&[(13, ""), (0xC0BC, "FileGroupDescri")]));
        let left = message(FORMAT_LIST, &short(&[(13, "")]));
        assert_eq!(watch.judge(Side::Client, &list, true), Judged::Becomes(left));
        let long = message(FORMAT_LIST, &long(&[(0xC0BC, "FileGroupDescriptorW")]));
        assert_eq!(watch.judge(Side::Client, &long, true), Judged::Drops, "not a short list");
    }

    #[test]
    fn the_flags_for_files_are_cleared() {
        let mut watch = ClipboardWatch::default();
        let judged = watch.judge(Side::Client, &capabilities(0x3E), true);
        assert_eq!(judged, Judged::Becomes(capabilities(LONG_NAMES)));
    }

    /// A set that is not the general one, and then these.
    fn general_sets(flags: &[u32]) -> Vec<u8> {
        let count = u16::try_from(flags.len() + 1).unwrap().to_le_bytes();
        let mut body = [count.as_slice(), &[0, 0, 7, 0, 6, 0, 0xAB, 0xCD]].concat();
        for flags in flags {
            body.extend([1, 0, 12, 0, 2, 0, 0, 0]);
            body.extend(flags.to_le_bytes());
        }
        message(CAPABILITIES, &body)
    }

    #[test]
    fn two_general_sets_in_one_message_do_not_pass() {
        for to in [Side::Client, Side::Host] {
            for two in [[LONG_NAMES, 0x3E], [0x3E, LONG_NAMES], [0x3E, 0x3E], [LONG_NAMES; 2]] {
                let judged = ClipboardWatch::default().judge(to, &general_sets(&two), true);
                assert_eq!(judged, Judged::Drops, "{two:?}");
            }
            let one = ClipboardWatch::default().judge(to, &general_sets(&[0x3E]), true);
            assert_eq!(one, Judged::Becomes(general_sets(&[LONG_NAMES])), "control");
        }
    }

    /// The other side never read it, and goes on reading short names.
    #[test]
    fn capabilities_that_do_not_pass_change_nothing() {
        let mut watch = ClipboardWatch::default();
        watch.judge(Side::Client, &capabilities(LONG_NAMES), true);
        let two = general_sets(&[LONG_NAMES; 2]);
        let cut = &capabilities(LONG_NAMES)[..20];
        for dropped in [two.as_slice(), &two[..two.len() - 1], cut] {
            assert_eq!(watch.judge(Side::Host, dropped, true), Judged::Drops);
            let list = message(FORMAT_LIST, &short(&[(13, ""), (0xC0BC, "FileGroupDescri")]));
            let left = message(FORMAT_LIST, &short(&[(13, "")]));
            assert_eq!(watch.judge(Side::Host, &list, true), Judged::Becomes(left));
        }
    }

    #[test]
    fn file_contents_locks_and_folders_do_not_pass() {
        for kind in [6, 8, 9, 10, 11, 0, 12, 0xFFFF] {
            for to in [Side::Client, Side::Host] {
                let judged = ClipboardWatch::default().judge(to, &message(kind, &[0; 40]), true);
                assert_eq!(judged, Judged::Drops, "{kind}");
            }
        }
    }

    #[test]
    fn damaged_messages_do_not_pass() {
        let list = message(FORMAT_LIST, &short(&[(13, ""), (14, "")]));
        for end in 8..list.len() {
            let judged = ClipboardWatch::default().judge(Side::Host, &list[..end], true);
            assert_eq!(judged, Judged::Drops, "cut at {end}");
        }
        let caps = capabilities(0x3E);
        for end in 8..caps.len() {
            let judged = ClipboardWatch::default().judge(Side::Host, &caps[..end], true);
            assert_eq!(judged, Judged::Drops, "cut at {end}");
        }
    }

    proptest! {
        #[test]
        fn no_list_of_any_kind_offers_files(
            before in 0_usize..4,
            after in prop::collection::vec(any::<u8>(), 0..80),
            name in prop::sample::select(vec!["FileGroupDescriptorW", "FileContents", "FileNameW"]),
            both_long: bool,
        ) {
            let mut watch = if both_long { with_long_names() } else { ClipboardWatch::default() };
            let cut: String = name.chars().take(15).collect();
            let made = |formats: &[(u32, &str)]| if both_long { long(formats) } else { short(formats) };
            let format = if both_long { long(&[(7, name)]) } else { short(&[(7, &cut)]) };
            // Well-formed formats before it, so that it stands where a format begins.
            let lead = made(&vec![(1, ""); before]);
            let list = message(FORMAT_LIST, &[lead, format.clone(), after].concat());
            match watch.judge(Side::Host, &list, true) {
                Judged::Becomes(list) => prop_assert!(!list.windows(format.len()).any(|at| at == format)),
                Judged::Drops => {}
                Judged::Passes | Judged::More => prop_assert!(false, "it passes"),
            }
        }

        #[test]
        fn messages_of_any_kind_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..80), kind in 0_u16..12) {
            for message in [bytes.clone(), message(kind, &bytes)] {
                let mut watch = with_long_names();
                for whole in [false, true] {
                    if let Judged::Becomes(out) = watch.judge(Side::Host, &message, whole) {
                        prop_assert!(out.len() <= message.len());
                    }
                }
            }
        }
    }
}
