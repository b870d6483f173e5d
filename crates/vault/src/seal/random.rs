//! Unpredictable bytes: the OS's, or an error. There is no second best.
#![cfg_attr(
    all(test, windows),
    expect(
        clippy::missing_const_for_thread_local,
        reason = "it is const; clippy misreads what the macro makes for mingw"
    )
)]

use zeroize::Zeroizing;

use super::SealError;

/// So many fresh bytes.
///
/// # Errors
/// [`SealError::NoRandom`]: whatever was to be made with them is not made.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, SealError> {
    let mut bytes = Zeroizing::new([0; N]);
    #[cfg(test)]
    if MISSING.get() {
        return Err(SealError::NoRandom);
    }
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| SealError::NoRandom)?;
    Ok(bytes)
}

#[cfg(test)]
thread_local! {
    static MISSING: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Runs the job on this thread as if the OS's generator had failed.
#[cfg(test)]
pub(crate) fn without_randomness<T>(job: impl FnOnce() -> T) -> T {
    MISSING.set(true);
    let outcome = job();
    MISSING.set(false);
    outcome
}
