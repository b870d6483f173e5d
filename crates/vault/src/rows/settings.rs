//! The one row of settings for everybody.

use serde::{Deserialize, Serialize};
use usher_core::book::Settings;

use super::{Key, Row, SETTINGS, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsRow {
    technicians_trust_on_first_use: bool,
    /// Left out where it stands as it does by itself, as in rows of before there was such a setting.
    #[serde(default = "allowed", skip_serializing_if = "is_allowed")]
    ask_me: bool,
    /// Rows of format 1 have no such field.
    #[serde(default)]
    idle_lock_minutes: Option<u16>,
}

fn allowed() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_allowed(ask_me: &bool) -> bool {
    *ask_me
}

impl Row for SettingsRow {
    type Thing = Settings;
    const TABLE: Table = Table::Setting;

    fn key(_: &Settings) -> Key {
        SETTINGS
    }

    fn version(_: &Settings) -> Option<u64> {
        None
    }

    fn write(thing: &Settings) -> Self {
        Self {
            technicians_trust_on_first_use: thing.technicians_trust_on_first_use,
            ask_me: thing.ask_me,
            idle_lock_minutes: Some(thing.idle_lock_minutes),
        }
    }

    fn read(self, key: Key, _: u64) -> Option<Settings> {
        let minutes = self.idle_lock_minutes;
        let settings = Settings {
            technicians_trust_on_first_use: self.technicians_trust_on_first_use,
            ask_me: self.ask_me,
            idle_lock_minutes: minutes.unwrap_or(Settings::default().idle_lock_minutes),
        };
        (key == SETTINGS).then_some(settings)
    }
}
