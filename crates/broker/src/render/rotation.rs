//! The passwords to change after somebody left, as CSV. Names only, and no cell is blank but for a
//! time that is not known.

use usher_core::time::Moment;

use super::csv_file::Csv;
use super::iso;
use crate::protocol::{RotationRow, RotationWhy};

/// The columns of the list.
const HEADINGS: [&str; 5] = ["organization", "password", "entry", "why", "last"];

/// One line for each password, or for a list whose passwords could not be named.
pub(crate) fn rotation_csv(rows: &[RotationRow]) -> String {
    let mut file = Csv::with_headings(&HEADINGS);
    for row in rows {
        file.add(&cells(row));
    }
    file.text()
}

fn cells(row: &RotationRow) -> [String; 5] {
    [
        or(&row.organization, "not on record"),
        password(row),
        or(&row.entry, "an entry that is gone"),
        why(row.why).to_owned(),
        row.last.map(|at| iso(Moment::from_unix_millis(at.0))).unwrap_or_default(),
    ]
}

fn or(text: &str, unknown: &str) -> String {
    if text.is_empty() { unknown.to_owned() } else { text.to_owned() }
}

fn password(RotationRow { list, password, .. }: &RotationRow) -> String {
    match (list, password.as_str()) {
        (false, name) => or(name, "one whose name is not on record"),
        (true, "") => "any password of the list".to_owned(),
        (true, category) => format!("any password of the list in the category {category}"),
    }
}

fn why(why: RotationWhy) -> &'static str {
    match why {
        RotationWhy::Launched => "launched with it",
        RotationWhy::Seen => "saw or copied it",
        RotationWhy::CouldPick => "could choose it",
    }
}
