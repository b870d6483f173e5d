//! How far this process is closed to other programs of the same person. `None`: this system does not
//! say, or has no such thing.

/// What the hardening at the start came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hardening {
    /// Other programs may read this process' memory.
    pub(super) readable: Option<bool>,
    /// The largest core dump, in bytes.
    pub(super) core_limit: Option<u64>,
    /// Yama's `kernel.yama.ptrace_scope`: 0 lets every program of the person debug every other.
    pub(super) ptrace_scope: Option<u8>,
    /// What the C library and the web engine free is wiped.
    pub(super) wiped: Option<bool>,
}

/// As it is now.
#[cfg(target_os = "linux")]
pub(super) fn now() -> Hardening {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
    let dumpable = dumpable_behavior().ok();
    let scope = std::fs::read_to_string("/proc/sys/kernel/yama/ptrace_scope").ok();
    Hardening {
        readable: dumpable.map(|how| how != DumpableBehavior::NotDumpable),
        core_limit: Some(getrlimit(Resource::Core).current.unwrap_or(u64::MAX)),
        ptrace_scope: scope.and_then(|scope| scope.trim().parse().ok()),
        wiped: crate::hardening::wiping::is_on(),
    }
}

/// As it is now.
#[cfg(all(unix, not(target_os = "linux")))]
pub(super) fn now() -> Hardening {
    use rustix::process::{Resource, getrlimit};
    let core_limit = Some(getrlimit(Resource::Core).current.unwrap_or(u64::MAX));
    Hardening {
        readable: None,
        core_limit,
        ptrace_scope: None,
        wiped: crate::hardening::wiping::is_on(),
    }
}

/// As it is now.
#[cfg(windows)]
pub(super) fn now() -> Hardening {
    Hardening {
        readable: None,
        core_limit: None,
        ptrace_scope: None,
        wiped: crate::hardening::wiping::is_on(),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_hardened_itself_is_seen_as_closed() {
        crate::hardening::memory::shut();
        let now = now();
        assert_eq!((now.readable, now.core_limit), (Some(false), Some(0)));
    }
}
