//! From starting the app to its first painted page, against the smallest Tauri window.
//!
//! Seen from outside, the same for both: the clock starts with the process and stops when the page's
//! pixels are on the display. The app is asked for more than the bare window: its page counts once
//! text and controls are drawn, not when its background is.

mod process;
mod screen;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use usher_sandbox::{display::Display, keyring::PrivateSession};

use self::{process::Process, screen::Screen};
use crate::{Result, figure, sample::Sample};

/// Runs of each, in alternation.
const RUNS: usize = 12;
/// Ours, since the issue names none: most that the app's start may take of the bare window's.
const MOST: f64 = 1.5;
/// Between two looks at the display.
const PAUSE: Duration = Duration::from_millis(2);
/// No start takes this long, even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
const PEER: &str = "minimal Tauri window";

/// Size of the display and of both windows, which no window manager moves or shrinks.
const SIZE: (u32, u32) = (1180, 760);

/// The page's own colour in crates/bare-window.
const BARE: [u8; 3] = [0xc2, 0x3a, 0x8e];

/// One figure against the bare window, and the goal.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let app = named("USHER_E2E_APP")?;
    let bare = named("USHER_BARE_WINDOW")?;
    let world = World::start()?;
    let (mut ours, mut theirs) = (Sample::default(), Sample::default());
    // The first start makes files and fills caches, and does not count.
    world.first_paint(&bare, Screen::is_bare_page)?;
    world.first_paint(&app, Screen::has_content)?;
    for _ in 0..RUNS {
        theirs.add(world.first_paint(&bare, Screen::is_bare_page)?);
        ours.add(world.first_paint(&app, Screen::has_content)?);
    }
    Ok(vec![
        figure::multiple("start to first paint", &ours, PEER, &theirs, MOST),
        figure::beside("start to first paint", &ours, PEER, &theirs),
    ])
}

fn named(variable: &str) -> Result<PathBuf> {
    let path = std::env::var_os(variable).map(PathBuf::from);
    let path = path.filter(|path| path.is_file());
    path.ok_or_else(|| format!("{variable} names no program; `cargo xtask bench` builds it").into())
}

/// A display, and a session with a keyring, both to themselves.
struct World {
    session: PrivateSession,
    display: Display,
    screen: Screen,
}

impl World {
    fn start() -> Result<Self> {
        let session = PrivateSession::start()?;
        let display = Display::start(SIZE.0, SIZE.1)?;
        let screen = Screen::connect(display.name(), SIZE)?;
        Ok(Self {
            session,
            display,
            screen,
        })
    }

    fn first_paint(
        &self,
        program: &Path,
        painted: fn(&Screen) -> Result<bool>,
    ) -> Result<Duration> {
        self.until("an empty display", Screen::is_empty)?;
        let began = Instant::now();
        let mut process = Process::start(program, self.environment())?;
        while !painted(&self.screen)? {
            if process.has_ended()? || began.elapsed() > PATIENCE {
                return Err(format!("{} painted nothing", program.display()).into());
            }
            thread::sleep(PAUSE);
        }
        let took = began.elapsed();
        process.end()?;
        Ok(took)
    }

    fn until(&self, what: &str, is_so: fn(&Screen) -> Result<bool>) -> Result<()> {
        let began = Instant::now();
        while !is_so(&self.screen)? {
            if began.elapsed() > PATIENCE {
                return Err(format!("{what} did not come").into());
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut all = self.session.environment();
        let display = self.display.name();
        let own = [
            ("PATH", "/usr/bin:/bin"),
            ("LANG", "C.UTF-8"),
            ("DISPLAY", display),
            ("GDK_BACKEND", "x11"),
            // There is no GPU behind Xvfb.
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        ];
        all.extend(own.map(|(name, value)| (name, value.into())));
        all
    }
}
