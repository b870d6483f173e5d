//! The fuzzers' corpus, read by the same functions that they call.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use usher_rdp::fuzzing;

type Read = fn(&[u8]);

/// Each target, its function, and how many inputs it has at least.
const TARGETS: [(&str, Read, usize); 7] = [
    ("rdp_client_info", fuzzing::client_info, 4),
    ("rdp_clipboard", fuzzing::clipboard, 5),
    ("rdp_connect", fuzzing::connect, 5),
    ("rdp_devices", fuzzing::devices, 5),
    ("rdp_dynamic", fuzzing::dynamic, 5),
    ("rdp_redirection", fuzzing::redirection, 5),
    ("rdp_x224", fuzzing::x224, 4),
];

fn inputs(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let entries = fs::read_dir(folder).expect(target);
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.map(|path| fs::read(path).expect("an input")).collect()
}

#[test]
fn every_input_of_the_corpus_is_read_without_harm() {
    for (target, read, least) in TARGETS {
        let inputs = inputs(target);
        assert!(inputs.len() >= least, "{target}: the corpus is gone: {}", inputs.len());
        for input in &inputs {
            read(input);
        }
    }
}

/// What cargo-fuzz does for hours, for a second: each input with some bytes changed, and cut.
#[test]
fn damaged_inputs_are_read_without_harm() {
    for (target, read, _) in TARGETS {
        let damaged = (
            prop::sample::select(inputs(target)),
            prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            any::<prop::sample::Index>(),
        );
        let cases = ProptestConfig::with_cases(2_000);
        let tried = proptest::test_runner::TestRunner::new(cases).run(&damaged, |damage| {
            let (mut input, changes, end) = damage;
            for (at, byte) in &changes {
                let at = at.index(input.len());
                input[at] = *byte;
            }
            read(&input);
            read(&input[..end.index(input.len())]);
            Ok(())
        });
        tried.unwrap_or_else(|harm| panic!("{target}: {harm}"));
    }
}
