//! A file is named after what it knows or does; these names say neither.

use super::tree::{Finding, Tree};

const EMPTY: [&str; 8] =
    ["util", "utils", "helper", "helpers", "manager", "managers", "misc", "common"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let code =
        tree.files().iter().filter(|file| file.ends_in(&["rs", "ts", "js", "svelte", "css"]));
    let named = code.filter(|file| file.path.split('/').any(says_nothing));
    named.map(|file| file.finding(1, "a name that does not say what is in there")).collect()
}

/// `utils`, `utils.rs`, `session_manager.rs`, `sessionManager.svelte.ts`.
fn says_nothing(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).to_lowercase();
    EMPTY.iter().any(|name| stem == *name) || stem.ends_with("manager")
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    #[test]
    fn empty_names_are_found_for_files_and_folders() {
        let wrong = [
            "crates/a/src/utils.rs",
            "crates/a/src/helpers/time.rs",
            "ui/src/lib/SessionManager.svelte.ts",
            "crates/a/src/session_manager.rs",
        ];
        for path in wrong {
            assert_eq!(check(&Tree::of(&[(path, "")])).len(), 1, "{path}");
        }
        assert!(check(&Tree::of(&[("crates/a/src/lease.rs", "")])).is_empty());
    }
}
