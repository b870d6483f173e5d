//! Windows: what its policies say of saved credentials and of NTLM.

use usher_clients::windows_policy::{Joined, OutgoingNtlm, PolicyFacts, Verdict, Why};

use super::super::findings::{Finding, bad, good, note};

/// Judges, where the loopback certificate is trusted or not.
pub(super) fn findings(facts: &PolicyFacts, trusted: bool) -> Vec<Finding> {
    let verdict = facts.verdict(trusted);
    let ntlm = ntlm(facts.outgoing_ntlm, verdict);
    vec![joined(facts.joined), certificate(trusted), ntlm, saved(verdict)]
}

fn certificate(trusted: bool) -> Finding {
    if trusted {
        return good("loopback_certificate", "trusted".to_owned());
    }
    let advice = "mstsc warns of it: launch a session in the app, and agree when it asks";
    note("loopback_certificate", "not trusted".to_owned(), advice)
}

fn joined(joined: Option<Joined>) -> Finding {
    let to = match joined {
        Some(Joined::Workgroup) => "workgroup",
        Some(Joined::Entra) => "Microsoft Entra",
        Some(Joined::Domain) => "domain",
        None => "not known",
    };
    good("windows_joined", to.to_owned())
}

fn ntlm(outgoing: OutgoingNtlm, verdict: Verdict) -> Finding {
    match outgoing {
        OutgoingNtlm::Allowed => good("outgoing_ntlm", "allowed".to_owned()),
        OutgoingNtlm::Audited => good("outgoing_ntlm", "allowed and audited".to_owned()),
        OutgoingNtlm::Denied if verdict == Verdict::NtlmDenied => bad(
            "outgoing_ntlm",
            "denied".to_owned(),
            "Add TERMSRV/127.77.* to \"Network security: Restrict NTLM: Add remote server exceptions\"",
        ),
        OutgoingNtlm::Denied => {
            good("outgoing_ntlm", "denied, with the exception that Usher needs".to_owned())
        }
    }
}

fn saved(verdict: Verdict) -> Finding {
    match verdict {
        Verdict::ByItself => good("saved_credentials", "mstsc signs in by itself".to_owned()),
        Verdict::OnceTrusted => note(
            "saved_credentials",
            "mstsc signs in by itself once Usher's loopback certificate is trusted".to_owned(),
            "Until then the person types a code at each launch",
        ),
        Verdict::PersonTypes(why) => note(
            "saved_credentials",
            format!("forbidden: {}", policy(why)),
            "The person types a code at each launch",
        ),
        Verdict::NtlmDenied => bad(
            "saved_credentials",
            "not used".to_owned(),
            "mstsc cannot sign in to Usher while outgoing NTLM is denied",
        ),
    }
}

/// The policy by its name, as an administrator looks for it.
fn policy(why: Why) -> &'static str {
    match why {
        Why::NothingStored => {
            "Do not allow storage of passwords and credentials for network authentication"
        }
        Why::NoSavedPasswords => "Do not allow passwords to be saved",
        Why::Denied => "Deny delegating saved credentials",
        Why::NotAllowed => "Allow delegating saved credentials",
        Why::NoUserRoots => {
            "Allow user trusted root CAs to be used to validate certificates (it is off)"
        }
    }
}
