//! What the demo keeps: numbered screenshots, and a line for each.

use std::path::{Path, PathBuf};

use usher_sandbox::display::Display;
use usher_sandbox::window::Window;

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
            if name.starts_with("demo-") && name.ends_with(".png") {
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
    pub(crate) async fn window(&mut self, window: &Window, what: &str) -> anyhow::Result<()> {
        let file = self.file(what);
        window.screenshot(&file).await?;
        say(&file);
        Ok(())
    }

    /// A picture of the whole display, with the client's window.
    pub(crate) fn display(&mut self, display: &Display, what: &str) -> anyhow::Result<()> {
        let file = self.file(what);
        display.screenshot(&file)?;
        say(&file);
        Ok(())
    }
}

#[expect(clippy::print_stdout, reason = "what the demo did is its output")]
fn say(file: &Path) {
    println!("  kept {}", file.display());
}
