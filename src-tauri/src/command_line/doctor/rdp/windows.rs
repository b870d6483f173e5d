//! What Windows allows mstsc: the certificate, saved credentials, outgoing NTLM.

use usher_clients::windows_policy::{
    Joined, NTLM_EXCEPTION, OutgoingNtlm, PolicyFacts, Verdict, Why,
};

use super::super::findings::{Finding, bad, good, note};

/// Judges.
pub(super) fn findings(facts: &PolicyFacts, trusted: bool) -> Vec<Finding> {
    vec![joined(facts), certificate(trusted), ntlm(facts), saved(facts.verdict(trusted))]
}

fn joined(facts: &PolicyFacts) -> Finding {
    let found = match facts.joined {
        Some(Joined::Workgroup) => "workgroup",
        Some(Joined::Entra) => "Microsoft Entra",
        Some(Joined::Domain) => "domain",
        None => "not told",
    };
    good("windows_joined", found.to_owned())
}

fn certificate(trusted: bool) -> Finding {
    if trusted {
        return good("loopback_certificate", "trusted".to_owned());
    }
    let advice = "mstsc warns of it: launch a session in the app and agree when it asks";
    note("loopback_certificate", "not trusted".to_owned(), advice)
}

fn ntlm(facts: &PolicyFacts) -> Finding {
    match facts.outgoing_ntlm {
        OutgoingNtlm::Allowed => good("outgoing_ntlm", "allowed".to_owned()),
        OutgoingNtlm::Audited => good("outgoing_ntlm", "allowed, and audited".to_owned()),
        OutgoingNtlm::Denied if facts.verdict(true) != Verdict::NtlmDenied => {
            good("outgoing_ntlm", format!("denied, but for {NTLM_EXCEPTION}"))
        }
        OutgoingNtlm::Denied => bad(
            "outgoing_ntlm",
            "denied".to_owned(),
            "Add the exception TERMSRV/127.77.* to \"Restrict NTLM: Add remote server exceptions\"",
        ),
    }
}

fn saved(verdict: Verdict) -> Finding {
    let typed = |found: &str, advice| note("saved_credentials", found.to_owned(), advice);
    match verdict {
        Verdict::ByItself => good("saved_credentials", "allowed".to_owned()),
        Verdict::NtlmDenied => typed("not used", "Outgoing NTLM is in the way before them"),
        Verdict::OnceTrusted => typed(
            "only to hosts with a trusted certificate",
            "Trust the loopback certificate, or allow TERMSRV/127.77.* with NTLM-only server authentication",
        ),
        Verdict::PersonTypes(why) => typed(reason(why), "The app shows a code to type instead"),
    }
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::NothingStored => "forbidden: nothing may be stored for network authentication",
        Why::NoSavedPasswords => "forbidden: passwords may not be saved",
        Why::Denied => "forbidden: delegating them is denied",
        Why::NotAllowed => "forbidden: delegating them is not allowed",
        Why::NoUserRoots => "only to hosts with a trusted certificate, and a person may trust none",
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::findings::State;
    use super::*;

    fn states(facts: &PolicyFacts, trusted: bool) -> Vec<(&'static str, State)> {
        let findings = findings(facts, trusted);
        findings.iter().map(|finding| (finding.check, finding.state)).collect()
    }

    #[test]
    fn a_workgroup_with_a_trusted_certificate_has_nothing_in_its_way() {
        let facts = PolicyFacts { joined: Some(Joined::Workgroup), ..PolicyFacts::default() };
        assert!(states(&facts, true).iter().all(|(_, state)| *state == State::Good));
        assert!(states(&facts, false).contains(&("loopback_certificate", State::Note)));
    }

    #[test]
    fn what_is_in_the_way_is_said_where_it_is() {
        let domain = PolicyFacts { joined: Some(Joined::Domain), ..PolicyFacts::default() };
        assert!(states(&domain, false).contains(&("saved_credentials", State::Note)));
        let denied = PolicyFacts { outgoing_ntlm: OutgoingNtlm::Denied, ..domain.clone() };
        assert!(states(&denied, true).contains(&("outgoing_ntlm", State::Bad)));
        let exception = vec![NTLM_EXCEPTION.to_owned()];
        let excepted = PolicyFacts { ntlm_exceptions: exception, ..denied };
        assert!(states(&excepted, true).iter().all(|(_, state)| *state == State::Good));
        let typed = PolicyFacts { no_saved_passwords: true, ..domain };
        assert!(states(&typed, true).contains(&("saved_credentials", State::Note)));
    }
}
