//! A screenshot's pixels.

use std::{fs::File, io::BufReader, path::Path};

use crate::program::SandboxError;

/// Red, green and blue.
pub type Colour = [u8; 3];

/// A picture in memory.
pub struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Picture {
    /// Reads a PNG file with 8 bits of red, green and blue, as [`super::Display::screenshot`]
    /// writes them.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn read(file: &Path) -> Result<Self, SandboxError> {
        let decoder = png::Decoder::new(BufReader::new(File::open(file)?));
        let mut reader = decoder.read_info().map_err(|_| SandboxError::Picture)?;
        let room = reader.output_buffer_size().ok_or(SandboxError::Picture)?;
        let mut rgb = vec![0; room];
        let frame = reader.next_frame(&mut rgb).map_err(|_| SandboxError::Picture)?;
        if (frame.color_type, frame.bit_depth) != (png::ColorType::Rgb, png::BitDepth::Eight) {
            return Err(SandboxError::Picture);
        }
        Ok(Self { width: frame.width, height: frame.height, rgb })
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The colour of a pixel, counted from the left and the top; `None` outside.
    #[must_use]
    pub fn at(&self, x: u32, y: u32) -> Option<Colour> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let pixel = u64::from(y) * u64::from(self.width) + u64::from(x);
        let start = usize::try_from(pixel * 3).ok()?;
        self.rgb.get(start..)?.first_chunk().copied()
    }
}
