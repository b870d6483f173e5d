//! A desktop that can be recognised from a few pixels: four colours, and the host's name.

use std::{fs, path::Path, process::Stdio};

use crate::{
    display::{Colour, Picture},
    program::{Program, SandboxError},
};

/// Named as a file, since what else is installed and configured differs between machines.
const FONT: Program = Program {
    name: "DejaVu Sans",
    package: "fonts-dejavu-core",
    paths: &["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"],
};
const CONVERT: Program = Program {
    name: "convert",
    package: "imagemagick",
    paths: &["/usr/bin/convert-im6", "/usr/bin/convert"],
};

/// How far a channel may be off after an RDP codec has been over it.
const TOLERANCE: u8 = 24;

/// Colours at places of the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Upper left, upper right, lower left, lower right.
    quadrants: [Colour; 4],
}

/// Part of a picture, in pixels from the left and the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub left: u32,
    /// First row.
    pub top: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl Pattern {
    /// Colours that no desktop environment has by accident.
    pub(crate) const DESKTOP: Self =
        Self { quadrants: [[178, 34, 52], [22, 128, 72], [38, 70, 160], [214, 166, 32]] };

    /// Where to look, in thousandths of width and height, and the colour that is there.
    #[must_use]
    pub fn spots(&self) -> [(u32, u32, Colour); 4] {
        let [upper_left, upper_right, lower_left, lower_right] = self.quadrants;
        [
            (250, 250, upper_left),
            (750, 250, upper_right),
            (250, 750, lower_left),
            (750, 750, lower_right),
        ]
    }

    /// Whether all of a picture shows this desktop.
    #[must_use]
    pub fn fills(&self, picture: &Picture) -> bool {
        let (width, height) = picture.size();
        self.is_in(picture, Area { left: 0, top: 0, width, height })
    }

    /// Whether this part of a picture shows this desktop.
    #[must_use]
    pub fn is_in(&self, picture: &Picture, area: Area) -> bool {
        self.spots().iter().all(|(x, y, wanted)| {
            let x = area.left.saturating_add(part(area.width, *x));
            let y = area.top.saturating_add(part(area.height, *y));
            picture.at(x, y).is_some_and(|found| close(found, *wanted))
        })
    }

    /// Draws it as a PNG file with a name in the middle.
    pub(crate) fn draw(
        &self,
        (width, height): (u32, u32),
        name: &str,
        file: &Path,
    ) -> Result<(), SandboxError> {
        let plain = file.with_extension("ppm");
        fs::write(&plain, self.ppm(width, height))?;
        let mut command = CONVERT.command()?;
        command.arg(&plain).args(["-font", FONT.path()?]).args([
            "-gravity",
            "center",
            "-fill",
            "white",
            "-pointsize",
            "40",
        ]);
        command.args(["-annotate", "0", name]).arg(file).stderr(Stdio::null());
        CONVERT.output(&mut command).map(drop)
    }

    /// The quadrants as a portable pixmap.
    fn ppm(&self, width: u32, height: u32) -> Vec<u8> {
        let [upper_left, upper_right, lower_left, lower_right] = self.quadrants;
        let mut ppm = format!("P6\n{width} {height}\n255\n").into_bytes();
        for y in 0..height {
            let upper = y < height / 2;
            let (left, right) =
                if upper { (upper_left, upper_right) } else { (lower_left, lower_right) };
            for x in 0..width {
                ppm.extend(if x < width / 2 { left } else { right });
            }
        }
        ppm
    }
}

fn part(length: u32, thousandths: u32) -> u32 {
    let pixels = u64::from(length) * u64::from(thousandths) / 1_000;
    u32::try_from(pixels).unwrap_or(length)
}

fn close(found: Colour, wanted: Colour) -> bool {
    found.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= TOLERANCE)
}
