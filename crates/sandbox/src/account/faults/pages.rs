//! Faults of paging, made from the rows of the list.

use super::fault::Fault;
use crate::account::{listing::Page, render, routes::Listing};

/// The body, for faults that change which rows a page has.
pub(crate) fn body(fault: Option<Fault>, listing: &Listing) -> Option<String> {
    let page = listing.page;
    match fault {
        Some(Fault::SamePage) => Some(listing.body(Page { number: 1, ..page })),
        Some(Fault::EndlessPages { fresh: false }) => Some(round_and_round(listing)),
        Some(Fault::EndlessPages { fresh: true }) => Some(with_fresh_ids(listing)),
        Some(Fault::DuplicateRows { by }) => Some(shifted(listing, by)),
        _ => None,
    }
}

/// After the last page the first one again, and always one more to come.
fn round_and_round(listing: &Listing) -> String {
    let (texts, total) = endless(listing);
    render::page(texts.into_iter(), &listing.path, listing.page, total)
}

fn with_fresh_ids(listing: &Listing) -> String {
    let (texts, total) = endless(listing);
    let first = listing.page.number.saturating_mul(1_000_000_000);
    let fresh: Vec<String> = texts
        .into_iter()
        .enumerate()
        .filter_map(|(index, text)| {
            let mut row: serde_json::Value = serde_json::from_str(text).ok()?;
            let id = first.saturating_add(index).to_string();
            row.as_object_mut()?.insert("id".to_owned(), id.into());
            Some(row.to_string())
        })
        .collect();
    render::page(fresh.iter().map(String::as_str), &listing.path, listing.page, total)
}

/// The rows, and a total that makes one more page.
fn endless(listing: &Listing) -> (Vec<&str>, usize) {
    let Page { number, size } = listing.page;
    let pages = listing.page.pages(listing.total()).max(1);
    let start = (number.saturating_sub(1) % pages).saturating_mul(size);
    let end = start.saturating_add(size).min(listing.total());
    (listing.texts(start..end), number.saturating_add(1).saturating_mul(size))
}

/// As if so many rows had been added at the front after the first page.
fn shifted(listing: &Listing, by: usize) -> String {
    let Page { number, size } = listing.page;
    let by = if number > 1 { by } else { 0 };
    let total = listing.total();
    let start = number.saturating_sub(1).saturating_mul(size).saturating_sub(by).min(total);
    let end = start.saturating_add(size).min(total);
    let texts = listing.texts(start..end);
    render::page(texts.into_iter(), &listing.path, listing.page, total.saturating_add(by))
}
