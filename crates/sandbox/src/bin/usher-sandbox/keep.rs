//! What the demo keeps: numbered screenshots, and a line for each.

use std::path::{Path, PathBuf};

use usher_sandbox::desk::Desk;
use usher_sandbox::play;

/// Numbers screenshots and says what they show.
pub(crate) struct Album {
    folder: PathBuf,
    next: u32,
}

impl Album {
    /// A new album; pictures of an earlier run are removed from its folder.
    pub(crate) fn begin(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        for old in std::fs::read_dir(folder)? {
            let old = old?.path();
            let name = old.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("demo-") && old.extension().is_some_and(|end| end == "png") {
                std::fs::remove_file(old)?;
            }
        }
        Ok(Self { folder: folder.to_owned(), next: 1 })
    }

    fn file(&mut self, what: &str) -> PathBuf {
        let file = self.folder.join(format!("demo-{:02}-{what}.png", self.next));
        self.next = self.next.saturating_add(1);
        file
    }

    /// A picture of the app's window.
    pub(crate) fn window(&mut self, desk: &Desk, what: &str) -> anyhow::Result<()> {
        let file = self.file(what);
        play::picture_of(desk, play::APP, &file)?;
        say(&file);
        Ok(())
    }

    /// A picture of the whole display, with the client's window.
    pub(crate) fn display(&mut self, desk: &Desk, what: &str) -> anyhow::Result<()> {
        let file = self.file(what);
        desk.display.screenshot(&file)?;
        say(&file);
        Ok(())
    }
}

#[expect(clippy::print_stdout, reason = "what the demo did is its output")]
fn say(file: &Path) {
    println!("  kept {}", file.display());
}
