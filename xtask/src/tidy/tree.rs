//! The files that the rules look at.

use std::{fmt, fs, path::Path};

use anyhow::{Context, Result};

/// Folders that hold what is fetched, built or generated; by their whole path, since a module may
/// well be called `target`.
const SKIPPED: &[&str] = &[
    ".git",
    "target",
    "gen",
    "permissions",
    "fuzz/target",
    "ui/dist",
    "ui/coverage",
    "ui/test-results",
    "ui/node_modules",
    "node_modules",
];
/// Endings of files that hold text of ours.
const ENDINGS: [&str; 14] = [
    "rs", "ts", "js", "svelte", "css", "html", "svg", "toml", "json", "yml", "yaml", "md", "sh",
    "list",
];
/// Files without an ending that hold text of ours.
const NAMED: [&str; 3] = ["run", "LICENSE-MIT", "LICENSE-APACHE"];
/// Written by other programs in their own style.
const FOREIGN: [&str; 3] = ["package-lock.json", "bindings.ts", "gen.ts"];

/// A text file; the path is relative to the root, with `/` on every system.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// Lines with their numbers from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.split('\n').enumerate().map(|(index, line)| (index + 1, line))
    }

    pub(super) fn ends_in(&self, endings: &[&str]) -> bool {
        let ending = self.path.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| endings.contains(&ending))
    }

    pub(super) fn is_below(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    pub(super) fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into() }
    }
}

/// What a rule found, where.
#[derive(Debug, PartialEq)]
pub(super) struct Finding {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// All text files of ours.
pub(super) struct Tree(Vec<File>);

impl Tree {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        walk(root, root, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self(files))
    }

    pub(super) fn files(&self) -> &[File] {
        &self.0
    }

    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.0.iter().find(|file| file.path == path)
    }

    /// The folders that are crates, by their manifests, in order.
    pub(super) fn crates(&self) -> impl Iterator<Item = &str> {
        let folders = self.0.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml"));
        folders.filter(|folder| folder.starts_with("crates/") || *folder == "xtask")
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Self(files.iter().map(file).collect())
    }
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            if !SKIPPED.contains(&relative(root, &path).as_str()) {
                walk(root, &path, files)?;
            }
        } else if is_ours(&name) {
            files.push(File { path: relative(root, &path), text: text(&path)? });
        }
    }
    Ok(())
}

fn is_ours(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let known = ending.is_some_and(|ending| ENDINGS.contains(&ending)) || NAMED.contains(&name);
    known && !FOREIGN.contains(&name)
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

fn text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Tree, is_ours};
    use crate::place;

    #[test]
    fn this_very_file_is_read_and_what_is_built_is_not() {
        let tree = Tree::read(place::root()).unwrap();
        assert!(tree.file("xtask/src/tidy/tree.rs").is_some());
        let built = |path: &str| path.starts_with("target/") || path.contains("node_modules/");
        assert!(!tree.files().iter().any(|file| built(&file.path)));
        assert!(tree.crates().any(|folder| folder == "crates/core"));
    }

    #[test]
    fn a_module_may_be_called_like_a_folder_that_is_skipped() {
        let root = std::env::temp_dir().join(format!("xtask-tree-{}", std::process::id()));
        for folder in ["target", "crates/a/src/target"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
            std::fs::write(root.join(folder).join("host.rs"), "").unwrap();
        }
        let tree = Tree::read(&root).unwrap();
        std::fs::remove_dir_all(&root).unwrap();
        let paths: Vec<_> = tree.files().iter().map(|file| &file.path).collect();
        assert_eq!(paths, ["crates/a/src/target/host.rs"]);
    }

    #[test]
    fn generated_files_are_left_alone() {
        assert!(is_ours("main.rs"));
        assert!(!is_ours("gen.ts"));
        assert!(!is_ours("icon.png"));
    }
}
