//! What must not compile: printing, cloning or comparing a secret, making a permit outside policy,
//! using one twice, fetching a password without one.
// It needs cargo beside it, which a test for Windows that comes from Linux has not. What compiles
// here does not depend on the system.
#![cfg(not(windows))]

#[test]
fn the_law_holds_at_compile_time() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
