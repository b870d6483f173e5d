//! Sentences for the terminal, from the closed words of the protocol. The window has its own.

use serde::Serialize;
use usher_broker::protocol::{Code, Detail, Failure};

/// A word of the protocol as it is written there: `vault_rolled_back`.
pub(super) fn word(of: &impl Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => "unknown".to_owned(),
    }
}

/// What went wrong, in one line: the code, and what the terminal has words for.
pub(super) fn failure(failure: &Failure) -> String {
    let code = code(failure.code);
    if let Detail::Fault { fault } = &failure.detail {
        return format!("{code} ({})", word(fault));
    }
    if let Detail::Wait { seconds: Some(seconds) } = &failure.detail {
        return format!("{code}; wait {seconds} s");
    }
    if let Detail::Field { field, rule } = &failure.detail {
        return format!("{code} ({field}: {})", word(rule));
    }
    if let Detail::Damage(damage) = &failure.detail {
        return format!("{code} ({})", super::vault::damage(damage));
    }
    code.to_owned()
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
