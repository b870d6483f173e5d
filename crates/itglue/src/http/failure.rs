//! What a failed exchange amounts to. The cause is not kept, since it names the whole URL.

use std::{error::Error as StdError, io};

use super::resolver;
use crate::{Error, UnreachableKind};

pub(super) fn of(error: &reqwest::Error) -> Error {
    match (error.is_timeout(), error.is_connect()) {
        (true, connecting) => Error::TimedOut { connected: !connecting },
        (false, true) => Error::Unreachable(unreachable_kind(error)),
        (false, false) => Error::CutShort,
    }
}

fn unreachable_kind(error: &reqwest::Error) -> UnreachableKind {
    let mut cause = error.source();
    while let Some(this) = cause {
        if this.is::<resolver::NameNotResolved>() {
            return UnreachableKind::Dns;
        }
        if let Some(tls) = tls(this) {
            let certificate = matches!(tls, rustls::Error::InvalidCertificate(_));
            return if certificate { UnreachableKind::Certificate } else { UnreachableKind::Tls };
        }
        cause = this.source();
    }
    UnreachableKind::Connect
}

/// TLS errors arrive inside one or more I/O errors, whose `source` skips over what they hold.
fn tls<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inside) => tls(inside),
        None => error.downcast_ref::<rustls::Error>(),
    }
}
