//! The bindings are up to date, and the capability file allows exactly our commands.

use std::collections::BTreeSet;

use specta_typescript::Typescript;

macro_rules! names {
    ($($command:ident),*) => {
        [$(stringify!($command)),*]
    };
}

const HEADER: &str =
    "// Written by `cargo xtask bindings` from the commands in src-tauri. Do not edit.\n";

fn export(file: &std::path::Path) {
    super::bindings()
        .export(Typescript::default().header(HEADER), file)
        .expect("every type of the protocol has a TypeScript form");
}

/// `cargo xtask bindings` sets `USHER_WRITE_BINDINGS` to have the committed file written anew.
#[test]
fn the_committed_bindings_are_those_of_the_commands() {
    let committed =
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/lib/api/gen.ts"));
    if std::env::var_os("USHER_WRITE_BINDINGS").is_some() {
        export(committed);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join("gen.ts");
    export(&fresh);
    let read = |file| std::fs::read_to_string(file).expect("the bindings are there");
    let stale = "ui/src/lib/api/gen.ts is stale: run `cargo xtask bindings`";
    assert!(read(committed) == read(&fresh), "{stale}");
}

#[test]
fn the_capability_file_allows_our_commands_in_one_window_and_nothing_else() {
    let file = include_str!("../../capabilities/main.json");
    let capability: serde_json::Value = serde_json::from_str(file).expect("the file is JSON");
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability.get("remote").is_none(), "no remote page may call anything");
    let allowed: BTreeSet<String> = capability["permissions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|permission| permission.as_str().expect("a name").to_owned())
        .collect();
    let ours = with_commands!(names).map(|name| format!("allow-{}", name.replace('_', "-")));
    // Events, and the system's print dialog: what is to be kept on paper goes into no file.
    let core = ["event:allow-listen", "event:allow-unlisten", "webview:allow-print"];
    let core = core.map(|permission| format!("core:{permission}"));
    let expected: BTreeSet<String> = ours.into_iter().chain(core).collect();
    assert_eq!(allowed, expected);
}
