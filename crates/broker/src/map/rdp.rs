//! Remote Desktop settings, as the protocol shows them and as they come from it.

use usher_core::entry::{self, DevicePolicy, Display, Host, Pixels, RdpSettings};
use usher_core::error::Rule;

use super::failure::field_breaks;
use crate::protocol::{Clipboard, Device, Failure, RdpForm, WindowSize};

impl Default for RdpForm {
    /// An entry on which nothing was set.
    fn default() -> Self {
        form(&RdpSettings::default())
    }
}

/// The settings as a form shows them.
pub(crate) fn form(settings: &RdpSettings) -> RdpForm {
    let RdpSettings { devices, display, kerberos, gateway } = settings;
    let Display { size, all_monitors, dynamic_resolution } = *display;
    RdpForm {
        devices: devices.devices().map(device_shown).collect(),
        clipboard: clipboard_shown(devices.clipboard),
        size: size_shown(size),
        all_monitors,
        dynamic_resolution,
        kerberos: *kerberos,
        gateway: gateway.as_ref().map(Host::to_string),
    }
}

/// The settings that a form asks for.
pub(crate) fn settings(form: &RdpForm) -> Result<RdpSettings, Failure> {
    let gateway = form.gateway.as_deref().map(str::trim).filter(|typed| !typed.is_empty());
    let gateway = gateway.map(str::parse).transpose();
    Ok(RdpSettings {
        devices: policy(&form.devices, form.clipboard),
        display: display(form.size, form.all_monitors, form.dynamic_resolution)?,
        kerberos: form.kerberos,
        gateway: gateway.map_err(|_| field_breaks("gateway", Rule::NotAHost))?,
    })
}

/// What of this computer may be used.
pub(super) fn policy(devices: &[Device], clipboard: Clipboard) -> DevicePolicy {
    DevicePolicy::new(
        devices.iter().map(|device| device_meant(*device)),
        clipboard_meant(clipboard),
    )
}

/// How the window is to look.
pub(super) fn display(
    size: WindowSize,
    all_monitors: bool,
    dynamic_resolution: bool,
) -> Result<Display, Failure> {
    Ok(Display { size: size_meant(size)?, all_monitors, dynamic_resolution })
}

/// The devices and the clipboard of a policy.
pub(super) fn policy_shown(policy: &DevicePolicy) -> (Vec<Device>, Clipboard) {
    (policy.devices().map(device_shown).collect(), clipboard_shown(policy.clipboard))
}

fn device_shown(device: entry::Device) -> Device {
    match device {
        entry::Device::Drives => Device::Drives,
        entry::Device::Printers => Device::Printers,
        entry::Device::Ports => Device::Ports,
        entry::Device::SmartCards => Device::SmartCards,
        entry::Device::Microphone => Device::Microphone,
        entry::Device::Camera => Device::Camera,
        entry::Device::Sound => Device::Sound,
    }
}

fn device_meant(device: Device) -> entry::Device {
    match device {
        Device::Drives => entry::Device::Drives,
        Device::Printers => entry::Device::Printers,
        Device::Ports => entry::Device::Ports,
        Device::SmartCards => entry::Device::SmartCards,
        Device::Microphone => entry::Device::Microphone,
        Device::Camera => entry::Device::Camera,
        Device::Sound => entry::Device::Sound,
    }
}

fn clipboard_shown(clipboard: entry::Clipboard) -> Clipboard {
    match clipboard {
        entry::Clipboard::Off => Clipboard::Off,
        entry::Clipboard::Text => Clipboard::Text,
        entry::Clipboard::TextAndFiles => Clipboard::TextAndFiles,
    }
}

fn clipboard_meant(clipboard: Clipboard) -> entry::Clipboard {
    match clipboard {
        Clipboard::Off => entry::Clipboard::Off,
        Clipboard::Text => entry::Clipboard::Text,
        Clipboard::TextAndFiles => entry::Clipboard::TextAndFiles,
    }
}

pub(super) fn size_shown(size: entry::WindowSize) -> WindowSize {
    match size {
        entry::WindowSize::Client => WindowSize::Client,
        entry::WindowSize::FullScreen => WindowSize::FullScreen,
        entry::WindowSize::Pixels(pixels) => WindowSize::Pixels {
            width: u32::from(pixels.width()),
            height: u32::from(pixels.height()),
        },
    }
}

fn size_meant(size: WindowSize) -> Result<entry::WindowSize, Failure> {
    Ok(match size {
        WindowSize::Client => entry::WindowSize::Client,
        WindowSize::FullScreen => entry::WindowSize::FullScreen,
        WindowSize::Pixels { width, height } => {
            let edges = u16::try_from(width).ok().zip(u16::try_from(height).ok());
            let pixels = edges.and_then(|(width, height)| Pixels::new(width, height));
            let pixels = pixels.ok_or_else(|| field_breaks("size", Rule::NotASize))?;
            entry::WindowSize::Pixels(pixels)
        }
    })
}
