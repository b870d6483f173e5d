//! Memory is wiped when it is freed, also by what is not Rust: requests and answers of the page pass
//! through buffers of the web engine in this process, a passphrase and a shown password among them.
//!
//! Rust's own buffers are wiped by the global allocator (`main.rs`). For everybody else's there is the
//! C library: glibc overwrites what is freed where it is told to (`mallopt(3)`, `M_PERTURB`; its
//! cache per thread, which skips that, is switched off), and `WebKit` takes its memory from glibc
//! instead of keeping its own (`Malloc`, `bmalloc/Environment.cpp`). Both are asked for in the
//! environment and read while a program is loaded. So the program sets them and puts itself in its own
//! place; what it starts later does not get them.

/// What is asked for.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const WANTED: [(&str, &str); 3] = [
    ("GLIBC_TUNABLES", "glibc.malloc.perturb=255:glibc.malloc.tcache_count=0"),
    ("LD_BIND_NOW", "1"),
    ("Malloc", "1"),
];

/// Set together with them: a second start that still is without them was refused them, and a third
/// would not help.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const TRIED: &str = "USHER_STARTED_ANEW";

/// What puts foreign code into every program, this one included.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const FOREIGN_CODE: [&str; 2] = ["LD_AUDIT", "LD_PRELOAD"];

static ON: std::sync::OnceLock<bool> = std::sync::OnceLock::new();

/// Whether freed memory is wiped in this process. `None`: not on this system, or not asked for yet.
pub(crate) fn is_on() -> Option<bool> {
    ON.get().copied()
}

/// Comes back with it switched on, in a program that was started anew; or without, where that cannot
/// be done: `usher doctor` says so.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn switch_on() {
    let is_set = |(name, value): &(&str, &str)| std::env::var(name).is_ok_and(|had| had == *value);
    let on = WANTED.iter().all(is_set);
    if !on && std::env::var_os(TRIED).is_none() {
        let error = start_anew();
        tracing::warn!(%error, "Freed memory is not wiped");
    }
    ON.get_or_init(|| on);
}

/// Comes back only where it failed.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(clippy::disallowed_types, reason = "this program, in its own place")]
fn start_anew() -> std::io::Error {
    use std::os::unix::process::CommandExt as _;
    match std::env::current_exe() {
        Ok(program) => {
            let mut words = std::env::args_os();
            let mut command = std::process::Command::new(program);
            if let Some(name) = words.next() {
                command.arg0(name);
            }
            for name in FOREIGN_CODE {
                command.env_remove(name);
            }
            command.args(words).envs(WANTED).env(TRIED, "1").exec()
        }
        Err(error) => error,
    }
}

/// Elsewhere only Rust's buffers are wiped.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn switch_on() {}
