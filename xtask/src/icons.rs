//! The icon in the sizes that each system needs, from the one drawing.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{place, program, program::Program, say};

/// Programs that draw, with the Debian package that brings them.
const TOOLS: [(&str, &str); 3] =
    [("rsvg-convert", "librsvg2-bin"), ("convert", "imagemagick"), ("png2icns", "icnsutils")];

/// Files that stay, by the names that Tauri's bundler knows, and their pixels.
const PNGS: [(&str, u32); 7] = [
    ("16x16.png", 16),
    ("32x32.png", 32),
    ("64x64.png", 64),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("256x256.png", 256),
    ("icon.png", 512),
];

/// Windows shows each of these somewhere.
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];
/// The sizes that the icns format has room for.
const ICNS: [u32; 6] = [16, 32, 48, 128, 256, 512];

/// Renders `icons/usher.svg` anew.
pub(crate) fn run() -> Result<()> {
    for (tool, package) in TOOLS {
        if !program::is_installed(tool) {
            bail!("`{tool}` is missing; on Debian it is in the package {package}");
        }
    }
    let icons = place::root().join("icons");
    for (name, pixels) in PNGS {
        draw(&icons, &icons.join(name), pixels)?;
    }
    let parts = place::target().join("icons");
    fs::create_dir_all(&parts).with_context(|| format!("cannot make {}", parts.display()))?;
    let windows = drawn(&icons, &parts, &ICO)?;
    Program::new("convert").args(windows).args([icons.join("icon.ico")]).run()?;
    let mac = drawn(&icons, &parts, &ICNS)?;
    Program::new("png2icns").args([icons.join("icon.icns")]).args(mac).run()?;
    say::line(format!("icons are in {}", icons.display()));
    Ok(())
}

fn drawn(icons: &Path, to: &Path, sizes: &[u32]) -> Result<Vec<std::path::PathBuf>> {
    let each = sizes.iter().map(|&pixels| {
        let file = to.join(format!("{pixels}.png"));
        draw(icons, &file, pixels).map(|()| file)
    });
    each.collect()
}

fn draw(icons: &Path, to: &Path, pixels: u32) -> Result<()> {
    let size = pixels.to_string();
    let tool = Program::new("rsvg-convert").args(["-w", &size, "-h", &size, "-o"]);
    tool.args([to, &icons.join("usher.svg")]).run()
}
