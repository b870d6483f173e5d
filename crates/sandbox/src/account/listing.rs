//! Lists: which rows, in what order, on which page.

mod filter;
mod page;
mod row;
mod sort;
mod table;

pub(crate) use filter::Filters;
pub(crate) use page::{Page, cut};
pub(crate) use row::{Row, Watched};
pub(crate) use sort::{Order, arrange};
pub(crate) use table::table;
