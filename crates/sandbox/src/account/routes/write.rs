//! What changes records: passwords, documents and their sections.

mod body;
mod documents;
mod embedding;
mod fields;
mod passwords;
mod sections;

use super::{
    asked::Asked,
    show,
    target::{Deed, Target, Under},
};
use crate::account::{answer::Answer, inside::Inside, kind::Kind, problem::Problem};
pub(crate) use body::names;
use fields::Fields;

/// A change, its place and its fields.
struct Change<'a> {
    asked: &'a Asked,
    target: &'a Target,
    fields: Fields,
}

pub(super) fn write(
    inside: &mut Inside,
    asked: &Asked,
    target: &Target,
) -> Result<Answer, Problem> {
    let fields = match target.deed {
        // Nothing needs to be said.
        Deed::Publish => Fields::default(),
        Deed::List | Deed::Show | Deed::Create | Deed::Change => body::fields(asked, target.kind)?,
    };
    let change = Change { asked, target, fields };
    let changed = if target.kind == Kind::Passwords {
        passwords::write(inside, &change)
    } else if target.kind == Kind::Sections {
        sections::write(inside, &change)
    } else {
        documents::write(inside, &change)
    };
    inside.changed();
    changed
}

/// The record as the answer shows it.
fn answer(inside: &mut Inside, change: &Change<'_>, id: u64) -> Result<Answer, Problem> {
    inside.changed();
    let target = Target { id, ..*change.target };
    let status = if target.deed == Deed::Create { 201 } else { 200 };
    let shown = show::other(inside, &target)?;
    Ok(Answer { status, ..shown })
}

/// The organization of what is to be made: that of the route, or else the one named.
fn organization(inside: &Inside, change: &Change<'_>) -> Result<u64, Problem> {
    let known = |id: &u64| inside.data.organization_exists(*id).is_ok();
    match change.target.under {
        Under::Organization(id) => Some(id).filter(known).ok_or_else(Problem::not_found),
        Under::Root | Under::Document(_) => {
            let named = change.fields.id("organization-id").ok().flatten();
            named.filter(known).ok_or_else(Problem::no_organization)
        }
    }
}
