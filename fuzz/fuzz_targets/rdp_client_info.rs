//! Whatever comes over the wire is read without harm.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| usher_rdp::fuzzing::client_info(bytes));
