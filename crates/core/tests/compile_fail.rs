//! What must not compile: printing, cloning or comparing a secret, making a permit outside policy,
//! using one twice, fetching a password without one.

#[test]
fn the_law_holds_at_compile_time() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
