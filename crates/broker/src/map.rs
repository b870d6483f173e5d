//! Between core's types and the protocol's rows.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod certificate;
pub(crate) mod choices;
pub(crate) mod door;
pub(crate) mod ends;
pub(crate) mod failure;
pub(crate) mod faults;
pub(crate) mod handoff;
pub(crate) mod lockdown;
pub(crate) mod may;
pub(crate) mod people;
pub(crate) mod rdp;
pub(crate) mod read_only;
pub(crate) mod rights;
pub(crate) mod rows;
pub(crate) mod user_name;
