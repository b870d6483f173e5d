//! Sentences for the terminal, from the closed words of the protocol. The window has its own.

use std::fmt::Write as _;

use serde::Serialize;
use usher_broker::protocol::{Code, Detail, Failure};

/// A word of the protocol as it is written there: `vault_rolled_back`.
pub(super) fn word(of: &impl Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => "unknown".to_owned(),
    }
}

/// What went wrong, in one line.
pub(super) fn failure(failure: &Failure) -> String {
    let mut line = code(failure.code).to_owned();
    match &failure.detail {
        Detail::Fault { fault } => write!(line, " ({})", word(fault)).ok(),
        Detail::Wait { seconds: Some(seconds) } => write!(line, "; wait {seconds} s").ok(),
        Detail::Field { field, rule } => write!(line, " ({field}: {})", word(rule)).ok(),
        other => other_detail(&mut line, other),
    };
    line
}

/// The rest is data for the window; the terminal names its kind.
fn other_detail(line: &mut String, detail: &Detail) -> Option<()> {
    let value = serde_json::to_value(detail).ok()?;
    let kind = value.get("of")?.as_str()?;
    if kind != "plain" {
        write!(line, " ({kind})").ok()?;
    }
    Some(())
}

fn code(code: Code) -> &'static str {
    match code {
        Code::Denied => "not allowed",
        Code::Locked => "the vault is locked, or that was not accepted",
        Code::NotFound => "there is no such thing",
        Code::Unreachable => "no connection",
        Code::TimedOut => "no answer in time",
        Code::KeyRefused => "IT Glue refuses the key",
        Code::NoPasswordAccess => "the key has no Password Access",
        Code::RateLimited => "too many requests",
        Code::ForeignAnswer => "the answer is not what was asked for",
        Code::UntrustedHost => "the host's certificate is not trusted",
        Code::RefusedByHost => "the host refuses",
        Code::ClientMissing => "no RDP client is installed",
        Code::Invalid => "that is not valid",
        Code::Conflict => "somebody else changed it meanwhile",
        Code::Storage => "the vault file or the keyring does not answer as it should",
        Code::AuditUnavailable => "the audit log cannot be written",
    }
}
