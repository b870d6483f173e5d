//! What a person does on a display: copies, pastes, drags a window's edge.

use std::{io::Write as _, process::Stdio};

use super::Display;
use crate::program::{Program, SandboxError};

const XCLIP: Program = Program { name: "xclip", package: "xclip", paths: &["/usr/bin/xclip"] };
const XDOTOOL: Program =
    Program { name: "xdotool", package: "xdotool", paths: &["/usr/bin/xdotool"] };

impl Display {
    /// Puts something on the clipboard under this format, such as `UTF8_STRING`.
    ///
    /// # Errors
    /// If xclip is missing or fails.
    pub fn copy(&self, format: &str, text: &str) -> Result<(), SandboxError> {
        let mut command = XCLIP.command()?;
        command.args(["-display", self.name(), "-selection", "clipboard", "-t", format, "-i"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut xclip = XCLIP.spawn(&mut command)?;
        let mut input = xclip.child().stdin.take().ok_or_else(|| XCLIP.failed())?;
        input.write_all(text.as_bytes())?;
        drop(input);
        // What is left of it serves the clipboard until somebody copies something else.
        if xclip.child().wait()?.success() { Ok(()) } else { Err(XCLIP.failed()) }
    }

    /// The text on the clipboard.
    ///
    /// # Errors
    /// If xclip is missing, or there is no text.
    pub fn paste(&self) -> Result<String, SandboxError> {
        let mut command = XCLIP.command()?;
        command.args(["-display", self.name(), "-selection", "clipboard", "-o"]);
        let said = XCLIP.output(command.stdin(Stdio::null()).stderr(Stdio::null()))?;
        Ok(String::from_utf8_lossy(&said).into_owned())
    }

    /// Gives the window with this title another size, in pixels.
    ///
    /// # Errors
    /// If xdotool is missing or finds no such window.
    pub fn resize(&self, title: &str, width: u32, height: u32) -> Result<(), SandboxError> {
        let mut command = XDOTOOL.command()?;
        command.env("DISPLAY", self.name()).args(["search", "--name", title, "windowsize"]);
        command.args([width.to_string(), height.to_string()]).stderr(Stdio::null());
        XDOTOOL.output(&mut command).map(drop)
    }
}
