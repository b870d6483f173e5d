//! The command line: one value per argument, nothing secret.

use usher_core::entry::{Display, WindowSize};
use usher_core::ports::Handoff;

use super::devices;
use crate::abilities::Abilities;
use crate::error::StartError;
use crate::handoff::{check, title};

/// As long as a dropped session is held: 30 minutes, with the 5 seconds that `FreeRDP` lets pass
/// between two tries.
const RECONNECTS: &str = "/auto-reconnect-max-retries:360";

/// The arguments for a handoff; `is_there` says whether this computer has a device.
pub(super) fn of(
    handoff: &Handoff,
    able: &Abilities,
    is_there: impl Fn(&str) -> bool,
) -> Result<Vec<String>, StartError> {
    check(handoff)?;
    let fixed = [
        // The password comes on stdin, never as `/p:`.
        "/from-stdin:force",
        "/sec:nla",
        "+auto-reconnect",
        RECONNECTS,
        // UDP would go past the injector.
        "-multitransport",
        "/log-level:WARN",
    ];
    let mut arguments = vec![
        format!("/v:{}", handoff.address),
        format!("/u:{}", handoff.user),
        format!("/cert:fingerprint:sha256:{}", fingerprint(&handoff.certificate_sha256)),
        format!("/t:{}", title(&handoff.title)),
    ];
    arguments.extend(fixed.map(str::to_owned));
    arguments.extend(window(handoff.display));
    arguments.extend(devices::options(&handoff.devices, able, is_there));
    Ok(arguments)
}

/// How the window looks. In full screen a bar at the top has the title, and the way out.
fn window(display: Display) -> Vec<String> {
    let mut options = match display.size {
        WindowSize::Client => vec![],
        WindowSize::FullScreen => {
            vec!["/f".to_owned(), "/floatbar:sticky:off,default:visible,show:fullscreen".to_owned()]
        }
        WindowSize::Pixels(size) => vec![format!("/size:{}x{}", size.width(), size.height())],
    };
    if display.all_monitors && display.size == WindowSize::FullScreen {
        options.push("/multimon".to_owned());
    }
    if display.dynamic_resolution {
        options.push("/dynamic-resolution".to_owned());
    }
    options
}

fn fingerprint(sha256: &[u8; 32]) -> String {
    let bytes: Vec<String> = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(":")
}
