//! The policies that decide over saved credentials, as the registry has them.

use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE};

use super::join;
use crate::windows_policy::{Delegation, OutgoingNtlm, PolicyFacts};

const DELEGATION: &str = r"SOFTWARE\Policies\Microsoft\Windows\CredentialsDelegation";
const CLIENT: &str = r"SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services";
const LSA: &str = r"SYSTEM\CurrentControlSet\Control\Lsa";
const NTLM: &str = r"SYSTEM\CurrentControlSet\Control\Lsa\MSV1_0";
const ROOTS: &str = r"SOFTWARE\Policies\Microsoft\SystemCertificates\Root\ProtectedRoots";

/// `CERT_PROT_ROOT_DISABLE_CURRENT_USER_FLAG` (wincrypt.h).
const NO_USER_ROOTS: u32 = 1;

/// What they say now. One that cannot be read counts as not set.
pub(in super::super) fn read() -> PolicyFacts {
    PolicyFacts { joined: join::joined(), ..read_from(LOCAL_MACHINE, CURRENT_USER) }
}

fn read_from(machine: &Key, person: &Key) -> PolicyFacts {
    let number = |path, name| number(machine, path, name);
    let of_either =
        |path, name| number(path, name) == Some(1) || self::number(person, path, name) == Some(1);
    PolicyFacts {
        joined: None,
        saved: delegation(machine, "AllowSavedCredentials", "ConcatenateDefaults_AllowSaved"),
        saved_ntlm_only: delegation(
            machine,
            "AllowSavedCredentialsWhenNTLMOnly",
            "ConcatenateDefaults_AllowSavedNTLMOnly",
        ),
        saved_denied: delegation(machine, "DenySavedCredentials", "ConcatenateDefaults_DenySaved"),
        no_saved_passwords: of_either(CLIENT, "DisablePasswordSaving"),
        nothing_stored: number(LSA, "DisableDomainCreds") == Some(1),
        no_user_roots: number(ROOTS, "Flags").is_some_and(|flags| flags & NO_USER_ROOTS != 0),
        outgoing_ntlm: match number(NTLM, "RestrictSendingNTLMTraffic") {
            Some(2) => OutgoingNtlm::Denied,
            Some(1) => OutgoingNtlm::Audited,
            Some(_) | None => OutgoingNtlm::Allowed,
        },
        ntlm_exceptions: exceptions(machine),
    }
}

fn number(key: &Key, path: &str, name: &str) -> Option<u32> {
    key.open(path).and_then(|key| key.get_u32(name)).ok()
}

/// One policy: a number beside the others, and a key of the same name with the list.
fn delegation(machine: &Key, name: &str, with_defaults: &str) -> Delegation {
    let Ok(all) = machine.open(DELEGATION) else { return Delegation::default() };
    Delegation {
        set: all.get_u32(name).ok().map(|value| value == 1),
        servers: all.open(name).map(|list| texts(&list)).unwrap_or_default(),
        with_defaults: all.get_u32(with_defaults).is_ok_and(|value| value == 1),
    }
}

fn texts(list: &Key) -> Vec<String> {
    let values = list.values().map(|values| values.map(|(_, value)| value));
    values
        .map(|values| values.filter_map(|value| value.try_into().ok()).collect())
        .unwrap_or_default()
}

fn exceptions(machine: &Key) -> Vec<String> {
    let listed =
        machine.open(NTLM).and_then(|key| key.get_multi_string("ClientAllowedNTLMServers"));
    // The list's own end is read as empty lines.
    listed.unwrap_or_default().into_iter().filter(|server| !server.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use crate::windows_policy::{NTLM_EXCEPTION, Verdict, Why};

    use super::*;

    /// Keys of the test's own, in place of the whole computer's and the person's.
    fn own(name: &str) -> Key {
        CURRENT_USER.create(format!(r"Software\UsherTest\{}\{name}", Uuid::new_v4())).unwrap()
    }

    #[test]
    fn what_is_not_set_is_as_windows_has_it() {
        let facts = read_from(&own("machine"), &own("person"));
        assert_eq!(facts, PolicyFacts::default());
    }

    #[test]
    fn each_policy_is_read_where_windows_has_it() {
        let (machine, person) = (own("machine"), own("person"));
        let all = machine.create(DELEGATION).unwrap();
        all.set_u32("AllowSavedCredentialsWhenNTLMOnly", 1).unwrap();
        all.set_u32("ConcatenateDefaults_AllowSavedNTLMOnly", 1).unwrap();
        let list = all.create("AllowSavedCredentialsWhenNTLMOnly").unwrap();
        list.set_string("1", "TERMSRV/*").unwrap();
        list.set_string("2", "HTTP/*").unwrap();
        all.set_u32("AllowSavedCredentials", 0).unwrap();
        person.create(CLIENT).unwrap().set_u32("DisablePasswordSaving", 1).unwrap();
        let ntlm = machine.create(NTLM).unwrap();
        ntlm.set_u32("RestrictSendingNTLMTraffic", 2).unwrap();
        ntlm.set_multi_string("ClientAllowedNTLMServers", &["srv", NTLM_EXCEPTION]).unwrap();
        machine.create(ROOTS).unwrap().set_u32("Flags", 1).unwrap();
        let facts = read_from(&machine, &person);
        let servers = ["TERMSRV/*", "HTTP/*"].map(str::to_owned).to_vec();
        let listed = Delegation { set: Some(true), servers, with_defaults: true };
        assert_eq!(facts.saved_ntlm_only, listed);
        assert_eq!(facts.saved.set, Some(false));
        assert_eq!(facts.saved_denied, Delegation::default());
        assert!(facts.no_saved_passwords && facts.no_user_roots && !facts.nothing_stored);
        assert_eq!(facts.outgoing_ntlm, OutgoingNtlm::Denied);
        assert_eq!(facts.ntlm_exceptions, ["srv", NTLM_EXCEPTION]);
        assert_eq!(facts.verdict(false), Verdict::PersonTypes(Why::NoSavedPasswords));
    }

    #[test]
    fn the_policies_of_this_computer_can_be_read() {
        let facts = read();
        assert_eq!(facts, read());
        assert!(facts.joined.is_some(), "Windows tells what it belongs to");
    }
}
