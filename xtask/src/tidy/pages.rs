//! The pages reach the app through one folder, and never make markup out of text.

use super::tree::{File, Finding, Tree};

/// What may not be written where, and why. The last folder is where it may.
const FORBIDDEN: [(&str, &str, &str); 5] = [
    ("@tauri-apps", "only the folder `api` knows Tauri", "ui/src/lib/api/"),
    ("__TAURI", "only the folder `api` knows Tauri", "ui/src/lib/api/"),
    ("{@html", "text must not become markup", "nowhere"),
    ("innerHTML", "text must not become markup", "nowhere"),
    ("outerHTML", "text must not become markup", "nowhere"),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    // The mock stands in for Tauri itself, and a test of the pages' build keeps it out of `dist`.
    let shown = |file: &&File| file.is_below("ui/src/") && !file.is_below("ui/src/mock/");
    let pages = tree.files().iter().filter(shown);
    let lines = pages.flat_map(|file| file.lines().map(move |(number, line)| (file, number, line)));
    let each = lines.flat_map(|(file, number, line)| {
        let broken = FORBIDDEN
            .iter()
            .filter(move |(text, _, home)| line.contains(text) && !file.is_below(home));
        broken.map(move |(text, why, _)| file.finding(number, format!("`{text}`: {why}")))
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::{FORBIDDEN, Tree, check};

    #[test]
    fn each_is_found_in_a_page() {
        for (text, _, _) in FORBIDDEN {
            assert_eq!(check(&Tree::of(&[("ui/src/views/A.svelte", text)])).len(), 1, "{text}");
        }
    }

    #[test]
    fn the_api_folder_knows_tauri_and_makes_no_markup_either() {
        let file = "ui/src/lib/api/commands.ts";
        assert!(check(&Tree::of(&[(file, "from '@tauri-apps/api/core'")])).is_empty());
        assert_eq!(check(&Tree::of(&[(file, "a.innerHTML = b")])).len(), 1);
    }
}
