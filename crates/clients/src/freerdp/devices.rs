//! What of this computer the client is to ask for, as its options.
//!
//! Only switches have an "off" that every version understands (`-drives`). The other options turn
//! something on by standing there at all, so off is their absence.

use usher_core::entry::{Clipboard, Device, DevicePolicy};

use crate::abilities::Abilities;

/// Serial and parallel ports: the name on the host, and the device here. The rest are not known by
/// any fixed name.
const PORTS: [(&str, &str); 10] = [
    ("/serial:COM1", "/dev/ttyS0"),
    ("/serial:COM2", "/dev/ttyS1"),
    ("/serial:COM3", "/dev/ttyS2"),
    ("/serial:COM4", "/dev/ttyS3"),
    ("/serial:COM5", "/dev/ttyUSB0"),
    ("/serial:COM6", "/dev/ttyUSB1"),
    ("/serial:COM7", "/dev/ttyACM0"),
    ("/serial:COM8", "/dev/ttyACM1"),
    ("/parallel:LPT1", "/dev/lp0"),
    ("/parallel:LPT2", "/dev/lp1"),
];

/// The options for this policy; `is_there` says whether this computer has a device.
pub(super) fn options(
    policy: &DevicePolicy,
    able: &Abilities,
    is_there: impl Fn(&str) -> bool,
) -> Vec<String> {
    let drives = policy.allows(Device::Drives) && able.drives_and_files;
    let switches = [
        if drives { "+drives" } else { "-drives" },
        "-home-drive",
        clipboard(policy.clipboard, able),
        if policy.allows(Device::Sound) { "/sound" } else { "/audio-mode:2" },
    ];
    let others = [
        (Device::Printers, "/printer"),
        (Device::SmartCards, "/smartcard"),
        (Device::Microphone, "/microphone"),
    ];
    let others = others.into_iter().filter(|(device, _)| policy.allows(*device));
    let ports =
        PORTS.into_iter().filter(|(_, here)| policy.allows(Device::Ports) && is_there(here));
    let mut options = switches.map(str::to_owned).to_vec();
    options.extend(others.map(|(_, option)| option.to_owned()));
    options.extend(ports.map(|(there, here)| format!("{there},{here}")));
    options
}

/// `FreeRDP` 2 cannot leave files out, so it asks for all; the injector strikes them where the entry
/// does not allow them, and where this version is not to have them.
fn clipboard(clipboard: Clipboard, able: &Abilities) -> &'static str {
    let files = clipboard == Clipboard::TextAndFiles && able.drives_and_files;
    match (clipboard, able.text_alone) {
        (Clipboard::Off, _) => "-clipboard",
        (_, true) if files => "/clipboard:direction-to:all,files-to:all",
        (_, true) => "/clipboard:direction-to:all,files-to:off",
        (_, false) => "+clipboard",
    }
}
