//! Slots: a person's secret keys, wrapped once for each thing that they can come in with.

mod bundle;
mod code;
mod day;
mod door;
mod header;
mod kind;
mod pin;
mod row;
mod strength;
#[cfg(test)]
mod tests;
mod wrap;

pub(crate) use bundle::Bundle;
pub(crate) use code::{Code, CodeKind};
pub(crate) use day::same_day;
pub(crate) use door::DoorState;
pub(crate) use header::{Header, Stretched};
pub(crate) use kind::SlotKind;
pub(crate) use pin::{is_good_pin, looks_like_pin};
pub(crate) use row::Slot;
pub(crate) use strength::weigh;
pub(crate) use wrap::Proof;
