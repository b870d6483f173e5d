//! Ways in which the stand-in account can be told to misbehave.

mod bomb;
mod fault;
mod instead;
mod pages;
mod rows;
mod sending;
mod trouble;

pub use fault::Fault;
pub(crate) use instead::instead;
pub(crate) use pages::body as page_body;
pub(crate) use rows::spoil;
pub(crate) use sending::send;
pub(crate) use trouble::Faults;
pub use trouble::Trouble;
