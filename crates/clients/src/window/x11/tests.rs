//! A window manager that does as it is asked, one that does not, and none.

use std::sync::mpsc;
use std::thread;

use x11rb::COPY_DEPTH_FROM_PARENT;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{ChangeWindowAttributesAux, CreateWindowAux, PropMode, WindowClass};
use x11rb::wrapper::ConnectionExt as _;

use super::*;
use crate::support::Display;

pub(crate) fn raised_on(display: &str, process: u32) -> Result<(), NotRaised> {
    raise_on(Some(display), process).expect("the X server answers")
}

/// The titles of the windows that are shown, the foremost first; none where one went meanwhile.
pub(crate) fn titles_on(display: &str) -> Vec<String> {
    titles(display).unwrap_or_default()
}

fn titles(display: &str) -> Result<Vec<String>, XError> {
    let desktop = desktop(display)?;
    let name = desktop.connection.intern_atom(false, b"_NET_WM_NAME")?.reply()?.atom;
    let mut titles = Vec::new();
    for window in desktop.on_top()? {
        let asked =
            desktop.connection.get_property(false, window, name, AtomEnum::ANY, 0, u32::MAX)?;
        titles.push(String::from_utf8_lossy(&asked.reply()?.value).into_owned());
    }
    Ok(titles)
}

fn desktop(display: &str) -> Result<Desktop, XError> {
    let (connection, screen) = x11rb::connect(Some(display))?;
    let root = connection.setup().roots[screen].root;
    let atoms = Atoms::new(&connection)?.reply()?;
    Ok(Desktop { connection, root, atoms })
}

/// A window of this process, shown.
fn window(desktop: &Desktop) -> Window {
    let window = desktop.connection.generate_id().expect("an id");
    let none = CreateWindowAux::new();
    let (class, depth) = (WindowClass::INPUT_OUTPUT, COPY_DEPTH_FROM_PARENT);
    let connection = &desktop.connection;
    connection
        .create_window(depth, window, desktop.root, 0, 0, 50, 50, 0, class, 0, &none)
        .expect("asked");
    property(desktop, window, desktop.atoms.WM_PID, AtomEnum::CARDINAL, std::process::id());
    connection.map_window(window).expect("asked").check().expect("shown");
    window
}

fn property(desktop: &Desktop, of: Window, name: u32, kind: AtomEnum, value: u32) {
    let connection = &desktop.connection;
    let changed = connection.change_property32(PropMode::REPLACE, of, name, kind, &[value]);
    changed.expect("asked").check().expect("changed");
}

/// Plays the window manager until it was asked once.
fn manage(display: &str, window: Window, obeys: bool) -> thread::JoinHandle<()> {
    let (ready, waits) = mpsc::channel();
    let display = display.to_owned();
    let manager = thread::spawn(move || {
        let desktop = desktop(&display).expect("the X server answers");
        let (root, atoms) = (desktop.root, desktop.atoms);
        let asks = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_REDIRECT);
        let asked = desktop.connection.change_window_attributes(root, &asks);
        asked.expect("asked").check().expect("the only manager");
        property(&desktop, root, atoms.SUPPORTING_WM_CHECK, AtomEnum::WINDOW, root);
        property(&desktop, root, atoms.CLIENT_LIST, AtomEnum::WINDOW, window);
        ready.send(()).expect("somebody waits");
        loop {
            let event = desktop.connection.wait_for_event().expect("the X server lives");
            if let Event::ClientMessage(wish) = event {
                assert_eq!((wish.window, wish.type_), (window, atoms.ACTIVE_WINDOW));
                if obeys {
                    let name = atoms.ACTIVE_WINDOW;
                    property(&desktop, root, name, AtomEnum::WINDOW, window);
                }
                return;
            }
        }
    });
    waits.recv().expect("it manages");
    manager
}

#[tokio::test]
async fn a_window_manager_is_asked_and_what_it_does_is_told() {
    let display = Display::start().await;
    let ours = desktop(&display.name).expect("the X server answers");
    let window = window(&ours);
    for (obeys, told) in [(false, Err(NotRaised::Refused)), (true, Ok(()))] {
        let manager = manage(&display.name, window, obeys);
        assert_eq!(raised_on(&display.name, std::process::id()), told);
        manager.join().expect("it was asked for this window");
    }
}

#[tokio::test]
async fn without_a_window_manager_it_is_raised_by_hand() {
    let display = Display::start().await;
    let ours = desktop(&display.name).expect("the X server answers");
    let (first, second) = (window(&ours), window(&ours));
    assert_eq!(ours.on_top().unwrap(), [second, first]);
    ours.connection.destroy_window(second).expect("asked");
    let second = window(&ours);
    property(&ours, second, ours.atoms.WM_PID, AtomEnum::CARDINAL, 1);
    assert_eq!(raised_on(&display.name, std::process::id()), Ok(()));
    assert_eq!(ours.on_top().unwrap(), [first, second], "another process' window is left behind");
}

#[tokio::test]
async fn a_process_without_a_window_is_told_so() {
    let display = Display::start().await;
    assert_eq!(raised_on(&display.name, std::process::id()), Err(NotRaised::NoWindow));
    assert!(raise_on(Some("nowhere"), 1).is_err());
}
