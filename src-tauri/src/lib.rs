//! The desktop shell: one window, thin commands, and the person's own RDP client.
//!
//! It knows no rights, no SQL and no IT Glue: every request goes to the broker with the handle of
//! this unlock, and what the broker answers goes to the page, except what only the shell may have
//! (the handle, a Handoff, a password for the clipboard).

mod clients;
mod clipboard;
mod closing;
pub mod command_line;
pub mod commands;
mod events;
pub mod hardening;
mod lock;
#[cfg(windows)]
mod mstsc;
mod places;
mod presence;
pub mod save;
mod shell;
mod web_processes;
mod window;

pub use commands::bindings;

use std::process::ExitCode;

use tauri::{AppHandle, Manager, RunEvent, WindowEvent};

/// Runs the app until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    quiet_panics();
    log_to_stderr();
    let bindings = bindings();
    let handler = bindings.invoke_handler();
    let app = one_at_a_time(tauri::Builder::default())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(handler)
        .setup(move |app| {
            bindings.mount_events(app);
            app.manage(shell::Shell::new(places::places()?));
            app.state::<shell::Shell>().clients.sweep();
            events::forward(app.handle());
            presence::watch(app.handle());
            closing::on_signals(app.handle());
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(on_event);
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "The app could not start");
            ExitCode::FAILURE
        }
    }
}

/// The window is to go; or it has gone for good, or only to come again after a lock.
#[expect(clippy::needless_pass_by_value, reason = "Tauri calls it with the event itself")]
fn on_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } = &event {
        closing::requested(app, api);
    }
    if let RunEvent::ExitRequested { code: None, api, .. } = &event {
        api.prevent_exit();
        if !window::opened_again(app) {
            closing::end(app);
        }
    }
    if matches!(event, RunEvent::Exit) {
        clipboard::clear(app);
    }
}

/// A second start shows the first one's window.
#[cfg(not(feature = "e2e"))]
fn one_at_a_time(app: tauri::Builder<tauri::Wry>) -> tauri::Builder<tauri::Wry> {
    let show = |app: &AppHandle, _arguments, _folder| window::show(app);
    app.plugin(tauri_plugin_single_instance::init(show))
}

/// The demo runs beside the person's own Usher.
#[cfg(feature = "e2e")]
fn one_at_a_time(app: tauri::Builder<tauri::Wry>) -> tauri::Builder<tauri::Wry> {
    app
}

/// A panic's payload may hold anything, so only its place is written down.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "A task broke");
    }));
}

fn log_to_stderr() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .with_writer(std::io::stderr)
        .init();
}
