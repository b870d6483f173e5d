//! The commands: each asks the broker and passes its answer on.

pub mod ask;
pub mod close;
pub mod copy_by_hand;
pub mod copy_password;
pub mod launch;
pub mod open_in_it_glue;
pub mod save_audit;
pub mod save_text;
pub mod show_password;
pub mod show_window;

use crate::closing::CloseAsked;
use crate::events::BrokerEvent;

include!("command_list.rs");

/// Each command lies in the module of its name.
macro_rules! collect {
    ($($command:ident),*) => {
        tauri_specta::collect_commands![$($command::$command),*]
    };
}

/// The commands and events with their types: the handler of the app and the pages' bindings.
#[must_use]
pub fn bindings() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::new()
        .disable_serde_phases()
        .commands(with_commands!(collect))
        .events(tauri_specta::collect_events![BrokerEvent, CloseAsked])
}

#[cfg(test)]
mod tests;
