//! Why a launch is over, in the protocol's words.

use usher_core::ports::End;

use super::failure::{self, AccountFacts, faulty};
use super::faults;
use crate::protocol::{Code, Fault, RunEnd};

/// Every end but a refusal, which needs the record that was used.
pub(crate) fn run_end(end: &End, account: Option<&AccountFacts>) -> RunEnd {
    let failed = |failure| RunEnd::Failed { failure };
    match end {
        End::Closed { lasted } => {
            RunEnd::Closed { seconds: u32::try_from(lasted.as_secs()).unwrap_or(u32::MAX) }
        }
        End::ClientNeverCame => RunEnd::ClientNeverCame,
        End::ClientLeftEarly => RunEnd::ClientLeftEarly,
        End::TooManyAttempts => RunEnd::TooManyAttempts,
        End::HostRefused(_) => failed(faulty(Code::RefusedByHost, Fault::Internal)),
        End::HostUnreachable(why) => failed(faults::unreachable(*why)),
        End::CertificateChanged(_) => RunEnd::CertificateChanged,
        End::Unsupported(why) => failed(faults::unsupported(*why)),
        End::NotReleased(error) => failed(failure::lease(error, account)),
        End::Fault => failed(faulty(Code::Storage, Fault::Internal)),
        End::EndedByPerson => RunEnd::EndedByPerson,
    }
}
