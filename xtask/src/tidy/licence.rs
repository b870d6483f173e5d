//! Each crate says under which licence it is, and both texts are there.

use super::tree::{Finding, Tree};

const FIELDS: [&str; 2] = ["license.workspace = true", "license = \"MIT OR Apache-2.0\""];
const TEXTS: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let crates = tree.crates().map(|folder| format!("{folder}/Cargo.toml"));
    let manifests = crates.chain(["Cargo.toml".to_owned()]);
    let without =
        manifests.filter(|path| !tree.file(path).is_some_and(|file| licensed(&file.text)));
    let texts = TEXTS.iter().filter(|path| tree.file(path).is_none());
    let no_field =
        without.map(|path| Finding { path, line: 1, what: "no licence field".to_owned() });
    let no_text = texts.map(|path| Finding {
        path: (*path).to_owned(),
        line: 0,
        what: "the licence's text is missing".to_owned(),
    });
    no_field.chain(no_text).collect()
}

fn licensed(manifest: &str) -> bool {
    manifest.lines().any(|line| FIELDS.contains(&line.trim()))
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Tree, check};

    #[test]
    fn a_crate_without_licence_and_a_missing_text_are_found() {
        let root = ("Cargo.toml", FIELDS[0]);
        let texts = [("LICENSE-MIT", "text"), ("LICENSE-APACHE", "text")];
        let all = [root, texts[0], texts[1], ("crates/a/Cargo.toml", FIELDS[1])];
        assert!(check(&Tree::of(&all)).is_empty());
        let bare = [root, texts[0], ("crates/a/Cargo.toml", "[package]\nname = \"a\"\n")];
        assert_eq!(check(&Tree::of(&bare)).len(), 2);
    }
}
