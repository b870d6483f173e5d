use usher_sandbox::display::Display;

#[test]
fn two_displays_stand_side_by_side_and_can_be_looked_at() {
    let first = Display::start(320, 200).unwrap();
    let second = Display::start(640, 480).unwrap();
    assert_ne!(first.name(), second.name());
    assert_eq!(first.picture().unwrap().size(), (320, 200));
    let picture = second.picture().unwrap();
    assert_eq!(picture.size(), (640, 480));
    assert_eq!(picture.at(0, 0), Some([0, 0, 0]));
    assert_eq!(picture.at(640, 0), None);
}

/// The socket of a display as the kernel lists it, with an inode that is not given twice.
fn socket(name: &str) -> Option<String> {
    let end = format!(" @/tmp/.X11-unix/X{}", name.trim_start_matches(':'));
    let sockets = std::fs::read_to_string("/proc/net/unix").unwrap();
    let listens = |line: &&str| line.ends_with(&end) && line.contains(" 00010000 ");
    sockets.lines().find(listens).map(str::to_owned)
}

#[test]
fn a_display_ends_with_its_owner() {
    let display = Display::start(320, 200).unwrap();
    let name = display.name().to_owned();
    let own = socket(&name);
    assert!(own.is_some());
    drop(display);
    // Another test may have been given the same number meanwhile.
    assert_ne!(socket(&name), own);
}
