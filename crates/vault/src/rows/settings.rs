//! The one row of settings for everybody.

use serde::{Deserialize, Serialize};
use usher_core::book::Settings;

use super::{Key, Row, SETTINGS, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsRow {
    technicians_trust_on_first_use: bool,
    /// Older rows do not have it.
    #[serde(default = "idle_lock_minutes")]
    idle_lock_minutes: u16,
}

fn idle_lock_minutes() -> u16 {
    Settings::default().idle_lock_minutes
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
            idle_lock_minutes: thing.idle_lock_minutes,
        }
    }

    fn read(self, key: Key, _: u64) -> Option<Settings> {
        let settings = Settings {
            technicians_trust_on_first_use: self.technicians_trust_on_first_use,
            idle_lock_minutes: self.idle_lock_minutes,
        };
        (key == SETTINGS).then_some(settings)
    }
}
