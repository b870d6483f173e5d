//! Text that means something to a client, a shell, a file or a person, for the security programme's I1.

use std::num::ParseIntError;

/// How many: the full programme asks for 5,000 in every room.
const HOW_MANY: &str = "USHER_HOSTILE_STRINGS";

const SEEDS: [&str; 24] = [
    "-oProxyCommand=touch x",
    "/v:10.0.0.1",
    "/cert:ignore",
    "/p:x",
    "+drives",
    "--version",
    "\"",
    "'",
    "`id`",
    "$(id)",
    "%COMSPEC%",
    "\r\n/drive:a,/",
    "\0",
    "\u{2028}/u:x",
    "\u{2029}",
    "\u{202E}drowssap",
    "\u{FEFF}",
    "; rm -rf ~",
    "| cat",
    "\\\\host\\share",
    "CORP\\adm",
    "../../etc/passwd",
    "{{7*7}}",
    "ü·漢\u{1F511}",
];
/// Of so many each is 64 KiB long.
const LONG_OF: usize = 97;
const LONG: usize = 65_536;

/// As many as `USHER_HOSTILE_STRINGS` says, or so few. None of the first 8,000 is a host, or nothing but spaces.
///
/// # Errors
/// Where the variable holds no number.
pub fn texts(few: usize) -> Result<impl ExactSizeIterator<Item = String>, ParseIntError> {
    let many = std::env::var(HOW_MANY).map_or(Ok(few), |many| many.parse())?;
    Ok((0..many).map(text))
}

/// The nth: three seeds, and now and then 64 KiB of them.
fn text(n: usize) -> String {
    let seed = |n: usize| SEEDS.get(n % SEEDS.len()).copied().unwrap_or_default();
    let text = [seed(n), seed(n / SEEDS.len()), seed(n / SEEDS.len() / SEEDS.len())].concat();
    if n.is_multiple_of(LONG_OF) { text.repeat(LONG / text.len().max(1) + 1) } else { text }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{LONG, SEEDS, text};

    #[test]
    fn they_are_all_different_and_hold_each_seed_and_64_kib() {
        let all: BTreeSet<_> = (0..5_000).map(text).collect();
        assert_eq!(all.len(), 5_000);
        assert!(SEEDS.iter().all(|seed| all.iter().any(|text| text.contains(seed))));
        assert_eq!(all.iter().filter(|text| text.len() >= LONG).count(), 52);
    }

    #[test]
    fn none_is_nothing_but_spaces() {
        assert!((0..8_000).map(text).all(|text| !text.trim().is_empty()));
    }
}
