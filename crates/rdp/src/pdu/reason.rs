//! Why a host says that it ends a session (Set Error Info, MS-RDPBCGR 2.2.5.1.1).

/// A host's reason, as far as it matters to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostReason {
    /// The person signed out there.
    LoggedOff,
    /// The person disconnected from within the session.
    Disconnected,
    /// Somebody ended it with an administrative tool.
    Administrator,
    /// Nothing was typed for longer than the host allows.
    Idle,
    /// The session was up for longer than the host allows.
    TimeIsUp,
    /// Another connection took the session over.
    Replaced,
    /// The host does not let this account connect.
    Denied,
    /// The host wants the credential anew.
    WantsCredential,
    /// The host shuts down.
    ShutsDown,
    /// The host restarts, and will be back.
    Restarts,
    /// No licence for the session.
    NoLicence,
    /// Something failed there, or it takes the client's messages for wrong: its code.
    Failed(u32),
}

impl HostReason {
    /// Reads a code; `None` for "no error".
    pub(super) fn read(code: u32) -> Option<Self> {
        Some(match code {
            0 => return None,
            0x1 | 0x2 => Self::Administrator,
            0x3 => Self::Idle,
            0x4 => Self::TimeIsUp,
            0x5 => Self::Replaced,
            0x7 | 0x9 => Self::Denied,
            0xA => Self::WantsCredential,
            0xB => Self::Disconnected,
            0xC => Self::LoggedOff,
            0x19 => Self::ShutsDown,
            0x1A => Self::Restarts,
            0x100..=0x10A => Self::NoLicence,
            other => Self::Failed(other),
        })
    }

    /// Whether signing in again would go against what somebody meant, or be in vain.
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Restarts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_its_meaning() {
        for (code, reason) in [
            (0, None),
            (2, Some(HostReason::Administrator)),
            (3, Some(HostReason::Idle)),
            (5, Some(HostReason::Replaced)),
            (0xB, Some(HostReason::Disconnected)),
            (0xC, Some(HostReason::LoggedOff)),
            (0x104, Some(HostReason::NoLicence)),
            (0x10C9, Some(HostReason::Failed(0x10C9))),
        ] {
            assert_eq!(HostReason::read(code), reason, "{code:#x}");
        }
    }
}
