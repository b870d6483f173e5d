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
    /// Files in the clipboard: a hostile host can attack this version through them. Whoever starts it
    /// has the injector strike them (`SessionControl::strike_files`).
    ClipboardFiles,
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
    /// It can be told to leave files out of the clipboard. Another asks for the whole clipboard, and the
    /// injector has to strike the files.
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
        let held = [
            (drives, HeldBack::Drives),
            (files, HeldBack::ClipboardFiles),
            (camera, HeldBack::Camera),
        ];
        held.into_iter().filter_map(|(is, what)| is.then_some(what)).collect()
    }
}
