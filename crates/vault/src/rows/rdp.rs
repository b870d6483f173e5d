//! The part of a session entry's row with its Remote Desktop settings.

use serde::{Deserialize, Serialize};
use usher_core::entry::{
    Clipboard, Device, DevicePolicy, Display, Pixels, RdpSettings, WindowSize,
};

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RdpPart {
    devices: Vec<DeviceWord>,
    clipboard: ClipboardWord,
    size: SizePart,
    all_monitors: bool,
    dynamic_resolution: bool,
    kerberos: bool,
    gateway: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DeviceWord {
    Drives,
    Printers,
    Ports,
    SmartCards,
    Microphone,
    Camera,
    Sound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ClipboardWord {
    Off,
    Text,
    TextAndFiles,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SizePart {
    Client,
    FullScreen,
    Pixels { width: u16, height: u16 },
}

impl Default for RdpPart {
    fn default() -> Self {
        Self::write(&RdpSettings::default())
    }
}

impl RdpPart {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn write(core: &RdpSettings) -> Self {
        let RdpSettings { devices, display, kerberos, gateway } = core;
        let Display { size, all_monitors, dynamic_resolution } = *display;
        Self {
            devices: devices.devices().map(DeviceWord::write).collect(),
            clipboard: ClipboardWord::write(devices.clipboard),
            size: SizePart::write(size),
            all_monitors,
            dynamic_resolution,
            kerberos: *kerberos,
            gateway: gateway.as_ref().map(|host| host.as_str().to_owned()),
        }
    }

    /// `None` for a size or gateway that is none.
    pub(super) fn read(&self) -> Option<RdpSettings> {
        let devices = self.devices.iter().map(|word| word.read());
        Some(RdpSettings {
            devices: DevicePolicy::new(devices, self.clipboard.read()),
            display: Display {
                size: self.size.read()?,
                all_monitors: self.all_monitors,
                dynamic_resolution: self.dynamic_resolution,
            },
            kerberos: self.kerberos,
            gateway: match &self.gateway {
                Some(host) => Some(host.parse().ok()?),
                None => None,
            },
        })
    }
}

impl DeviceWord {
    fn write(core: Device) -> Self {
        match core {
            Device::Drives => Self::Drives,
            Device::Printers => Self::Printers,
            Device::Ports => Self::Ports,
            Device::SmartCards => Self::SmartCards,
            Device::Microphone => Self::Microphone,
            Device::Camera => Self::Camera,
            Device::Sound => Self::Sound,
        }
    }

    fn read(self) -> Device {
        match self {
            Self::Drives => Device::Drives,
            Self::Printers => Device::Printers,
            Self::Ports => Device::Ports,
            Self::SmartCards => Device::SmartCards,
            Self::Microphone => Device::Microphone,
            Self::Camera => Device::Camera,
            Self::Sound => Device::Sound,
        }
    }
}

impl ClipboardWord {
    fn write(core: Clipboard) -> Self {
        match core {
            Clipboard::Off => Self::Off,
            Clipboard::Text => Self::Text,
            Clipboard::TextAndFiles => Self::TextAndFiles,
        }
    }

    fn read(self) -> Clipboard {
        match self {
            Self::Off => Clipboard::Off,
            Self::Text => Clipboard::Text,
            Self::TextAndFiles => Clipboard::TextAndFiles,
        }
    }
}

impl SizePart {
    fn write(core: WindowSize) -> Self {
        match core {
            WindowSize::Client => Self::Client,
            WindowSize::FullScreen => Self::FullScreen,
            WindowSize::Pixels(pixels) => {
                Self::Pixels { width: pixels.width(), height: pixels.height() }
            }
        }
    }

    fn read(self) -> Option<WindowSize> {
        Some(match self {
            Self::Client => WindowSize::Client,
            Self::FullScreen => WindowSize::FullScreen,
            Self::Pixels { width, height } => WindowSize::Pixels(Pixels::new(width, height)?),
        })
    }
}
