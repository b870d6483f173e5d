//! The routes, and the gate that every request passes first.

mod asked;
mod gate;
mod list;
mod show;
mod target;
mod write;

pub(crate) use asked::Asked;
pub(crate) use gate::{Wire, router};
pub(crate) use list::Listing;

use super::{answer::Answer, faults::Fault, inside::Inside, problem::Problem};
use target::Deed;

/// What a request is answered with when it has passed the gate.
fn answer(inside: &mut Inside, asked: &Asked, fault: Option<Fault>) -> Answer {
    let done = match &asked.target {
        None => Err(Problem::not_found()),
        Some(target) => match target.deed {
            Deed::List => list::list(inside, asked, target, fault),
            Deed::Show => show::show(inside, asked, target),
            Deed::Create | Deed::Change | Deed::Publish => write::write(inside, asked, target),
        },
    };
    done.unwrap_or_else(|problem| problem.answer(&inside.switches))
}
