//! What rows occupy by themselves, however they were come by.

use std::mem::size_of;

use itglue::{Password, Record};

/// Bytes of the rows and of the texts that they hold; what an allocator adds is not counted.
pub(super) fn of(rows: &[Record<Password>]) -> usize {
    size_of_val(rows) + rows.iter().map(|row| texts(&row.attributes)).sum::<usize>()
}

fn texts(password: &Password) -> usize {
    let texts = [
        &password.organization_name,
        &password.name,
        &password.username,
        &password.url,
        &password.password_category_name,
        &password.resource_type,
        &password.cached_resource_type_name,
        &password.cached_resource_name,
        &password.resource_url,
        &password.parent_url,
    ];
    let given = texts.into_iter().flatten().map(String::capacity);
    given.sum::<usize>() + password.autofill_selectors.as_ref().map_or(0, |_| size_of::<usize>())
}
