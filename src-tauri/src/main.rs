//! Usher's desktop app.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    usher_lib::hardening::harden();
    match usher_lib::command_line::asked() {
        Some(command) => usher_lib::command_line::run(&command),
        None => usher_lib::run(),
    }
}
