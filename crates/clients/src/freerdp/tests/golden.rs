//! The arguments of each kind of client under each kind of policy, as one file to read.

use std::fmt::Write as _;

use expect_test::expect_file;
use usher_core::entry::{Clipboard, Device, DevicePolicy, Display, Pixels, WindowSize};

use super::super::{arguments, dialect};
use super::handoff;
use crate::abilities::{Abilities, HeldBack, Version};

fn clients() -> [(&'static str, Abilities); 5] {
    let told =
        |major, minor, patch| dialect::abilities(Some(Version { major, minor, patch }), false);
    [
        ("FreeRDP 2.11.7", told(2, 11, 7)),
        ("FreeRDP 3.32.2, the last that is not trusted with files", told(3, 32, 2)),
        ("FreeRDP 3.32.3", told(3, 32, 3)),
        ("does not tell, named xfreerdp", dialect::abilities(None, false)),
        ("does not tell, named xfreerdp3", dialect::abilities(None, true)),
    ]
}

pub(super) fn policies() -> [(&'static str, DevicePolicy); 4] {
    [
        ("nothing", DevicePolicy::nothing()),
        ("as an entry is by itself", DevicePolicy::default()),
        ("everything", DevicePolicy::new(Device::ALL, Clipboard::TextAndFiles)),
        ("everything but files", DevicePolicy::new(Device::ALL, Clipboard::Text)),
    ]
}

pub(super) fn displays() -> [(&'static str, Display); 4] {
    let size = |width, height| WindowSize::Pixels(Pixels::new(width, height).expect("fits"));
    let display = Display { dynamic_resolution: false, ..Display::default() };
    let full = WindowSize::FullScreen;
    [
        ("as the client does", display),
        ("full screen", Display { size: full, ..display }),
        ("full screen on all monitors", Display { size: full, all_monitors: true, ..display }),
        (
            "1600 x 900 and then as resized",
            Display { size: size(1600, 900), all_monitors: true, dynamic_resolution: true },
        ),
    ]
}

/// A computer with one of each port.
fn is_there(device: &str) -> bool {
    ["/dev/ttyS0", "/dev/lp0"].contains(&device)
}

fn told(able: &Abilities, policy: &DevicePolicy, display: Display) -> String {
    let mut handoff = handoff("CLIENT · HOST · ACCOUNT");
    (handoff.devices, handoff.display) = (policy.clone(), display);
    let arguments = arguments::of(&handoff, able, is_there).expect("a handoff");
    let mut text = arguments.join("\n");
    writeln!(text, "\nheld back: {:?}\n", able.held_back(policy)).expect("text");
    text
}

#[test]
fn each_client_is_asked_for_what_the_policy_allows_and_it_is_trusted_with() {
    let mut text = String::new();
    for (client, able) in clients() {
        for (name, policy) in policies() {
            writeln!(text, "== {client}; {name}").expect("text");
            text += &told(&able, &policy, Display::default());
        }
    }
    let able = clients()[0].1;
    for (name, display) in displays() {
        writeln!(text, "== FreeRDP 2.11.7; window: {name}").expect("text");
        text += &told(&able, &DevicePolicy::nothing(), display);
    }
    expect_file!["arguments.txt"].assert_eq(&text);
}

/// The version gate, whatever the file above says.
#[test]
fn a_client_that_is_not_trusted_with_files_is_never_asked_for_any() {
    let everything = DevicePolicy::new(Device::ALL, Clipboard::TextAndFiles);
    for (client, able) in clients() {
        let told = told(&able, &everything, Display::default());
        let files = told.contains("+drives") || told.contains("files-to:all");
        assert_eq!(files, client == "FreeRDP 3.32.3", "{client}: {told}");
        // Who asks for the whole clipboard has the injector strike its files.
        let held = able.held_back(&everything);
        for what in [HeldBack::Drives, HeldBack::ClipboardFiles] {
            assert_eq!(held.contains(&what), !files, "{client}: {held:?}");
        }
    }
}

#[test]
fn every_client_has_text_in_its_clipboard_wherever_the_entry_allows_it() {
    for (client, able) in clients() {
        for (name, policy) in policies() {
            let told = told(&able, &policy, Display::default());
            let off = told.lines().any(|argument| argument == "-clipboard");
            assert_eq!(off, policy.clipboard == Clipboard::Off, "{client}; {name}");
        }
    }
}
