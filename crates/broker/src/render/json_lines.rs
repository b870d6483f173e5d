//! JSON Lines: one object per line, whatever the texts hold.

use super::row::Row;

/// Adds a row's line.
pub(super) fn add(text: &mut String, row: &Row) {
    // Nothing in a row can fail to be written as JSON.
    if let Ok(line) = serde_json::to_string(row) {
        text.push_str(&line);
        text.push('\n');
    }
}
