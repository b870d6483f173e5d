//! What the injector takes while sessions are up: time on the processor, memory, throughput.
//!
//! It is measured in a process that holds injectors and nothing else, a second run of this program.
#![expect(clippy::disallowed_types, reason = "the injector is measured in a process of its own")]

mod animation;
mod many;
mod process;
mod throughput;
mod updates;

use std::process::Command;

use usher_testsuite::{
    Result,
    holder::{Holder, WORD},
};

pub(crate) use self::{
    many::measure as many, throughput::measure as throughput, updates::measure as updates,
};

fn holder() -> Result<Holder> {
    Holder::start(Command::new(std::env::current_exe()?).arg(WORD))
}
