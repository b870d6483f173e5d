//! Usher's desktop app.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

/// Every buffer is wiped when it is freed: passphrases and keys pass through the JSON and the messages
/// of libraries, whose buffers nobody could wipe one by one.
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> std::process::ExitCode {
    usher_lib::hardening::harden();
    match usher_lib::command_line::asked() {
        Some(command) => usher_lib::command_line::run(&command),
        None => usher_lib::run(),
    }
}
