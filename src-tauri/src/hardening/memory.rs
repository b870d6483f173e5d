//! The process' memory, shut to core dumps and to other programs of the same person.

/// Shuts it.
#[cfg(target_os = "linux")]
pub(crate) fn shut() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let limited = setrlimit(Resource::Core, none);
    let shut = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    if limited.is_err() || shut.is_err() {
        tracing::warn!("The process could not be closed to debuggers");
    }
}

/// Core dumps only: reading is forbidden by the system, or not at all.
#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) fn shut() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    if setrlimit(Resource::Core, none).is_err() {
        tracing::warn!("Core dumps could not be switched off");
    }
}

/// On Windows the process' access list is a later issue's, with the rest of its port.
#[cfg(windows)]
pub(crate) fn shut() {}
