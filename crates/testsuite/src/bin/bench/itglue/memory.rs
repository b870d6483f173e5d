//! What this process had in memory at most.

use crate::Result;

/// Resident bytes at the peak, program and libraries included.
#[cfg(target_os = "linux")]
pub(super) fn most() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Ok(kib.ok_or("no VmHWM")? * 1_024)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn most() -> Result<u64> {
    Err("memory is measured on Linux only".into())
}
