//! One thing that would be left.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::process;

/// Something outside our process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Left {
    /// A client that we started.
    Process {
        /// Its process id.
        id: u32,
        /// When it started, as the system counts: on Linux in clock ticks since the boot
        /// (`proc_pid_stat`, field 22), on Windows in 100 ns since 1601.
        started: u64,
        /// Its program, as the system names it.
        program: PathBuf,
    },
    /// An item that we wrote into Windows' credential store.
    Credential {
        /// Its target name, such as `TERMSRV/127.1.2.3`.
        target: String,
    },
}

impl Left {
    /// The process of this id as it runs now; `None` where there is none, or where this system is not
    /// asked yet (macOS).
    #[must_use]
    pub fn process(id: u32) -> Option<Self> {
        let (started, program) = process::identity(id)?;
        Some(Self::Process { id, started, program })
    }
}
