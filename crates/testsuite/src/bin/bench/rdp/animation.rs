//! A display on which everything changes all the time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use usher_testsuite::Result;
use x11rb::{
    connection::Connection as _,
    protocol::xproto::{
        ChangeGCAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, Rectangle, WindowClass,
    },
    rust_connection::RustConnection,
};

/// 25 pictures a second, more than the host takes.
const BETWEEN: Duration = Duration::from_millis(40);
/// Fields of the picture: 32 x 24 pixels on a display of 1,024 x 768.
const FIELD: (u16, u16) = (32, 24);

/// Draws until dropped.
pub(super) struct Animation {
    stop: Arc<AtomicBool>,
    drawn: Arc<AtomicUsize>,
    thread: Option<JoinHandle<Result<()>>>,
}

impl Animation {
    /// Covers this display with a window and draws on it.
    pub(super) fn start(display: &str) -> Result<Self> {
        let (connection, screen) = x11rb::connect(Some(display))?;
        let (stop, drawn) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (told, counted) = (Arc::clone(&stop), Arc::clone(&drawn));
        let thread = thread::spawn(move || draw(&connection, screen, &told, &counted));
        Ok(Self { stop, drawn, thread: Some(thread) })
    }

    /// Pictures so far.
    pub(super) fn drawn(&self) -> usize {
        self.drawn.load(Ordering::Relaxed)
    }
}

impl Drop for Animation {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // What it met shows in the number of pictures.
        drop(self.thread.take().map(JoinHandle::join));
    }
}

fn draw(
    connection: &RustConnection,
    screen: usize,
    stop: &AtomicBool,
    drawn: &AtomicUsize,
) -> Result<()> {
    let root = connection.setup().roots.get(screen).ok_or("no screen")?;
    let (width, height) = (root.width_in_pixels, root.height_in_pixels);
    let window = connection.generate_id()?;
    let look = CreateWindowAux::new().override_redirect(1);
    let (depth, visual) = (root.root_visual, WindowClass::INPUT_OUTPUT);
    connection.create_window(0, window, root.root, 0, 0, width, height, 0, visual, depth, &look)?;
    connection.map_window(window)?;
    let pen = connection.generate_id()?;
    connection.create_gc(pen, window, &CreateGCAux::new())?;
    let mut colour = 0x0012_3456_u32;
    while !stop.load(Ordering::Relaxed) {
        for top in (0..height).step_by(usize::from(FIELD.1)) {
            for left in (0..width).step_by(usize::from(FIELD.0)) {
                // A generator's next number (Numerical Recipes): no two pictures are alike.
                colour = colour.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let look = ChangeGCAux::new().foreground(colour >> 8);
                connection.change_gc(pen, &look)?;
                let (x, y) = (i16::try_from(left)?, i16::try_from(top)?);
                let field = Rectangle { x, y, width: FIELD.0, height: FIELD.1 };
                connection.poly_fill_rectangle(window, pen, &[field])?;
            }
        }
        connection.flush()?;
        drawn.fetch_add(1, Ordering::Relaxed);
        thread::sleep(BETWEEN);
    }
    Ok(())
}
