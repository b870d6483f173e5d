//! What this OS session can tell at all, for whoever looks into why nothing was locked.

/// What tells something about the person's presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The X server's MIT-SCREEN-SAVER extension.
    X11,
    /// GNOME's compositor.
    Mutter,
    /// logind, over the system bus.
    Logind,
    /// The desktop's screen saver, over the session bus.
    ScreenSaver,
    /// Windows itself.
    Windows,
    /// macOS itself.
    CoreGraphics,
}

/// Who tells what here. Nobody: that cannot lock the vault by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Means {
    /// For how long nobody has touched the computer.
    pub idle: Option<Source>,
    /// That the screen was locked.
    pub screen_lock: Vec<Source>,
    /// That the computer is about to sleep.
    pub suspend: Option<Source>,
}
