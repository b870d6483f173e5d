//! The commands: each asks the broker and passes its answer on.

pub mod ask;
pub mod copy_password;
pub mod launch;
pub mod open_record;
pub mod show_password;

use crate::events::BrokerEvent;

/// The commands and events with their types: the handler of the app and the pages' bindings.
#[must_use]
pub fn bindings() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::new()
        .disable_serde_phases()
        .commands(tauri_specta::collect_commands![
            ask::ask,
            launch::launch,
            show_password::show_password,
            copy_password::copy_password,
            open_record::open_record,
        ])
        .events(tauri_specta::collect_events![BrokerEvent])
}

#[cfg(test)]
mod tests;
