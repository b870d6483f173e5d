//! What a Remote Desktop session entry says besides its host.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Devices, window, and what the host needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RdpForm {
    /// What of this computer the session may use.
    pub devices: Vec<Device>,
    /// What passes through the clipboard.
    pub clipboard: Clipboard,
    /// How large the window opens.
    pub size: WindowSize,
    /// Whether full screen spans all monitors.
    pub all_monitors: bool,
    /// Whether the desktop follows when the window is resized.
    pub dynamic_resolution: bool,
    /// The host or the account takes Kerberos alone; refused at launch for now.
    pub kerberos: bool,
    /// The RD Gateway that the way leads through; refused at launch for now.
    pub gateway: Option<String>,
}

/// Something of this computer that a session can reach into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// Its drives.
    Drives,
    /// Its printers.
    Printers,
    /// Its serial and parallel ports.
    Ports,
    /// Its smart cards.
    SmartCards,
    /// Its microphone.
    Microphone,
    /// Its camera.
    Camera,
    /// Its loudspeakers.
    Sound,
}

/// What passes through the clipboard, both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Clipboard {
    /// Nothing.
    Off,
    /// Text and pictures, but no files.
    Text,
    /// Files as well.
    TextAndFiles,
}

/// How large a client's window opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "size", rename_all = "snake_case")]
pub enum WindowSize {
    /// As the client does by itself.
    Client,
    /// Full screen.
    FullScreen,
    /// This many pixels, 200 to 8192 each.
    Pixels {
        /// Across.
        width: u32,
        /// Down.
        height: u32,
    },
}
