//! What can be said on the command line.

use std::path::PathBuf;
use std::str::FromStr as _;

use clap::{Args, Parser, Subcommand};
use usher_broker::protocol::{At, ExportFormat};

/// Usher: the technician gets the session, not the secret. Without a command it opens its window.
#[derive(Debug, Parser)]
#[command(name = "usher", version, disable_help_subcommand = true)]
#[command(after_help = "Exit codes: 0 good, 1 something is wrong, 2 it could not be looked at.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What to do instead of opening the window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The vault file
    Vault {
        /// What to do with it.
        #[command(subcommand)]
        job: VaultJob,
    },
    /// The audit log
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        job: AuditJob,
    },
    /// Looks at all that Usher needs here: keyring, vault, RDP client, web view, IT Glue, hardening
    #[command(args_conflicts_with_subcommands = true)]
    Doctor {
        /// One thing in depth, instead of everything.
        #[command(subcommand)]
        job: Option<DoctorJob>,
        /// How to answer.
        #[command(flatten)]
        look: Look,
        /// Do not ask whether IT Glue can be reached
        #[arg(long)]
        offline: bool,
    },
}

/// What to look at in depth.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum DoctorJob {
    /// Starts the RDP client against an acceptor on this computer: does it sign in? No host is asked
    Rdp(Look),
}

/// What to do with the vault file.
#[derive(Debug, Subcommand)]
pub enum VaultJob {
    /// Checks signatures, rows and whether it is an older copy. Needs no passphrase; changes nothing
    Verify(Look),
}

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditJob {
    /// Checks the chain and its signatures, and names the first bad row. Needs no passphrase
    Verify(Look),
    /// Writes it into a new file. Asks for an administrator's passphrase; is on record itself
    Export(Export),
}

/// How to answer.
#[derive(Debug, Clone, Copy, Args)]
pub struct Look {
    /// Answer with one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Which rows to write out, and how.
#[derive(Debug, Args)]
pub struct Export {
    /// The file; it must not be there yet
    pub file: PathBuf,
    /// Comma-separated values (the default)
    #[arg(long, conflicts_with = "json_lines")]
    pub csv: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json_lines: bool,
    /// Only rows from then on: 2026-11-21 (midnight UTC) or 2026-11-21T14:30:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub from: Option<At>,
    /// Only rows before then, in the same forms
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub to: Option<At>,
    /// Only rows of this host
    #[arg(long)]
    pub host: Option<String>,
    /// Only rows of this audit word
    #[arg(
        long,
        value_name = "WORD",
        help = "Only rows of this word: launch, password_shown, denied ..."
    )]
    pub what: Option<String>,
    /// Only rows of this person, by name or id, also of somebody who left
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Only rows on what has this in its name, also of what was deleted
    #[arg(long, value_name = "NAME")]
    pub on: Option<String>,
    /// The administrator whose passphrase will be given; not needed where there is only one person
    #[arg(long = "as", value_name = "NAME")]
    pub unlock_as: Option<String>,
    /// Answer with one JSON object
    #[arg(long)]
    pub json: bool,
}

impl Export {
    /// How the file is written.
    #[must_use]
    pub fn format(&self) -> ExportFormat {
        if self.json_lines { ExportFormat::JsonLines } else { ExportFormat::Csv }
    }
}

/// A day or a moment.
fn time(text: &str) -> Result<At, String> {
    let moment = if text.contains(['T', 't', ' ']) {
        jiff::Timestamp::from_str(text)
    } else {
        jiff::Timestamp::from_str(&format!("{text}T00:00:00Z"))
    };
    let millis = moment.map_err(|_| "neither a day nor a time".to_owned())?.as_millisecond();
    u64::try_from(millis).map(At).map_err(|_| "before 1970".to_owned())
}

#[cfg(test)]
mod tests;
