//! Password records as rows of the IT Glue credentials list.

use usher_core::entry::{PasswordRecord, UserName};

use crate::protocol::{At, ChoiceRow};

/// One row; `matched` are the places in its name that match what was typed.
pub(crate) fn row(record: &PasswordRecord, matched: &[u32]) -> ChoiceRow {
    let user = record.username.as_deref().unwrap_or_default();
    ChoiceRow {
        id: record.id.to_string(),
        name: record.name.clone(),
        username: record.username.clone(),
        category: record.category.clone(),
        resource: record.resource.clone(),
        changed: record.changed.map(|m| At(m.unix_millis())),
        signs_in_as: UserName::parse(user).ok().map(|name| name.shown()),
        archived: record.marks.archived,
        vaulted: record.marks.vaulted,
        restricted: record.marks.restricted,
        otp: record.marks.otp,
        matched: matched.to_vec(),
    }
}
