//! `GetLastInputInfo`: when this session last had any input, in milliseconds since the start of Windows.

use std::time::Duration;

use windows::Win32::System::SystemInformation::GetTickCount;
use windows::Win32::UI::Input::KeyboardAndMouse::{GetLastInputInfo, LASTINPUTINFO};

/// For how long nobody has touched the computer.
#[expect(
    unsafe_code,
    reason = "two calls of the Windows API that fill a struct and read a counter"
)]
pub(super) fn idle() -> Option<Duration> {
    let size = u32::try_from(size_of::<LASTINPUTINFO>()).ok()?;
    let mut last = LASTINPUTINFO { cbSize: size, dwTime: 0 };
    // SAFETY: the struct is ours, lives longer than the call, and says its own size.
    let told = unsafe { GetLastInputInfo(&raw mut last) }.as_bool();
    // SAFETY: it reads a counter.
    let now = unsafe { GetTickCount() };
    // Both counters start anew together, after 49.7 days.
    told.then(|| Duration::from_millis(now.wrapping_sub(last.dwTime).into()))
}
