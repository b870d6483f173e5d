//! Which virtual channels a session may have.

use usher_core::entry::{Clipboard, Device, DevicePolicy};

/// What an entry allows of the channels.
pub(crate) struct Policy {
    pub(crate) devices: DevicePolicy,
    /// Whether the desktop may follow the window's size.
    pub(crate) dynamic_resolution: bool,
}

/// What is done with the data of a static channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing of it passes.
    Struck,
    /// All of it passes, unread.
    Open,
    /// It carries dynamic channels: `drdynvc` (MS-RDPEDYC).
    Dynamic,
    /// It carries devices: `rdpdr` (MS-RDPEFS).
    Devices,
    /// The clipboard without files: `cliprdr` (MS-RDPECLIP).
    Clipboard,
}

/// Dynamic channels of the picture, the keyboard and the pointer: what a session is.
const ALWAYS: [&[u8]; 9] = [
    b"ECHO",
    b"Microsoft::Windows::RDS::CoreInput",
    b"Microsoft::Windows::RDS::Geometry::v08.01",
    b"Microsoft::Windows::RDS::Graphics",
    b"Microsoft::Windows::RDS::Input",
    b"Microsoft::Windows::RDS::MouseCursor",
    b"Microsoft::Windows::RDS::Telemetry",
    b"Microsoft::Windows::RDS::Video::Control::v08.01",
    b"Microsoft::Windows::RDS::Video::Data::v08.01",
];
const DISPLAY_CONTROL: &[u8] = b"Microsoft::Windows::RDS::DisplayControl";
const SOUND: [&[u8]; 2] = [b"AUDIO_PLAYBACK_DVC", b"AUDIO_PLAYBACK_LOSSY_DVC"];
const MICROPHONE: &[u8] = b"AUDIO_INPUT";
/// MS-RDPECAM: one for the list of cameras, then one for each.
const CAMERA: &[u8] = b"RDCamera_";

impl Policy {
    /// What is done with a static channel of this name, as the client writes it.
    pub(super) fn channel(&self, name: &[u8]) -> Kind {
        match name {
            b"drdynvc" => Kind::Dynamic,
            // Some hosts play sound only where there is a device channel.
            b"rdpdr" if self.has_devices() || self.allows(Device::Sound) => Kind::Devices,
            b"rdpsnd" if self.allows(Device::Sound) => Kind::Open,
            b"cliprdr" => match self.devices.clipboard {
                Clipboard::Off => Kind::Struck,
                Clipboard::Text => Kind::Clipboard,
                Clipboard::TextAndFiles => Kind::Open,
            },
            _ => Kind::Struck,
        }
    }

    /// Whether a host may open a dynamic channel of this name. What is not listed may not: USB,
    /// plug and play, files, web sign-in and whatever comes next.
    pub(super) fn dynamic(&self, name: &[u8]) -> bool {
        ALWAYS.contains(&name)
            || (name == DISPLAY_CONTROL && self.dynamic_resolution)
            || (SOUND.contains(&name) && self.allows(Device::Sound))
            || (name == MICROPHONE && self.allows(Device::Microphone))
            || (name.starts_with(CAMERA) && self.allows(Device::Camera))
    }

    /// Whether a redirected device of this type may be announced (MS-RDPEFS 2.2.1.3).
    pub(super) fn device(&self, kind: u32) -> bool {
        match kind {
            0x01 | 0x02 => self.allows(Device::Ports),
            0x04 => self.allows(Device::Printers),
            0x08 => self.allows(Device::Drives),
            0x20 => self.allows(Device::SmartCards),
            _ => false,
        }
    }

    pub(super) fn allows(&self, device: Device) -> bool {
        self.devices.allows(device)
    }

    fn has_devices(&self) -> bool {
        [Device::Drives, Device::Printers, Device::Ports, Device::SmartCards]
            .into_iter()
            .any(|device| self.allows(device))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(allowed: &[Device], clipboard: Clipboard) -> Policy {
        let devices = DevicePolicy::new(allowed.iter().copied(), clipboard);
        Policy { devices, dynamic_resolution: false }
    }

    #[test]
    fn what_is_not_known_is_struck() {
        let all = policy(&Device::ALL, Clipboard::TextAndFiles);
        for name in ["rail", "VENDOR1", "CLIPRDR", "encomsp", "rdpsnd2", "", "URBDRC"] {
            assert_eq!(all.channel(name.as_bytes()), Kind::Struck, "{name}");
        }
        for name in [
            "URBDRC",
            "PNPDR",
            "FileRedirectorChannel",
            "WebAuthN_Channel",
            "Microsoft::Windows::RDS::AuthRedirection",
            "Microsoft::Windows::RDS::Graphics2",
            "ECHO ",
            "",
        ] {
            assert!(!all.dynamic(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn each_device_opens_its_own_doors_only() {
        for (device, dynamic, kinds) in [
            (Device::Drives, &[][..], &[8][..]),
            (Device::Printers, &[], &[4]),
            (Device::Ports, &[], &[1, 2]),
            (Device::SmartCards, &[], &[0x20]),
            (Device::Microphone, &["AUDIO_INPUT"], &[]),
            (Device::Camera, &["RDCamera_Device_Enumerator", "RDCamera_Device_0"], &[]),
            (Device::Sound, &["AUDIO_PLAYBACK_DVC", "AUDIO_PLAYBACK_LOSSY_DVC"], &[]),
        ] {
            let one = policy(&[device], Clipboard::Off);
            let names = [
                "AUDIO_INPUT",
                "AUDIO_PLAYBACK_DVC",
                "AUDIO_PLAYBACK_LOSSY_DVC",
                "RDCamera_Device_0",
                "RDCamera_Device_Enumerator",
            ];
            let open = names.into_iter().filter(|name| one.dynamic(name.as_bytes()));
            let mut expected = dynamic.to_vec();
            expected.sort_unstable();
            assert_eq!(open.collect::<Vec<_>>(), expected, "{device:?}");
            let announced = (0..64).filter(|kind| one.device(*kind));
            assert_eq!(announced.collect::<Vec<_>>(), kinds, "{device:?}");
        }
    }

    #[test]
    fn the_device_channel_stays_for_sound_and_goes_with_nothing() {
        let kind = |allowed: &[Device]| policy(allowed, Clipboard::Off).channel(b"rdpdr");
        assert_eq!(kind(&[Device::Sound]), Kind::Devices);
        assert_eq!(kind(&[Device::SmartCards]), Kind::Devices);
        assert_eq!(kind(&[Device::Camera, Device::Microphone]), Kind::Struck);
    }

    #[test]
    fn the_clipboard_is_off_read_or_open() {
        for (clipboard, kind) in [
            (Clipboard::Off, Kind::Struck),
            (Clipboard::Text, Kind::Clipboard),
            (Clipboard::TextAndFiles, Kind::Open),
        ] {
            assert_eq!(policy(&[], clipboard).channel(b"cliprdr"), kind);
        }
    }

    #[test]
    fn the_display_control_goes_with_dynamic_resolution() {
        let mut all = policy(&Device::ALL, Clipboard::Off);
        assert!(!all.dynamic(DISPLAY_CONTROL));
        all.dynamic_resolution = true;
        assert!(all.dynamic(DISPLAY_CONTROL));
    }
}
