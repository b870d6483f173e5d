//! Slots: a person's secret keys, wrapped once for each thing that they can come in with. Not for a
//! PIN: that opens only what the running program keeps.

mod bundle;
mod code;
mod day;
mod door;
mod header;
mod kept;
mod kind;
mod own_pin;
mod pin;
mod row;
mod strength;
#[cfg(test)]
pub(crate) mod tests;
mod wrap;

pub(crate) use bundle::Bundle;
pub(crate) use code::{Code, CodeKind};
pub(crate) use day::same_day;
pub(crate) use door::{DoorState, PIN_TRIES};
pub(crate) use header::{Header, Stretched};
pub(crate) use kept::Kept;
pub(crate) use kind::SlotKind;
pub(crate) use pin::{is_good_pin, looks_like_pin};
pub(crate) use row::Slot;
pub(crate) use strength::weigh;
pub(crate) use wrap::Proof;
