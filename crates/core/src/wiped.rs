//! What work leaves on the stack of the thread that did it: parts of a passphrase or a key stay there, in
//! frames that are no longer used, for as long as nobody goes as deep again.

use zeroize::zeroize_stack;

/// How deep it is wiped, in bytes. Requests went 210,000 deep in a build that saves no stack.
const DEEP: usize = 512 * 1024;

/// Does the work, then wipes the stack that it used.
pub fn wiped<T>(work: impl FnOnce() -> T) -> T {
    let done = apart(work);
    zeroize_stack::<DEEP>();
    done
}

/// Never a part of its caller, whose own stack stays when the rest is wiped.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}
