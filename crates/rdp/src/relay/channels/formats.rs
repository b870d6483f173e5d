//! Format lists of the clipboard (MS-RDPECLIP 2.2.3.1), short and long, with the formats that carry
//! files taken out.

use crate::pdu::bytes::{u16_le, u32_le};

/// How a list writes its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// 32 bytes, in UTF-16 or in a code page, cut off where they are longer.
    Short,
    /// UTF-16 up to a NUL.
    Long,
}

/// A list after the formats that carry files were taken out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) list: Vec<u8>,
    pub(super) passed: Vec<u32>,
    pub(super) struck: Vec<u32>,
}

const ID: usize = 4;
const SHORT: usize = ID + 32;
/// A list of files under an id of its own: `CF_HDROP`.
const DROPPED_FILES: u32 = 15;
/// More formats than any program offers.
const MOST: usize = 4096;
/// In a short list a UTF-16 name ends here, whatever it was.
const CUT: usize = 15;

/// Registered formats that carry files or lead to them; Windows does not tell upper from lower case.
const FILES: [&str; 11] = [
    "filegroupdescriptorw",
    "filegroupdescriptor",
    "filecontents",
    "filenamew",
    "filename",
    "filenamemapw",
    "filenamemap",
    "shell idlist array",
    "text/uri-list",
    "x-special/gnome-copied-files",
    "application/x-kde4-urilist",
];

/// Reads a list; `None` if it is damaged.
pub(super) fn kept(list: &[u8], names: Names) -> Option<Kept> {
    let mut kept = Kept::default();
    let mut rest = list;
    while !rest.is_empty() {
        let (format, after) = rest.split_at_checked(length(rest, names)?)?;
        let id = u32_le(format, 0)?;
        if id == DROPPED_FILES || carries_files(format.get(ID..)?, names) {
            kept.struck.push(id);
        } else {
            kept.passed.push(id);
            kept.list.extend_from_slice(format);
        }
        if kept.passed.len() + kept.struck.len() > MOST {
            return None;
        }
        rest = after;
    }
    Some(kept)
}

fn length(rest: &[u8], names: Names) -> Option<usize> {
    let name = rest.get(ID..)?;
    match names {
        Names::Short => Some(SHORT),
        // The last name's NUL may be missing.
        Names::Long if name.len() % 2 == 0 || name.chunks_exact(2).any(|unit| unit == [0, 0]) => {
            let units = name.chunks_exact(2).position(|unit| unit == [0, 0]);
            Some(ID + units.map_or(name.len(), |units| units * 2 + 2))
        }
        Names::Long => None,
    }
}

/// A short name's writing is told by a flag that its reader may not heed: both readings count.
fn carries_files(name: &[u8], names: Names) -> bool {
    let wide = name.chunks_exact(2).filter_map(|unit| u16_le(unit, 0));
    let wide = letters(wide.map(|unit| u8::try_from(unit).unwrap_or(0xFF)));
    match names {
        Names::Long => FILES.contains(&wide.as_str()),
        Names::Short => {
            let cut =
                |name: &str| name.len() >= CUT && FILES.iter().any(|file| file.starts_with(name));
            let narrow = letters(name.iter().copied());
            let is = |name: &str| FILES.contains(&name) || cut(name);
            is(&wide) || is(&narrow)
        }
    }
}

/// Up to the NUL, in lower case; what is no ASCII is none of ours.
fn letters(bytes: impl Iterator<Item = u8>) -> String {
    bytes.take_while(|byte| *byte != 0).map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// Lists for tests.
#[cfg(test)]
pub(super) mod made {
    fn wide(name: &str) -> Vec<u8> {
        name.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    pub(in crate::relay::channels) fn long(formats: &[(u32, &str)]) -> Vec<u8> {
        let one = |(id, name): &(u32, &str)| [&id.to_le_bytes()[..], &wide(name), &[0, 0]].concat();
        formats.iter().flat_map(one).collect()
    }

    pub(in crate::relay::channels) fn short(formats: &[(u32, &str)]) -> Vec<u8> {
        let mut list = Vec::new();
        for (id, name) in formats {
            list.extend_from_slice(&id.to_le_bytes());
            let mut name = wide(name);
            name.resize(32, 0);
            list.extend(name);
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::made::{long, short};
    use super::*;

    fn struck(list: &[u8], names: Names) -> Vec<u32> {
        kept(list, names).expect("a list").struck
    }

    #[test]
    fn each_name_is_found_in_any_case_and_long_or_cut() {
        for name in FILES {
            let upper = name.to_ascii_uppercase();
            assert_eq!(struck(&long(&[(9, name)]), Names::Long), [9], "{name}");
            assert_eq!(struck(&long(&[(9, &upper)]), Names::Long), [9], "{name}");
            let cut: String = name.chars().take(CUT).collect();
            assert_eq!(struck(&short(&[(9, &cut)]), Names::Short), [9], "{name}");
            let mut narrow = [9_u32.to_le_bytes().as_slice(), name.as_bytes()].concat();
            narrow.resize(SHORT, 0);
            assert_eq!(struck(&narrow, Names::Short), [9], "{name}");
        }
    }

    #[test]
    fn names_that_only_begin_alike_stay() {
        for name in ["FileGroup", "FileContentsX", "Preferred DropEffect", "HTML Format", ""] {
            assert_eq!(struck(&long(&[(9, name)]), Names::Long), [], "{name}");
        }
        assert_eq!(struck(&short(&[(9, "FileGroup"), (9, "File")]), Names::Short), []);
    }

    #[test]
    fn the_rest_of_the_list_stays_byte_for_byte() {
        let list = long(&[(13, ""), (15, ""), (0xC1, "FileNameW"), (0xC2, "HTML Format")]);
        let expected = Kept {
            list: long(&[(13, ""), (0xC2, "HTML Format")]),
            passed: vec![13, 0xC2],
            struck: vec![15, 0xC1],
        };
        assert_eq!(kept(&list, Names::Long), Some(expected));
    }

    #[test]
    fn an_unfinished_list_is_damage_but_for_a_last_name_without_its_end() {
        let list = long(&[(13, ""), (9, "FileNameW")]);
        assert_eq!(struck(&list[..list.len() - 2], Names::Long), [9]);
        assert_eq!(kept(&list[..list.len() - 1], Names::Long), None);
        assert_eq!(kept(&list[..7], Names::Long), None);
        assert_eq!(kept(&short(&[(1, "")])[..35], Names::Short), None);
    }
}
