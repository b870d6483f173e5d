//! The process hardens itself before anything else: no debug doors from the environment, no core
//! dumps, no reading of its memory by other programs of the same user, nothing left in memory that
//! was freed.

mod environment;
pub(crate) mod memory;
pub(crate) mod stack;
pub(crate) mod wiping;

/// First thing in `main`, before any thread is started. On Linux the program starts itself once more,
/// in the same process, for what is read only when a program is loaded.
pub fn harden() {
    wiping::switch_on();
    environment::scrub();
    if !is_open_to_tests() {
        memory::shut();
    }
}

/// The tests' build alone can be told to stay readable, so that a test can look what it still holds.
#[cfg(feature = "e2e")]
fn is_open_to_tests() -> bool {
    std::env::var_os("USHER_TEST_READABLE").is_some()
}

#[cfg(not(feature = "e2e"))]
const fn is_open_to_tests() -> bool {
    false
}
