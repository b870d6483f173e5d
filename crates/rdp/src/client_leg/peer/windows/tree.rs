//! Which process started which.

/// A process and the one that started it, which may have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) id: u32,
    pub(super) parent: u32,
}

/// Whether `process` is `root` or was started by it, or by one that it started.
///
/// Windows gives the numbers of ended processes out again, so a chain of parents can go astray and even
/// in a circle; it is followed no further than there are processes.
pub(super) fn is_below(all: &[Process], process: u32, root: u32) -> bool {
    let parent = |of: &u32| all.iter().find(|one| one.id == *of).map(|one| one.parent);
    std::iter::successors(Some(process), parent).take(all.len() + 1).any(|one| one == root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(pairs: &[(u32, u32)]) -> Vec<Process> {
        pairs.iter().map(|(id, parent)| Process { id: *id, parent: *parent }).collect()
    }

    #[test]
    fn children_and_their_children_are_below_and_others_are_not() {
        let all = tree(&[(4, 0), (8, 4), (12, 8), (16, 12), (20, 8)]);
        for process in [12, 16] {
            assert!(is_below(&all, process, 12), "{process}");
        }
        for process in [4, 8, 20, 24] {
            assert!(!is_below(&all, process, 12), "{process}");
        }
        assert!(is_below(&all, 16, 4));
        assert!(is_below(&[], 12, 12), "the client itself, even where it is not listed");
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let all = tree(&[(8, 12), (12, 8)]);
        assert!(!is_below(&all, 8, 16));
        assert!(is_below(&all, 8, 12));
    }
}
