//! `check`: whether the key works here.

use itglue::{Client, Error, UnreachableKind, Verdict};
use serde::Serialize;

use crate::{failure::Failure, output::Output};

#[derive(Serialize)]
struct Good {
    verdict: &'static str,
    organizations: u64,
}

pub(super) async fn run(client: &Client, output: &mut Output) -> Result<(), Failure> {
    let error = match client.check().await {
        Verdict::Good { organizations } => {
            let text = format!("The key works here. Organizations it sees: {organizations}");
            output.one(&Good { verdict: "good", organizations }, &text);
            return Ok(());
        }
        Verdict::Refused => Error::KeyRefused,
        Verdict::Unreachable(kind) => Error::Unreachable(kind),
        Verdict::TimedOut => Error::TimedOut { connected: false },
        Verdict::CertificateNotTrusted => Error::Unreachable(UnreachableKind::Certificate),
        Verdict::RateLimited { retry_after } => Error::RateLimited { retry_after },
        Verdict::Odd(error) => error,
    };
    Err(error.into())
}
