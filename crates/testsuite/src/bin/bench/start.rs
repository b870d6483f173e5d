//! From starting the app to its first painted page, against the smallest Tauri window.
//!
//! Seen from outside, the same for both: the clock starts with the process and stops when something
//! with a colour is on the display, which neither the toolkit nor an empty page has. For the app the
//! first such thing is its mark, while it opens the vault; when its list of entries is there is timed
//! as well.

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

/// The goal, and two times beside the bare window's.
pub(crate) fn measure() -> Result<Vec<Value>> {
    let app = named("USHER_E2E_APP")?;
    let bare = named("USHER_BARE_WINDOW")?;
    let world = World::start()?;
    let mut times = Times::default();
    // The first start makes files and fills caches, and does not count.
    world.round(&app, &bare, &mut Times::default())?;
    for _ in 0..RUNS {
        world.round(&app, &bare, &mut times)?;
    }
    let (paint, bare) = (&times.paint, &times.bare);
    Ok(vec![
        figure::multiple("start to first paint", paint, PEER, bare, MOST),
        figure::beside("start to first paint", paint, PEER, bare),
        figure::beside("start to the list of entries", &times.entries, PEER, bare),
    ])
}

/// What was timed.
#[derive(Default)]
struct Times {
    bare: Sample,
    paint: Sample,
    entries: Sample,
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
        Ok(Self { session, display, screen })
    }

    fn round(&self, app: &Path, bare: &Path, times: &mut Times) -> Result<()> {
        let mut window = self.start_program(bare)?;
        times.bare.add(self.until(&mut window, Screen::has_page)?);
        window.end()?;
        let mut window = self.start_program(app)?;
        times.paint.add(self.until(&mut window, Screen::has_page)?);
        times.entries.add(self.until(&mut window, Screen::has_entries)?);
        window.end()
    }

    /// On a display that the last one has left.
    fn start_program(&self, program: &Path) -> Result<Process> {
        let began = Instant::now();
        while !self.screen.is_empty()? {
            if began.elapsed() > PATIENCE {
                return Err("the display did not become empty".into());
            }
            thread::sleep(PAUSE);
        }
        Process::start(program, self.environment())
    }

    /// From the start of the process until this is so.
    fn until(&self, window: &mut Process, is_so: fn(&Screen) -> Result<bool>) -> Result<Duration> {
        while !is_so(&self.screen)? {
            if window.has_ended()? || window.began.elapsed() > PATIENCE {
                return Err("a window did not show what was waited for".into());
            }
            thread::sleep(PAUSE);
        }
        Ok(window.began.elapsed())
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
