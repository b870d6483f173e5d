//! What differs between two tables, in one walk through both.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How a row differs.
#[derive(Debug)]
pub(super) enum Side<'a, V> {
    /// It is new.
    Added(&'a V),
    /// It is gone.
    Removed(&'a V),
    /// It was the first, and is the second.
    Changed(&'a V, &'a V),
}

impl<V> Clone for Side<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Side<'_, V> {}

/// The rows that differ, in order.
pub(super) fn differences<'a, K: Ord, V>(
    before: &'a BTreeMap<K, V>,
    after: &'a BTreeMap<K, V>,
    same: impl Fn(&V, &V) -> bool,
) -> impl Iterator<Item = (&'a K, Side<'a, V>)> {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    std::iter::from_fn(move || {
        loop {
            let order = match (before.peek(), after.peek()) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((was, _)), Some((is, _))) => was.cmp(is),
            };
            match order {
                Ordering::Less => return before.next().map(|(key, row)| (key, Side::Removed(row))),
                Ordering::Greater => return after.next().map(|(key, row)| (key, Side::Added(row))),
                Ordering::Equal => {
                    let ((key, was), (_, is)) = before.next().zip(after.next())?;
                    if !same(was, is) {
                        return Some((key, Side::Changed(was, is)));
                    }
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_removed_and_changed_is_named_and_nothing_else() {
        let before = BTreeMap::from([(1, 'a'), (2, 'b'), (4, 'd'), (6, 'f')]);
        let after = BTreeMap::from([(1, 'a'), (3, 'c'), (4, 'D'), (6, 'f'), (7, 'g')]);
        let found: Vec<String> = differences(&before, &after, PartialEq::eq)
            .map(|(key, side)| format!("{key} {side:?}"))
            .collect();
        assert_eq!(
            found,
            ["2 Removed('b')", "3 Added('c')", "4 Changed('d', 'D')", "7 Added('g')"]
        );
    }
}
