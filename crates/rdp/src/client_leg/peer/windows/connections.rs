//! `GetExtendedTcpTable`: the IPv4 connections of this computer, each with its process.

use windows::Win32::Foundation::{ERROR_INSUFFICIENT_BUFFER, NO_ERROR};
use windows::Win32::NetworkManagement::IpHelper::{
    GetExtendedTcpTable, TCP_TABLE_OWNER_PID_CONNECTIONS,
};
use windows::Win32::Networking::WinSock::AF_INET;

/// The table grows while it is asked for; a busy computer gets this many chances.
const CHANCES: u8 = 5;

/// The table as `super::table` reads it; `None` where Windows does not give it.
pub(super) fn read() -> Option<Vec<u8>> {
    let mut table = vec![0_u8; 64 * 1024];
    for _ in 0..CHANCES {
        let (told, size) = ask(&mut table)?;
        match told {
            told if told == NO_ERROR.0 => return Some(table),
            told if told == ERROR_INSUFFICIENT_BUFFER.0 => table.resize(size, 0),
            _ => return None,
        }
    }
    None
}

/// What Windows answers, and how large the table is.
#[expect(unsafe_code, reason = "a call of the Windows API that fills a buffer")]
fn ask(table: &mut [u8]) -> Option<(u32, usize)> {
    let mut size = u32::try_from(table.len()).ok()?;
    let (into, kind) = (table.as_mut_ptr().cast(), TCP_TABLE_OWNER_PID_CONNECTIONS);
    let family = u32::from(AF_INET.0);
    // SAFETY: the buffer is ours and as large as is said. It is read as bytes alone, so how it is
    // aligned does not matter to us; Windows writes it field by field as bytes of a user's buffer.
    let told = unsafe { GetExtendedTcpTable(Some(into), &raw mut size, false, family, kind, 0) };
    Some((told, usize::try_from(size).ok()?))
}
