//! Runs the built example.
#![expect(clippy::disallowed_types, reason = "the command line is a program of its own")]

use std::{
    env,
    io::Write as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use usher_sandbox::account::{Account, NewPassword, RunningAccount};

/// What a run left behind.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Standard output as one object a line.
    pub(crate) fn objects(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        self.out.lines().map(parse).collect()
    }
}

/// `target/PROFILE/examples/itglue`, beside the folder that this test lies in.
fn program() -> PathBuf {
    let test = env::current_exe().unwrap();
    let profile = test.parent().unwrap().parent().unwrap();
    let program = profile.join("examples").join(format!("itglue{}", env::consts::EXE_SUFFIX));
    let missing = "build it first: cargo build -p itglue --example itglue";
    assert!(program.is_file(), "{missing}");
    program
}

fn start(words: &[&str], variables: &[(&str, &str)]) -> Child {
    let mut command = Command::new(program());
    command.args(words).env_clear().envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// A run with this text on standard input and in no environment but these variables.
pub(crate) fn run(words: &[&str], variables: &[(&str, &str)], input: &str) -> Ran {
    ended(start(words, variables), input)
}

/// A run whose reader has gone before it could say anything.
pub(crate) fn run_unheard(words: &[&str], key: &str) -> Ran {
    let mut child = start(words, &[]);
    drop(child.stdout.take());
    ended(child, key)
}

fn ended(mut child: Child, input: &str) -> Ran {
    // One that refuses its arguments does not wait for a key.
    let _sent = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A stand-in account with one password whose value is made here.
pub(crate) struct World {
    pub(crate) account: RunningAccount,
    pub(crate) organization: u64,
    pub(crate) password: u64,
    pub(crate) value: String,
}

impl World {
    pub(crate) fn new() -> Self {
        let account = Account::start(Account::seeded(7)).unwrap();
        let value = format!("q\"\\ ✓-{}", uuid::Uuid::new_v4().simple());
        let (organization, password) = account.edit(|data| {
            let organization_id = data.organizations().next().unwrap().id;
            let new =
                NewPassword { organization_id, name: "Planted", username: "u", value: &value };
            (organization_id, data.add_password(new).unwrap())
        });
        Self { account, organization, password, value }
    }

    /// Asks with the account's own key in the environment.
    pub(crate) fn ask(&self, words: &[&str]) -> Ran {
        self.ask_with(&self.account.api_key(), words)
    }

    pub(crate) fn ask_with(&self, key: &str, words: &[&str]) -> Ran {
        let base = self.account.base_url();
        let words: Vec<&str> = words.iter().copied().chain(["--base", &base]).collect();
        run(&words, &[("ITGLUE_API_KEY", key)], "")
    }

    pub(crate) fn show(&self) -> Ran {
        let (id, organization) = (self.password.to_string(), self.organization.to_string());
        self.ask(&["show", &id, "--organization", &organization, "--json"])
    }
}
