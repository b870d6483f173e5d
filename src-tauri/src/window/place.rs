//! Where the window is, so that the one after a lock comes to the same place.

use tauri::{PhysicalPosition, PhysicalSize, WebviewWindow};

/// Where a window is, and how. What the desktop does not tell is left as it comes.
pub(crate) struct Place {
    position: Option<PhysicalPosition<i32>>,
    size: Option<PhysicalSize<u32>>,
    maximized: bool,
    minimized: bool,
    in_front: bool,
}

impl Place {
    /// Of this window.
    pub(super) fn of(window: &WebviewWindow) -> Self {
        Self {
            position: window.outer_position().ok(),
            size: window.inner_size().ok(),
            maximized: window.is_maximized().unwrap_or(false),
            minimized: window.is_minimized().unwrap_or(false),
            in_front: window.is_focused().unwrap_or(false),
        }
    }

    /// The person was working in it.
    pub(super) fn was_in_front(&self) -> bool {
        self.in_front
    }

    /// Brings another window there.
    pub(super) fn restore(self, window: &WebviewWindow) -> tauri::Result<()> {
        if let Some(size) = self.size {
            window.set_size(size)?;
        }
        if let Some(position) = self.position {
            window.set_position(position)?;
        }
        if self.maximized {
            window.maximize()?;
        }
        if self.minimized {
            window.minimize()?;
        }
        Ok(())
    }
}
