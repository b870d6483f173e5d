//! What a client is able to, and what it is trusted with.

use std::fmt;

use usher_core::entry::{Clipboard, Device, DevicePolicy};

/// The version of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// 3 in 3.15.0.
    pub major: u16,
    /// 15 in 3.15.0.
    pub minor: u16,
    /// 0 in 3.15.0.
    pub patch: u16,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// What a client is not asked for although the session entry allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeldBack {
    /// Drives: a hostile host can attack this version through them.
    Drives,
    /// Files in the clipboard: a hostile host can attack this version through them.
    ClipboardFiles,
    /// The whole clipboard: files are held back, and this version has no text without them.
    Clipboard,
    /// The camera: this client has none to offer.
    Camera,
}

/// What a client is able to, and what it is trusted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// Its version; `None` where it does not tell.
    pub version: Option<Version>,
    /// Drives and clipboard files may be asked for.
    pub drives_and_files: bool,
    /// It can have the clipboard's text without files. Where the entry allows no files the injector
    /// strikes them, so this counts only where the entry allows what this version is not trusted with.
    pub text_alone: bool,
    /// It can pass on the camera.
    pub camera: bool,
}

impl Abilities {
    /// What it is not asked for, of what this policy allows.
    #[must_use]
    pub fn held_back(&self, policy: &DevicePolicy) -> Vec<HeldBack> {
        let drives = policy.allows(Device::Drives) && !self.drives_and_files;
        let files = policy.clipboard == Clipboard::TextAndFiles && !self.drives_and_files;
        let camera = policy.allows(Device::Camera) && !self.camera;
        let clipboard =
            if self.text_alone { HeldBack::ClipboardFiles } else { HeldBack::Clipboard };
        let held = [(drives, HeldBack::Drives), (files, clipboard), (camera, HeldBack::Camera)];
        held.into_iter().filter_map(|(is, what)| is.then_some(what)).collect()
    }
}
