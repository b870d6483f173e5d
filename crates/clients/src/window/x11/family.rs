//! A process and those that it started.

use std::collections::BTreeSet;

/// This process, its children, theirs, and so on; where the system does not tell, it alone.
pub(super) fn family(process: u32) -> BTreeSet<u32> {
    let parents = parents();
    let mut family = BTreeSet::from([process]);
    loop {
        let before = family.len();
        let born = parents.iter().filter(|(_, parent)| family.contains(parent));
        let born: Vec<u32> = born.map(|(child, _)| *child).collect();
        family.extend(born);
        if family.len() == before {
            return family;
        }
    }
}

/// Each process with its parent.
fn parents() -> Vec<(u32, u32)> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let stats = all.filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok());
    stats.filter_map(|stat| of(&stat)).collect()
}

/// `pid (name) state parent ...`; the name may hold anything.
fn of(stat: &str) -> Option<(u32, u32)> {
    let (id, rest) = stat.split_once(" (")?;
    let (_, rest) = rest.rsplit_once(") ")?;
    Some((id.parse().ok()?, rest.split(' ').nth(1)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_like_a_field_changes_nothing() {
        assert_eq!(of("41 (xfreerdp) S 40 40 1 0"), Some((41, 40)));
        assert_eq!(of("41 (x) S 9 (y) R 40 40 1 0"), Some((41, 40)));
        assert_eq!(of(""), None);
    }
}
