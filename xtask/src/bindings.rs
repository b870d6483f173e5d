//! The pages' types of the commands, written by the test that compares them.

use anyhow::Result;

use crate::program::Program;

/// Writes `ui/src/lib/api/gen.ts`.
pub(crate) fn run() -> Result<()> {
    let test = Program::cargo().args(["test", "--package", "usher", "--lib", "bindings"]);
    test.env("USHER_WRITE_BINDINGS", "1").run()
}
