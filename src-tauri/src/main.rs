//! Usher's desktop app.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    usher_lib::hardening::harden();
    usher_lib::run()
}
