use super::*;

fn listed(servers: &[&str]) -> Delegation {
    let servers = servers.iter().map(|server| (*server).to_owned()).collect();
    Delegation { set: Some(true), servers, with_defaults: false }
}

fn off() -> Delegation {
    Delegation { set: Some(false), ..Delegation::default() }
}

fn joined(joined: Joined) -> PolicyFacts {
    PolicyFacts { joined: Some(joined), ..PolicyFacts::default() }
}

#[test]
fn without_policies_a_workgroup_signs_in_and_others_once_the_certificate_is_trusted() {
    assert_eq!(joined(Joined::Workgroup).verdict(false), Verdict::ByItself);
    for facts in [joined(Joined::Domain), joined(Joined::Entra), PolicyFacts::default()] {
        assert_eq!(facts.verdict(false), Verdict::OnceTrusted, "{facts:?}");
        assert_eq!(facts.verdict(true), Verdict::ByItself, "{facts:?}");
    }
}

#[test]
fn the_ntlm_only_policy_needs_no_certificate() {
    for servers in [&["TERMSRV/*"][..], &["termsrv/127.77.*"], &["x", "*"], &["127.77.0.*"]] {
        let facts = PolicyFacts { saved_ntlm_only: listed(servers), ..joined(Joined::Domain) };
        assert_eq!(facts.verdict(false), Verdict::ByItself, "{servers:?}");
    }
    for servers in [&["TERMSRV/127.77.0.1"][..], &["TERMSRV/*.corp.invalid"], &["HTTP/*"], &[]] {
        let facts = PolicyFacts { saved_ntlm_only: listed(servers), ..joined(Joined::Domain) };
        assert_eq!(facts.verdict(false), Verdict::OnceTrusted, "{servers:?}");
    }
}

#[test]
fn a_list_with_the_defaults_of_windows_takes_them_in() {
    let defaults = Delegation { with_defaults: true, ..listed(&["TERMSRV/*.corp.invalid"]) };
    let facts = PolicyFacts { saved_ntlm_only: defaults, ..joined(Joined::Workgroup) };
    assert_eq!(facts.verdict(false), Verdict::ByItself);
    let facts = PolicyFacts { joined: Some(Joined::Domain), ..facts };
    assert_eq!(facts.verdict(false), Verdict::OnceTrusted);
}

#[test]
fn where_saved_credentials_are_not_allowed_the_person_types() {
    let domain = || joined(Joined::Domain);
    for (facts, why) in [
        (PolicyFacts { saved: off(), ..domain() }, Why::NotAllowed),
        (PolicyFacts { saved: listed(&["TERMSRV/srv"]), ..domain() }, Why::NotAllowed),
        (PolicyFacts { saved_denied: listed(&["TERMSRV/*"]), ..domain() }, Why::Denied),
        (PolicyFacts { no_saved_passwords: true, ..domain() }, Why::NoSavedPasswords),
        (PolicyFacts { nothing_stored: true, ..domain() }, Why::NothingStored),
        (PolicyFacts { no_user_roots: true, ..domain() }, Why::NoUserRoots),
    ] {
        assert_eq!(facts.verdict(true), Verdict::PersonTypes(why), "{facts:?}");
    }
    let elsewhere = PolicyFacts { saved_denied: listed(&["TERMSRV/other"]), ..domain() };
    assert_eq!(elsewhere.verdict(true), Verdict::ByItself);
}

#[test]
fn where_ntlm_is_denied_the_exception_decides() {
    let with = |exceptions: &[&str]| PolicyFacts {
        outgoing_ntlm: OutgoingNtlm::Denied,
        ntlm_exceptions: exceptions.iter().map(|one| (*one).to_owned()).collect(),
        ..joined(Joined::Workgroup)
    };
    assert_eq!(with(&[]).verdict(true), Verdict::NtlmDenied);
    assert_eq!(with(&["TERMSRV/10.*", "127.0.0.1"]).verdict(true), Verdict::NtlmDenied);
    assert_eq!(with(&["srv", NTLM_EXCEPTION]).verdict(true), Verdict::ByItself);
    let audited = PolicyFacts { outgoing_ntlm: OutgoingNtlm::Audited, ..with(&[]) };
    assert_eq!(audited.verdict(true), Verdict::ByItself);
}
