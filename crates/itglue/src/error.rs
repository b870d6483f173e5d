//! What can go wrong, kept apart. No error holds a body, a query or a key.

use std::time::Duration;

use thiserror::Error;

use crate::OrganizationId;

/// Why a call to IT Glue gave no answer that can be used.
///
/// None of these is a reason to delete the key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// Status 403. The key is wrong or revoked, belongs to another region, the account's IP allow-list
    /// excludes this machine, or the plan has no API. The API does not say which.
    #[error("the API refused the key")]
    KeyRefused,
    /// Status 401. The key works, but not for this request.
    #[error("the API key may not do this")]
    NotAllowed,
    /// The key was made without the *Password Access* box: records can be read, values cannot.
    #[error("the API key has no password access")]
    NoPasswordAccess,
    /// Status 404. Deleted, or never there, or moved to another organization.
    #[error("there is no such record")]
    NotFound,
    /// The account's budget (3,000 requests in 5 minutes at most) or this process's share of it is
    /// used up, and waiting for more would take longer than this call may wait.
    #[error("too many requests")]
    RateLimited {
        /// How long until it is worth asking again, as far as that is known.
        retry_after: Option<Duration>,
    },
    /// No connection came about; nothing was sent.
    #[error("the API cannot be reached: {0}")]
    Unreachable(UnreachableKind),
    /// A connection or an answer took longer than allowed.
    #[error("the API took too long")]
    TimedOut {
        /// Whether there was a connection: then it is the answer that was late, and a change may
        /// have been made.
        connected: bool,
    },
    /// The connection ended before the answer was complete.
    #[error("the answer was cut short")]
    CutShort,
    /// The answer is larger than this kind of answer may be.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit that applied, in bytes.
        limit: usize,
    },
    /// The answer is built to hurt whoever reads it.
    #[error("the answer is excessive: {0}")]
    Excessive(Excess),
    /// The answer is not what the API gives.
    #[error("the answer is malformed at {path}")]
    Malformed {
        /// Where, as a JSON path such as `data[3].attributes.name`; `.` is the whole answer.
        path: String,
    },
    /// Status 422. The API does not accept what was to be written, or misses a filter.
    #[error("the API did not accept the request ({})", field.unwrap_or("unnamed"))]
    Unprocessable {
        /// The attribute it speaks of, if it is one that this crate writes.
        field: Option<&'static str>,
    },
    /// Status 3xx. Redirects are never followed, since the key would travel with them.
    #[error("unexpected redirect ({0})")]
    UnexpectedRedirect(u16),
    /// A status that has no meaning of its own here; 5xx are faults at IT Glue's side.
    #[error("unexpected status {0}")]
    UnexpectedStatus(u16),
    /// The answer speaks of another organization than was asked for. Nothing of it is used.
    #[error("the answer does not belong to organization {expected}")]
    ForeignOrganization {
        /// The organization that was asked for.
        expected: OrganizationId,
        /// The one that came; `None` if a row does not say whose it is.
        found: Option<OrganizationId>,
    },
    /// The answer is another record than was asked for. Nothing of it is used.
    #[error("the answer is record {found} instead of {expected}")]
    WrongRecord {
        /// The record that was asked for.
        expected: u64,
        /// The one that came.
        found: u64,
    },
    /// The value is encrypted with a vault passphrase, which only a browser can apply.
    #[error("the password is in a vault that the API cannot open")]
    Vaulted,
    /// The record holds no password.
    #[error("the record has no password")]
    NoPassword,
    /// The pages of a list do not follow one another.
    #[error("the pages do not add up: {0}")]
    Paging(PagingFault),
    /// The HTTP client could not be set up on this machine.
    #[error("the HTTP client could not be set up")]
    Setup,
}

/// Which step towards a connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UnreachableKind {
    /// The host's name could not be resolved.
    #[error("its name could not be resolved")]
    Dns,
    /// No TCP connection.
    #[error("no connection could be made")]
    Connect,
    /// The certificate is not trusted, most often because something in between (a proxy, a
    /// filter) presents its own.
    #[error("its certificate is not trusted")]
    Certificate,
    /// TLS failed otherwise; what answered may not speak TLS at all.
    #[error("no encrypted connection could be made")]
    Tls,
}

/// In which way an answer goes beyond all measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Excess {
    /// Objects and lists within one another.
    #[error("more than {most} levels")]
    Depth {
        /// The most that is read.
        most: usize,
    },
    /// One text.
    #[error("a text of more than {most} bytes")]
    Text {
        /// The most that is read, in bytes.
        most: usize,
    },
}

/// How a list's pages contradicted each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PagingFault {
    /// Another page came than was asked for.
    #[error("page {found} came instead of {asked}")]
    WrongPage {
        /// The page asked for.
        asked: u64,
        /// The page the answer says it is.
        found: u64,
    },
    /// The next page is not the one after this.
    #[error("page {next} was announced after page {current}")]
    NotNext {
        /// The page at hand.
        current: u64,
        /// What the answer calls the next.
        next: u64,
    },
    /// A full page brought no row that had not come before.
    #[error("page {page} repeats earlier ones")]
    Repeated {
        /// The page at hand.
        page: u64,
    },
    /// More bytes than any list is expected to have.
    #[error("the list goes on beyond {bytes} bytes")]
    TooLong {
        /// The most that is read of all its pages together.
        bytes: u64,
    },
    /// More rows or pages than any account is expected to have.
    #[error("the list goes on beyond {0} rows")]
    TooMany(u64),
}

impl UnreachableKind {
    /// Whether it may be gone in a moment.
    pub(crate) fn may_pass(self) -> bool {
        match self {
            Self::Dns | Self::Connect => true,
            Self::Certificate | Self::Tls => false,
        }
    }
}

impl Error {
    /// Whether fewer rows at a time would help: the gateway gives up at about 29 s, and answers
    /// are capped.
    pub(crate) fn is_too_much(&self) -> bool {
        matches!(
            self,
            Self::TimedOut { connected: true }
                | Self::TooLarge { .. }
                | Self::UnexpectedStatus(502 | 504)
        )
    }
}
