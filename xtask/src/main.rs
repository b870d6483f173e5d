#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod args;
mod bench;
mod bindings;
mod demo;
mod deny;
mod deps;
mod fuzz;
mod icons;
mod packages;
mod place;
mod program;
mod release;
mod say;
mod soak;
mod table;
mod test;
mod tidy;
mod tool;
mod ui;
mod windows;

use std::process::ExitCode;

use anyhow::{Result, bail};
use args::Args;

const COMMANDS: &str = "\
cargo xtask demo [--headless] [--no-install]   a stand-in account, a real RDP host and the app
cargo xtask test [STAGE] [--no-install]        everything, or one stage; `test --list` names them
                 [--no-skip]                   a stage that cannot run here has failed
cargo xtask windows [--no-install]             the stage that builds and tests for Windows
cargo xtask bench NAME [--json] [--check]      measure, against goals and a peer of the same run
cargo xtask soak [NAME]                        what is too long for `test`; lists without a name
cargo xtask tidy | deps | deny                 one gate of `test`, alone
cargo xtask packages [--no-install]            the system packages that building and testing need
cargo xtask release                            the release binary, refused if it has the test door
cargo xtask bindings                           writes the pages' TypeScript types anew
cargo xtask icons                              renders icons/usher.svg to the sizes each OS needs";

fn main() -> ExitCode {
    match run(&Args::from_env()) {
        Ok(code) => code,
        Err(error) => {
            say::line(format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<ExitCode> {
    let done = match args.command() {
        Some("test") => return test::run(args),
        Some("windows") => return test::run_named(args, Some("windows")),
        Some("bench") => return bench::run(args),
        Some("demo") => return demo::run(args),
        Some("soak") => soak::run(args),
        Some("tidy") => tidy::run(),
        Some("deps") => deps::run(),
        Some("deny") => deny::run(),
        Some("packages") => packages::ensure(args.has("--no-install")),
        Some("release") => release::run(),
        Some("bindings") => bindings::run(),
        Some("icons") => icons::run(),
        None => {
            say::line(COMMANDS);
            Ok(())
        }
        Some(other) => bail!("there is no command `{other}`\n{COMMANDS}"),
    };
    done.map(|()| ExitCode::SUCCESS)
}
