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
/// Fields of the picture: 4 x 4 pixels, about as much detail as text has.
const FIELD: u16 = 4;
/// Colours of a picture; the fields of one are drawn with one request.
const COLOURS: usize = 16;

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
    let mut random = 0x0012_3456_u32;
    while !stop.load(Ordering::Relaxed) {
        for fields in picture(&mut random, width, height)? {
            let look = ChangeGCAux::new().foreground(next(&mut random));
            connection.change_gc(pen, &look)?;
            connection.poly_fill_rectangle(window, pen, &fields)?;
        }
        connection.flush()?;
        drawn.fetch_add(1, Ordering::Relaxed);
        thread::sleep(BETWEEN);
    }
    Ok(())
}

/// All fields of a picture, by their colour.
fn picture(random: &mut u32, width: u16, height: u16) -> Result<Vec<Vec<Rectangle>>> {
    let mut colours = vec![Vec::new(); COLOURS];
    for top in (0..height).step_by(usize::from(FIELD)) {
        for left in (0..width).step_by(usize::from(FIELD)) {
            let (x, y) = (i16::try_from(left)?, i16::try_from(top)?);
            let colour = usize::try_from(next(random))? % COLOURS;
            let field = Rectangle { x, y, width: FIELD, height: FIELD };
            colours.get_mut(colour).ok_or("a colour")?.push(field);
        }
    }
    Ok(colours)
}

/// 24 bits of a generator's next number (Numerical Recipes): no two pictures are alike.
fn next(random: &mut u32) -> u32 {
    *random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *random >> 8
}
