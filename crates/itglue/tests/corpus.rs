//! The fuzzers' corpus, read by the same function that they call.

use std::{fs, path::Path};

#[test]
fn every_input_of_the_corpus_is_read_without_harm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/itglue_answer");
    let mut inputs = 0;
    for entry in fs::read_dir(folder).unwrap() {
        itglue::fuzzing::read_answer(&fs::read(entry.unwrap().path()).unwrap());
        inputs += 1;
    }
    assert!(inputs >= 20, "the corpus is gone: {inputs} inputs");
}
