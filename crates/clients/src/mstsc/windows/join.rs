//! What this computer belongs to.

use windows::Win32::NetworkManagement::NetManagement::{
    NERR_Success, NETSETUP_JOIN_STATUS, NetApiBufferFree, NetGetJoinInformation,
    NetSetupDomainName, NetSetupUnjoined, NetSetupWorkgroupName,
};
use windows::core::{PCWSTR, PWSTR};
use windows_registry::LOCAL_MACHINE;

use crate::windows_policy::Joined;

/// One key below it for each Entra tenant that the computer is joined to.
const ENTRA: &str = r"SYSTEM\CurrentControlSet\Control\CloudDomainJoin\JoinInfo";

/// A domain first: its policies count, whatever else the computer belongs to.
pub(super) fn joined() -> Option<Joined> {
    let status = status()?;
    if status == NetSetupDomainName {
        return Some(Joined::Domain);
    }
    let by_itself = [NetSetupWorkgroupName, NetSetupUnjoined].contains(&status);
    let alone = if is_in_entra() { Joined::Entra } else { Joined::Workgroup };
    by_itself.then_some(alone)
}

fn is_in_entra() -> bool {
    let tenants = LOCAL_MACHINE.open(ENTRA).and_then(|key| Ok(key.keys()?.count()));
    tenants.is_ok_and(|tenants| tenants > 0)
}

#[expect(unsafe_code, reason = "a call of the Windows API that makes a text and fills a number")]
fn status() -> Option<NETSETUP_JOIN_STATUS> {
    let (mut name, mut status) = (PWSTR::null(), NETSETUP_JOIN_STATUS::default());
    // SAFETY: both are ours; the text is Windows' own and is given back unread.
    let told = unsafe {
        let told = NetGetJoinInformation(PCWSTR::null(), &raw mut name, &raw mut status);
        NetApiBufferFree(Some(name.as_ptr().cast()));
        told
    };
    (told == NERR_Success).then_some(status)
}
