//! A process that holds injectors, for the long programme; see `usher_testsuite::holder`.
#![forbid(unsafe_code)]
#![expect(clippy::print_stderr, reason = "what ended it is for whoever reads the run")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match usher_testsuite::holder::serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the holder: {error}");
            ExitCode::FAILURE
        }
    }
}
