//! Whether Windows lets mstsc sign in with a credential that was stored for it.
//!
//! The facts are read on Windows alone; what follows from them is plain logic, tried everywhere.

use std::net::Ipv4Addr;

use usher_core::ports::LoopbackPool;

/// What policies of this computer say. The value of a policy that nobody has set is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyFacts {
    /// What the computer belongs to; `None` where Windows does not tell.
    pub joined: Option<Joined>,
    /// *Allow delegating saved credentials*: to a host whose certificate is trusted.
    pub saved: Delegation,
    /// *Allow delegating saved credentials with NTLM-only server authentication*: to any other.
    pub saved_ntlm_only: Delegation,
    /// *Deny delegating saved credentials*: stronger than the two above.
    pub saved_denied: Delegation,
    /// *Do not allow passwords to be saved*, for the Remote Desktop client.
    pub no_saved_passwords: bool,
    /// *Network access: Do not allow storage of passwords and credentials for network
    /// authentication*: nothing can be stored at all.
    pub nothing_stored: bool,
    /// *Allow user trusted root CAs to be used to validate certificates* is off: what the person trusts
    /// does not count.
    pub no_user_roots: bool,
    /// *Network security: Restrict NTLM: Outgoing NTLM traffic to remote servers*.
    pub outgoing_ntlm: OutgoingNtlm,
    /// *Network security: Restrict NTLM: Add remote server exceptions*.
    pub ntlm_exceptions: Vec<String>,
}

/// What a computer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// To nothing.
    Workgroup,
    /// To Microsoft Entra alone.
    Entra,
    /// To a domain, maybe to Entra too.
    Domain,
}

/// One policy of *Credentials Delegation*: whether it is set, and for which servers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delegation {
    /// On, off or not configured.
    pub set: Option<bool>,
    /// Its list, like `TERMSRV/*`.
    pub servers: Vec<String>,
    /// *Concatenate OS defaults with input above*.
    pub with_defaults: bool,
}

/// Whether this computer may sign in elsewhere with NTLM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutgoingNtlm {
    /// It may.
    #[default]
    Allowed,
    /// It may, and Windows writes it down.
    Audited,
    /// Only to the exceptions.
    Denied,
}

/// The exception that lets mstsc reach Usher where outgoing NTLM is denied.
pub const NTLM_EXCEPTION: &str = "TERMSRV/127.77.*";

/// How mstsc signs in to Usher on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// By itself, with the credential stored for it.
    ByItself,
    /// By itself once Usher's loopback certificate is trusted; until then the person types a code.
    OnceTrusted,
    /// Only with a code that the person types.
    PersonTypes(Why),
    /// Not at all: outgoing NTLM is denied, and [`NTLM_EXCEPTION`] is missing.
    NtlmDenied,
}

/// Which policy forbids saved credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// *Do not allow storage of passwords and credentials for network authentication*.
    NothingStored,
    /// *Do not allow passwords to be saved*.
    NoSavedPasswords,
    /// *Deny delegating saved credentials*.
    Denied,
    /// *Allow delegating saved credentials* is off, or does not list `TERMSRV/127.77.*`.
    NotAllowed,
    /// It is allowed to hosts with a trusted certificate alone, and what the person trusts does not
    /// count.
    NoUserRoots,
}

impl PolicyFacts {
    /// What follows, where Usher's loopback certificate is trusted or not.
    #[must_use]
    pub fn verdict(&self, certificate_trusted: bool) -> Verdict {
        if self.outgoing_ntlm == OutgoingNtlm::Denied && !covers_us(&self.ntlm_exceptions) {
            return Verdict::NtlmDenied;
        }
        if let Some(why) = self.forbidden() {
            return Verdict::PersonTypes(why);
        }
        let workgroup = self.joined == Some(Joined::Workgroup);
        match (self.saved_ntlm_only.allows(workgroup), self.saved.allows(true)) {
            (true, _) => Verdict::ByItself,
            (false, true) if self.no_user_roots => Verdict::PersonTypes(Why::NoUserRoots),
            (false, true) if certificate_trusted => Verdict::ByItself,
            (false, true) => Verdict::OnceTrusted,
            (false, false) => Verdict::PersonTypes(Why::NotAllowed),
        }
    }

    fn forbidden(&self) -> Option<Why> {
        let denied = self.saved_denied.allows(false);
        let reasons = [
            (self.nothing_stored, Why::NothingStored),
            (self.no_saved_passwords, Why::NoSavedPasswords),
            (denied, Why::Denied),
        ];
        reasons.into_iter().find_map(|(is, why)| is.then_some(why))
    }
}

impl Delegation {
    /// Whether it takes in our addresses; `by_default` is what Windows does where it is not set.
    fn allows(&self, by_default: bool) -> bool {
        match self.set {
            None => by_default,
            Some(true) => covers_us(&self.servers) || (self.with_defaults && by_default),
            Some(false) => false,
        }
    }
}

/// Whether the patterns take in each address that a session may have, with or without `TERMSRV/`.
fn covers_us(patterns: &[String]) -> bool {
    let covered = |address: Ipv4Addr| {
        let names = [format!("TERMSRV/{address}"), address.to_string()];
        patterns.iter().any(|pattern| names.iter().any(|name| matches(pattern, name)))
    };
    LoopbackPool::addresses().all(covered)
}

/// One asterisk stands for anything; capitals and small letters are the same.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.trim().to_lowercase(), name.to_lowercase());
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => {
            let rest = name.strip_prefix(before);
            rest.is_some_and(|rest| rest.ends_with(after))
        }
    }
}

#[cfg(test)]
mod tests;
