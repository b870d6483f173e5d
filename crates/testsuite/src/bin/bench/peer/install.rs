//! Fetches the peers at fixed versions, once, into the target folder.
#![expect(clippy::disallowed_types, reason = "npm and pip fetch the peers")]

use std::{
    env, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A program with a script and the environment that finds its package.
pub(crate) struct Installed {
    pub(crate) program: PathBuf,
    pub(crate) script: PathBuf,
    pub(crate) environment: Option<(&'static str, PathBuf)>,
}

/// npm's client.
pub(crate) fn node() -> Result<Installed, String> {
    let folder = folder();
    let modules = folder.join("node_modules");
    if !modules.join("node-itglue/package.json").is_file() {
        let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]);
        run("npm", npm.arg(&folder).arg("node-itglue@1.0.2"))?;
    }
    Ok(Installed {
        program: "node".into(),
        script: script("list.js"),
        environment: Some(("NODE_PATH", modules)),
    })
}

/// `PyPI`'s client, in an environment of its own.
pub(crate) fn python() -> Result<Installed, String> {
    let venv = folder().join("venv");
    let bin = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let done = venv.join("itglue-0.2.0-is-here");
    if !done.is_file() {
        run("python3 -m venv", Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        run("pip", Command::new(bin.join("pip")).args(["install", "--quiet", "itglue==0.2.0"]))?;
        std::fs::write(&done, "").map_err(|error| error.to_string())?;
    }
    Ok(Installed { program: bin.join("python3"), script: script("list.py"), environment: None })
}

/// `target/bench/peer`, wherever the target folder is.
fn folder() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root.join(target).join("bench/peer")
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/bench/peer").join(name)
}

/// What the program says goes to standard error; standard output is for figures.
fn run(name: &str, command: &mut Command) -> Result<(), String> {
    let status = command.stdin(Stdio::null()).stdout(io::stderr()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} ended with {status}")),
        Err(error) => Err(format!("{name} could not be started: {error}")),
    }
}
