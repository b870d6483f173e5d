//! A traced function logs the arguments that are named, never all of them.

use super::tree::{Finding, Tree};

const ATTRIBUTES: [&str; 2] = ["#[instrument", "#[tracing::instrument"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let code = tree.files().iter().filter(|file| file.ends_in(&["rs"]) && !file.is_below("xtask/"));
    let each = code.flat_map(|file| {
        let lines = file.lines().filter(|(_, line)| starts(line));
        let logs_all =
            lines.filter(|(number, _)| !attribute(&file.text, *number).contains("skip_all"));
        logs_all.map(|(number, _)| file.finding(number, "`instrument` without `skip_all`"))
    });
    each.collect()
}

fn starts(line: &str) -> bool {
    ATTRIBUTES.iter().any(|attribute| line.trim_start().starts_with(attribute))
}

/// From this line to the end of the attribute, over as many lines as it takes.
fn attribute(text: &str, number: usize) -> String {
    let mut lines = text.lines().skip(number - 1);
    let mut whole = String::new();
    while let Some(line) = lines.next().filter(|_| !whole.trim_end().ends_with(']')) {
        whole.push_str(line);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::{Tree, check};

    fn found(code: &str) -> usize {
        check(&Tree::of(&[("crates/a/src/lib.rs", code)])).len()
    }

    #[test]
    fn a_bare_attribute_is_found() {
        assert_eq!(found("#[instrument]\nfn a(key: Key) {}\n"), 1);
        assert_eq!(found("    #[tracing::instrument(level = \"debug\")]\n// skip_all\n"), 1);
    }

    #[test]
    fn one_that_skips_all_is_right_on_one_line_or_several() {
        assert_eq!(found("#[instrument(skip_all)]\n"), 0);
        assert_eq!(found("#[instrument(\n    skip_all,\n    fields(host)\n)]\n"), 0);
    }
}
