//! What a version of `FreeRDP` understands, and what it is trusted with.

use crate::abilities::{Abilities, Version};

/// The last version with known faults in clipboard files and drives that a hostile host can use
/// (CVE-2026-109256 names it). What a distribution has mended in an older one, its number does not tell.
const LAST_UNSAFE: Version = Version { major: 3, minor: 32, patch: 2 };

/// Whose options are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Those of 2, or of nobody knows which: all of them are understood by 3 as well.
    Two,
    /// Those of 3.
    Three,
}

/// What this version speaks; the program's name counts where it does not tell its version.
pub(super) fn spoken(version: Option<Version>, name_says_three: bool) -> Dialect {
    match version {
        Some(version) if version.major >= 3 => Dialect::Three,
        None if name_says_three => Dialect::Three,
        Some(_) | None => Dialect::Two,
    }
}

/// The camera is a part that most builds of 3 lack, and without it the client ends at once; it is not
/// asked for.
pub(super) fn abilities(version: Option<Version>, name_says_three: bool) -> Abilities {
    Abilities {
        version,
        drives_and_files: version.is_some_and(|version| version > LAST_UNSAFE),
        text_alone: spoken(version, name_says_three) == Dialect::Three,
        camera: false,
    }
}
