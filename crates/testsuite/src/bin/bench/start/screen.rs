//! Looks at single lines of a display's pixels, which is cheap enough to do all the time.

use std::collections::HashSet;

use x11rb::{
    connection::Connection as _,
    protocol::xproto::{ConnectionExt as _, ImageFormat, Window},
    rust_connection::RustConnection,
};

use super::BARE;
use crate::Result;

/// A line is looked at every so many pixels from the top.
const EVERY: u16 = 20;
/// Background, window and page background are three. Letters alone have more shades than that.
const COLOURS_OF_CONTENT: usize = 8;

type Colour = [u8; 3];

/// A display's root window, with everything that is on it.
pub(super) struct Screen {
    connection: RustConnection,
    root: Window,
    width: u16,
    height: u16,
    /// What is there when no window is.
    empty: Colour,
}

impl Screen {
    pub(super) fn connect(display: &str, size: (u32, u32)) -> Result<Self> {
        let (connection, number) = RustConnection::connect(Some(display))?;
        let screen = connection.setup().roots.get(number).ok_or("no screen")?;
        let root = screen.root;
        let (width, height) = (size.0.try_into()?, size.1.try_into()?);
        let mut screen = Self {
            connection,
            root,
            width,
            height,
            empty: BARE,
        };
        let colours = screen.colours()?;
        screen.empty = *colours.iter().next().ok_or("no pixels")?;
        if colours.len() == 1 {
            Ok(screen)
        } else {
            Err("the new display is not empty".into())
        }
    }

    /// Nothing but the display's own background.
    pub(super) fn is_empty(&self) -> Result<bool> {
        Ok(self.colours()? == HashSet::from([self.empty]))
    }

    /// The bare window's page is there. Its middle has nothing but its colour.
    pub(super) fn is_bare_page(&self) -> Result<bool> {
        Ok(self
            .line(self.height / 2)?
            .iter()
            .all(|colour| *colour == BARE))
    }

    /// A page with text and controls is there.
    pub(super) fn has_content(&self) -> Result<bool> {
        Ok(self.colours()?.len() >= COLOURS_OF_CONTENT)
    }

    fn colours(&self) -> Result<HashSet<Colour>> {
        let mut found = HashSet::new();
        for line in 1..self.height / EVERY {
            found.extend(self.line(line.saturating_mul(EVERY))?);
        }
        Ok(found)
    }

    /// The pixels of one line; 24 bit of colour in each 32, blue first, as Xvfb has them on every
    /// machine that this runs on.
    fn line(&self, y: u16) -> Result<Vec<Colour>> {
        let y = i16::try_from(y)?;
        let asked = self.connection.get_image(
            ImageFormat::Z_PIXMAP,
            self.root,
            0,
            y,
            self.width,
            1,
            u32::MAX,
        )?;
        let pixels = asked.reply()?.data;
        let colours = pixels.chunks_exact(4).filter_map(|pixel| match *pixel {
            [blue, green, red, _] => Some([red, green, blue]),
            _ => None,
        });
        Ok(colours.collect())
    }
}
