//! What a Remote Desktop session entry says besides its host: what of this computer the session may
//! use, how its window looks, and what its host or the way to it needs.

use std::collections::BTreeSet;

use crate::entry::Host;

/// The settings of a Remote Desktop session entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RdpSettings {
    /// What of this computer the session may use; enforced in the relay, whatever the client asks for.
    pub devices: DevicePolicy,
    /// How the client's window looks.
    pub display: Display,
    /// The host or the account takes Kerberos alone (NTLM off, Protected Users). Kept, and refused at
    /// launch: this release signs in with NTLM.
    pub kerberos: bool,
    /// The RD Gateway that the way leads through. Kept, and refused at launch for now.
    pub gateway: Option<Host>,
}

/// What of this computer a session may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevicePolicy {
    allowed: BTreeSet<Device>,
    /// What passes through the clipboard.
    pub clipboard: Clipboard,
}

/// Something of this computer that a session can reach into. Off unless the entry turns it on, but
/// for sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Its loudspeakers: the host's sound is heard here.
    Sound,
}

impl Device {
    /// All there are.
    pub const ALL: [Self; 7] = [
        Self::Drives,
        Self::Printers,
        Self::Ports,
        Self::SmartCards,
        Self::Microphone,
        Self::Camera,
        Self::Sound,
    ];
}

/// What passes through the clipboard, both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clipboard {
    /// Nothing.
    Off,
    /// Text and pictures, but no files.
    #[default]
    Text,
    /// Files as well.
    TextAndFiles,
}

impl Default for DevicePolicy {
    fn default() -> Self {
        Self::new([Device::Sound], Clipboard::default())
    }
}

impl DevicePolicy {
    /// These devices, and this much of the clipboard.
    #[must_use]
    pub fn new(allowed: impl IntoIterator<Item = Device>, clipboard: Clipboard) -> Self {
        Self { allowed: allowed.into_iter().collect(), clipboard }
    }

    /// Nothing at all.
    #[must_use]
    pub fn nothing() -> Self {
        Self::new([], Clipboard::Off)
    }

    /// Whether the session may use it.
    #[must_use]
    pub fn allows(&self, device: Device) -> bool {
        self.allowed.contains(&device)
    }

    /// What it may use, in the order of [`Device::ALL`].
    pub fn devices(&self) -> impl Iterator<Item = Device> + '_ {
        self.allowed.iter().copied()
    }
}

/// How the client's window looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Display {
    /// How large it opens.
    pub size: WindowSize,
    /// Whether full screen spans all monitors.
    pub all_monitors: bool,
    /// Whether the desktop follows when the window is resized.
    pub dynamic_resolution: bool,
}

impl Default for Display {
    fn default() -> Self {
        Self { size: WindowSize::default(), all_monitors: false, dynamic_resolution: true }
    }
}

/// How large a client's window opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WindowSize {
    /// As the client does by itself.
    #[default]
    Client,
    /// Full screen.
    FullScreen,
    /// This many pixels.
    Pixels(Pixels),
}

/// A desktop's size: from 200 x 200 to 8192 x 8192, which is what the protocol can say
/// (MS-RDPBCGR 2.2.1.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pixels {
    width: u16,
    height: u16,
}

impl Pixels {
    /// The smallest edge.
    pub const LEAST: u16 = 200;
    /// The longest edge.
    pub const MOST: u16 = 8192;

    /// A size; `None` where an edge is too short or too long.
    #[must_use]
    pub fn new(width: u16, height: u16) -> Option<Self> {
        let fits = |edge: u16| (Self::LEAST..=Self::MOST).contains(&edge);
        (fits(width) && fits(height)).then_some(Self { width, height })
    }

    /// The width.
    #[must_use]
    pub const fn width(self) -> u16 {
        self.width
    }

    /// The height.
    #[must_use]
    pub const fn height(self) -> u16 {
        self.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_sound_and_text_is_on_by_itself() {
        let policy = DevicePolicy::default();
        assert_eq!(policy.devices().collect::<Vec<_>>(), [Device::Sound]);
        assert_eq!(policy.clipboard, Clipboard::Text);
        assert!(Device::ALL.iter().all(|device| !DevicePolicy::nothing().allows(*device)));
    }

    #[test]
    fn a_size_is_what_the_protocol_can_say() {
        for (width, height) in [(200, 200), (1920, 1080), (8192, 8192)] {
            assert!(Pixels::new(width, height).is_some(), "{width} x {height}");
        }
        for (width, height) in [(0, 0), (199, 1080), (1920, 199), (8193, 1080), (1920, u16::MAX)] {
            assert!(Pixels::new(width, height).is_none(), "{width} x {height}");
        }
    }
}
