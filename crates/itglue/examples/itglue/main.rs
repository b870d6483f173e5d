//! Asks an IT Glue account from a terminal or a script: `itglue --help`.
//!
//! The key comes from the environment variable `ITGLUE_API_KEY` or from standard input. An argument
//! would show it to everyone who may list processes.
#![forbid(unsafe_code)]

mod args;
mod ask;
mod columns;
mod connect;
mod failure;
mod key;
mod output;
mod say;
mod stats;
mod words;

use std::{env, process::ExitCode};

use clap::Parser as _;
use peak_alloc::PeakAlloc;

use self::{args::Args, failure::Failure, output::Output, stats::Clock};

/// Counts what `--stats` tells.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    // Before they are parsed: the parser would repeat an argument that it does not understand.
    if env::args_os().any(|word| key::is_named_in(&word)) {
        return Failure::KeyAsArgument.told();
    }
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.told(),
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let client = connect::client(args, key::read()?)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (clock, mut output) = (Clock::start(), Output::new(args.json));
    let done = runtime.block_on(ask::run(&args.ask, &client, &mut output));
    let done = done.and(output.finish());
    if args.stats {
        say::line(clock.stats(client.stats(), output.rows(), MEMORY.peak_usage()));
    }
    done
}
