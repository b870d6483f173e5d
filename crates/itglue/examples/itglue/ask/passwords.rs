//! `passwords`: those of one organization.

use itglue::{Client, Password, PasswordFilter, Record};

use super::list;
use crate::{args::Passwords, failure::Failure, output::Output};

pub(super) async fn run(
    client: &Client,
    wanted: &Passwords,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut listing = client.organization(wanted.organization).passwords();
    if let Some(category) = wanted.category {
        listing = listing.filter(&PasswordFilter::Category(category.into()));
    }
    if let Some(name) = &wanted.name {
        listing = listing.filter(&PasswordFilter::Name(name.as_str().into()));
    }
    if !wanted.all {
        listing = listing.filter(&PasswordFilter::Archived(false));
    }
    list::run(&listing, |row| is_wanted(row, wanted), output).await
}

/// A server that does not know a filter answers with everything, so each row is looked at again.
fn is_wanted(Record { attributes, .. }: &Record<Password>, wanted: &Passwords) -> bool {
    let same = |name: &String| attributes.name.as_ref().is_some_and(|own| equal(own, name));
    (wanted.all || attributes.archived != Some(true))
        && (wanted.category.is_none() || attributes.password_category_id == wanted.category)
        && wanted.name.as_ref().is_none_or(same)
}

/// Whether the API's comparison minds capitals is not known.
fn equal(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
