//! An X display of its own, on no screen and no network.

mod close;
mod hands;
mod picture;

use std::{
    io::BufReader,
    path::Path,
    process::{ChildStdout, Stdio},
};

pub use picture::{Colour, Picture};

use crate::program::{Program, Running, SandboxError};
use crate::rdp_host::Area;

const XVFB: Program = Program { name: "Xvfb", package: "xvfb", paths: &["/usr/bin/Xvfb"] };
const IMPORT: Program = Program {
    name: "import",
    package: "imagemagick",
    paths: &["/usr/bin/import-im6", "/usr/bin/import"],
};
const DISPLAY: Program = Program {
    name: "display",
    package: "imagemagick",
    paths: &["/usr/bin/display-im6", "/usr/bin/display"],
};

/// Where the program lies that makes a picture a display's background.
pub(crate) fn painter() -> Result<&'static str, SandboxError> {
    DISPLAY.path()
}

/// An X server without a screen, ended when dropped.
pub struct Display {
    name: String,
    width: u32,
    height: u32,
    _server: Running,
    _pipe: BufReader<ChildStdout>,
}

impl Display {
    /// Starts one of this size in pixels on a free display number, and waits until it is ready.
    ///
    /// # Errors
    /// If Xvfb is missing or does not start.
    pub fn start(width: u32, height: u32) -> Result<Self, SandboxError> {
        let mut command = XVFB.command()?;
        // It writes its number once it accepts connections.
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        command.arg(format!("{width}x{height}x24"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = XVFB.spawn(&mut command)?;
        let (number, pipe) = server.first_line()?;
        let name = format!(":{}", number.trim());
        Ok(Self { name, width, height, _server: server, _pipe: pipe })
    }

    /// What goes into `DISPLAY`, such as `:99`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Tells a window of the display to close, as the button in its frame does. `window`: its id.
    ///
    /// # Errors
    /// If the display takes no message.
    pub fn ask_to_close(&self, window: u32) -> Result<(), SandboxError> {
        close::ask(&self.name, window).map_err(|_| SandboxError::Display)
    }

    /// Saves what is on the display as a PNG file.
    ///
    /// # Errors
    /// If `ImageMagick` is missing or the file cannot be written.
    pub fn screenshot(&self, file: &Path) -> Result<(), SandboxError> {
        self.screenshot_of(file, Area { left: 0, top: 0, width: self.width, height: self.height })
    }

    /// Saves a part of what is on the display as a PNG file.
    ///
    /// # Errors
    /// If `ImageMagick` is missing or the file cannot be written.
    pub fn screenshot_of(&self, file: &Path, area: Area) -> Result<(), SandboxError> {
        let Area { left, top, width, height } = area;
        let mut command = IMPORT.command()?;
        command.args(["-display", &self.name, "-window", "root", "-crop"]);
        command.args([&format!("{width}x{height}+{left}+{top}"), "+repage"]);
        let mut target = std::ffi::OsString::from("png24:");
        target.push(file);
        IMPORT.output(command.arg(target)).map(drop)
    }

    /// What is on the display now.
    ///
    /// # Errors
    /// If no screenshot can be made or read.
    pub fn picture(&self) -> Result<Picture, SandboxError> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("screen.png");
        self.screenshot(&file)?;
        Picture::read(&file)
    }

    /// Makes a picture file the background. Look at [`Self::picture`] to see whether it did:
    /// version 6 of the program reports failure after success.
    ///
    /// # Errors
    /// If `ImageMagick` is missing.
    pub fn paint(&self, file: &Path) -> Result<(), SandboxError> {
        let mut command = DISPLAY.command()?;
        command.args(["-display", &self.name, "-window", "root"]).arg(file);
        command.stderr(Stdio::null()).status()?;
        Ok(())
    }
}
