//! Looks at single lines of a display's pixels, which is cheap enough to do all the time.

use std::collections::HashSet;

use x11rb::{
    connection::Connection as _,
    protocol::xproto::{ConnectionExt as _, ImageFormat, Window},
    rust_connection::RustConnection,
};

use crate::Result;

/// A line is looked at every so many pixels from the top.
const EVERY: usize = 20;
/// How far apart red, green and blue are at least in what counts as a colour. An empty display, a
/// window without a page and an empty page are black, white or grey.
const COLOURFUL: u8 = 50;
/// Shades that an empty area does not have; the edges of a word's letters have more.
const SHADES_OF_TEXT: usize = 8;

type Pixel = [u8; 3];

/// A display's root window, with everything that is on it.
pub(super) struct Screen {
    connection: RustConnection,
    root: Window,
    width: u16,
    height: u16,
}

impl Screen {
    pub(super) fn connect(display: &str, size: (u32, u32)) -> Result<Self> {
        let (connection, number) = RustConnection::connect(Some(display))?;
        let screen = connection.setup().roots.get(number);
        let root = screen.ok_or("no screen")?.root;
        Ok(Self { connection, root, width: size.0.try_into()?, height: size.1.try_into()? })
    }

    /// Nothing but the display's own background.
    pub(super) fn is_empty(&self) -> Result<bool> {
        let pixels = self.pixels(self.width)?;
        Ok(pixels.iter().all(|pixel| *pixel == [0, 0, 0]))
    }

    /// A page is there: something has a colour.
    pub(super) fn has_page(&self) -> Result<bool> {
        Ok(self.pixels(self.width)?.into_iter().any(is_colourful))
    }

    /// The app's list of entries, its left quarter, is there with its words. While the vault opens,
    /// that part of the page is empty.
    pub(super) fn has_entries(&self) -> Result<bool> {
        let shades: HashSet<Pixel> = self.pixels(self.width / 4)?.into_iter().collect();
        Ok(shades.len() >= SHADES_OF_TEXT)
    }

    /// The pixels of the lines that are looked at, from the left edge on: 24 bits of colour in each
    /// 32, blue first, as Xvfb has them.
    fn pixels(&self, width: u16) -> Result<Vec<Pixel>> {
        let mut asked = Vec::new();
        for y in (EVERY..usize::from(self.height)).step_by(EVERY) {
            let y = i16::try_from(y)?;
            let (format, all) = (ImageFormat::Z_PIXMAP, u32::MAX);
            let line = self.connection.get_image(format, self.root, 0, y, width, 1, all)?;
            asked.push(line);
        }
        let mut pixels = Vec::new();
        for line in asked {
            pixels.extend(line.reply()?.data.chunks_exact(4).filter_map(colour));
        }
        Ok(pixels)
    }
}

fn colour(pixel: &[u8]) -> Option<Pixel> {
    match *pixel {
        [blue, green, red, _] => Some([red, green, blue]),
        _ => None,
    }
}

fn is_colourful([red, green, blue]: Pixel) -> bool {
    let least = red.min(green).min(blue);
    red.max(green).max(blue).saturating_sub(least) >= COLOURFUL
}

#[cfg(test)]
mod tests {
    use super::is_colourful;

    #[test]
    fn greys_are_no_page_and_both_pages_colours_are() {
        for grey in [[0, 0, 0], [255, 255, 255], [0xf6, 0xf5, 0xf4]] {
            assert!(!is_colourful(grey), "{grey:?}");
        }
        for page in [[0xc2, 0x3a, 0x8e], [0x0b, 0x7a, 0x70]] {
            assert!(is_colourful(page), "{page:?}");
        }
    }
}
