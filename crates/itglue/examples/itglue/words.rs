//! Errors of the client in sentences, and their exit codes.

use std::time::Duration;

use itglue::{Error, UnreachableKind};

const KEY: u8 = 3;
const PERMISSION: u8 = 4;
const NOT_FOUND: u8 = 5;
const RATE: u8 = 6;
const NETWORK: u8 = 7;
const ODD: u8 = 8;

pub(crate) fn code(error: &Error) -> u8 {
    match error {
        Error::KeyRefused => KEY,
        Error::NotAllowed | Error::NoPasswordAccess | Error::Vaulted => PERMISSION,
        Error::NotFound | Error::NoPassword => NOT_FOUND,
        Error::RateLimited { .. } => RATE,
        Error::UnexpectedStatus(500..)
        | Error::Unreachable(_)
        | Error::TimedOut { .. }
        | Error::CutShort
        | Error::Setup => NETWORK,
        Error::TooLarge { .. }
        | Error::Excessive(_)
        | Error::Malformed { .. }
        | Error::Unprocessable { .. }
        | Error::UnexpectedRedirect(_)
        | Error::UnexpectedStatus(_)
        | Error::ForeignOrganization { .. }
        | Error::WrongRecord { .. }
        | Error::Paging(_) => ODD,
    }
}

pub(crate) fn sentence(error: &Error) -> String {
    match error {
        Error::KeyRefused => "IT Glue refuses the key. It may be wrong or revoked, belong to another \
            region, be excluded by the account's list of IP addresses, or the plan has no API: IT Glue \
            does not say which."
            .to_owned(),
        Error::NotAllowed => "The key works, but may not do this.".to_owned(),
        Error::NoPasswordAccess => "The key has no password access: records can be read, passwords \
            cannot. An administrator can make a key with that box ticked."
            .to_owned(),
        Error::Vaulted => "The password is in a vault: IT Glue itself cannot decrypt it for an API \
            key. Open it in IT Glue."
            .to_owned(),
        Error::NotFound => "There is no such record. It may have been deleted, or moved to another \
            organization."
            .to_owned(),
        Error::NoPassword => "The record holds no password.".to_owned(),
        Error::RateLimited { retry_after } => rate(*retry_after),
        Error::Unreachable(kind) => unreachable(*kind).to_owned(),
        Error::TimedOut { .. } => "IT Glue did not answer in time.".to_owned(),
        Error::CutShort => "The answer was cut short.".to_owned(),
        Error::UnexpectedStatus(status @ 500..) => {
            format!("IT Glue has a fault (status {status}). Ask again later.")
        }
        Error::ForeignOrganization { .. } | Error::WrongRecord { .. } => {
            format!("What came is not what was asked for, and none of it is used: {error}.")
        }
        Error::Setup => "The client could not be set up on this machine.".to_owned(),
        Error::TooLarge { .. }
        | Error::Excessive(_)
        | Error::Malformed { .. }
        | Error::Unprocessable { .. }
        | Error::UnexpectedRedirect(_)
        | Error::UnexpectedStatus(_)
        | Error::Paging(_) => format!("This is not how the API answers: {error}."),
    }
}

fn rate(retry_after: Option<Duration>) -> String {
    let again = match retry_after {
        Some(wait) => format!("again in {} s", wait.as_secs_f64().ceil()),
        None => "again in some minutes".to_owned(),
    };
    format!("Too many requests were made with this account. Ask {again}.")
}

fn unreachable(kind: UnreachableKind) -> &'static str {
    match kind {
        UnreachableKind::Dns => {
            "The name of IT Glue's host could not be resolved. Nothing was sent."
        }
        UnreachableKind::Connect => "IT Glue cannot be reached. Nothing was sent.",
        UnreachableKind::Certificate => {
            "What answered has a certificate that is not trusted: a proxy or filter is in the way. \
             The key was not sent."
        }
        UnreachableKind::Tls => "No encrypted connection could be made. The key was not sent.",
    }
}
