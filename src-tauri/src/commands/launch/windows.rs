//! What Windows has to say before mstsc is started: its policies, and what other tools have stored in it.

use tauri::AppHandle;
#[cfg(any(windows, test))]
use usher_broker::protocol::{Code, Detail, Fault};
use usher_broker::protocol::{Failure, StaleCredential};
#[cfg(any(windows, test))]
use usher_clients::{StoredCredential, windows_policy::Verdict};

/// Whether the person has to type the one-time code although they did not choose to.
///
/// # Errors
/// Where mstsc could not sign in to us either way.
#[cfg(windows)]
pub(super) async fn person_types(app: &AppHandle, by_hand: bool) -> Result<bool, Failure> {
    // Another client, which the person starts, may do without Windows' NTLM.
    if by_hand { Ok(false) } else { judged(crate::mstsc::verdict(app).await) }
}

/// Elsewhere clients take their credential from us.
#[cfg(not(windows))]
#[expect(clippy::unused_async, reason = "the same signature on every system")]
pub(super) async fn person_types(_: &AppHandle, _: bool) -> Result<bool, Failure> {
    Ok(false)
}

#[cfg(any(windows, test))]
fn judged(verdict: Verdict) -> Result<bool, Failure> {
    match verdict {
        Verdict::ByItself => Ok(false),
        Verdict::OnceTrusted | Verdict::PersonTypes(_) => Ok(true),
        Verdict::NtlmDenied => Err(Failure {
            code: Code::ClientMissing,
            detail: Detail::Fault { fault: Fault::OutgoingNtlmDenied },
        }),
    }
}

/// What other tools have stored for this host: mstsc goes there with it where it is started without us.
#[cfg(windows)]
pub(super) fn stale(host: &str) -> Vec<StaleCredential> {
    let Ok(host) = host.parse() else { return Vec::new() };
    match usher_clients::stale_credentials(&host) {
        Ok(stored) => stored.into_iter().map(told).collect(),
        Err(error) => {
            tracing::warn!(%error, "Credentials of other tools could not be looked for");
            Vec::new()
        }
    }
}

/// No other system stores any.
#[cfg(not(windows))]
pub(super) fn stale(_: &str) -> Vec<StaleCredential> {
    Vec::new()
}

#[cfg(any(windows, test))]
fn told(stored: StoredCredential) -> StaleCredential {
    StaleCredential { target: stored.target, user: stored.user }
}

#[cfg(test)]
mod tests {
    use usher_clients::windows_policy::{Joined, OutgoingNtlm, PolicyFacts, Why};

    use super::*;

    #[test]
    fn where_outgoing_ntlm_is_denied_nothing_is_launched_and_the_policy_is_named() {
        let outgoing_ntlm = OutgoingNtlm::Denied;
        let joined = Some(Joined::Domain);
        let facts = PolicyFacts { joined, outgoing_ntlm, ..PolicyFacts::default() };
        for trusted in [true, false] {
            let failure = judged(facts.verdict(trusted)).expect_err("mstsc could not sign in");
            let fault = Detail::Fault { fault: Fault::OutgoingNtlmDenied };
            assert_eq!((failure.code, failure.detail), (Code::ClientMissing, fault));
        }
    }

    #[test]
    fn where_no_credential_is_handed_over_the_person_types() {
        assert_eq!(judged(Verdict::ByItself), Ok(false));
        assert_eq!(judged(Verdict::OnceTrusted), Ok(true));
        assert_eq!(judged(Verdict::PersonTypes(Why::Denied)), Ok(true));
    }

    #[test]
    fn a_stored_credential_is_told_by_its_name_and_user() {
        let of = |target: &str, user: &str| (target.to_owned(), user.to_owned());
        let (target, user) = of("TERMSRV/srv.corp.example", r"CORP\adm");
        let stale = told(StoredCredential { target, user });
        assert_eq!((stale.target, stale.user), of("TERMSRV/srv.corp.example", r"CORP\adm"));
    }
}
