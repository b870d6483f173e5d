//! A test that does not run asserts nothing. What is too long for `test` belongs to `soak`.

use super::tree::{File, Finding, Tree};

const RUST: [&str; 2] = ["#[ignore", "-- --ignored"];
const PAGES: [&str; 6] =
    ["it.skip(", "test.skip(", "describe.skip(", "it.only(", "test.only(", "describe.only("];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.files().iter().filter(|file| !file.is_below("xtask/src/tidy/"));
    files.flat_map(of_file).collect()
}

fn of_file(file: &File) -> Vec<Finding> {
    let marks: &[&str] = match file.path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("rs") => &RUST,
        Some("ts" | "js" | "svelte") => &PAGES,
        Some(_) | None => &[],
    };
    let lines = file.lines().filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)));
    lines.map(|(number, _)| file.finding(number, "a test is left out")).collect()
}

#[cfg(test)]
mod tests {
    use super::{PAGES, RUST, Tree, check};

    #[test]
    fn a_test_left_out_is_found() {
        for mark in RUST {
            assert_eq!(check(&Tree::of(&[("crates/a/src/lib.rs", mark)])).len(), 1, "{mark}");
        }
        for mark in PAGES {
            assert_eq!(check(&Tree::of(&[("ui/src/a.test.ts", mark)])).len(), 1, "{mark}");
        }
        assert!(check(&Tree::of(&[("crates/a/src/lib.rs", "#[test]\nfn a() {}")])).is_empty());
    }
}
