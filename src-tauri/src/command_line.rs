//! `usher` without a window: checks and exports, for scripts and for the case that no window comes.
//!
//! Answers by its exit code: 0 what was looked at is good, 1 it is not, 2 it could not be looked at.
//! Everything goes through the broker, as the window's requests do.

mod arguments;
mod audit;
mod console;
mod doctor;
mod passphrase;
mod print;
mod unlocked;
mod vault;
mod words;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::Arguments;
pub use arguments::{AuditJob, Command, DoctorJob, Export, Look, VaultJob};
use usher_broker::{Broker, RealWorld};

use crate::places;

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Good,
    Bad,
    CouldNotLook,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Good => 0_u8,
            Outcome::Bad => 1,
            Outcome::CouldNotLook => 2,
        })
    }
}

/// What the command line asks for; `None`: the window. Ends the program where it asks for help, or
/// for what there is not.
#[must_use]
pub fn asked() -> Option<Command> {
    // A window needs no terminal, and would be closed with it.
    if std::env::args_os().nth(1).is_some() {
        console::attach();
    }
    Arguments::parse().command
}

/// Does it.
#[must_use]
pub fn run(command: &Command) -> ExitCode {
    crate::quiet_panics();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match (runtime, places::places()) {
        (Ok(runtime), Ok(places)) => {
            let broker = Broker::new(RealWorld(places));
            runtime.block_on(answer(&broker, command))
        }
        (_, Err(error)) => could_not(&error),
        (Err(error), _) => could_not(&error),
    };
    outcome.into()
}

fn could_not(error: &dyn std::error::Error) -> Outcome {
    print::note(format!("usher: {error}"));
    Outcome::CouldNotLook
}

async fn answer(broker: &Broker<RealWorld>, command: &Command) -> Outcome {
    match command {
        Command::Vault { job: VaultJob::Verify(look) } => vault::verify(broker, look).await,
        Command::Audit { job: AuditJob::Verify(look) } => audit::verify(broker, look).await,
        Command::Audit { job: AuditJob::Export(export) } => audit::export(broker, export).await,
        Command::Doctor { job: Some(DoctorJob::Rdp(look)), .. } => doctor::rdp(look).await,
        Command::Doctor { job: None, look, offline } => doctor::run(broker, look, *offline).await,
    }
}
