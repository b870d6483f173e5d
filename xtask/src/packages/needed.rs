//! The list: which package, and why.

/// One need and the packages that meet it; the first that the system knows is installed.
pub(super) struct Needed {
    pub(super) names: &'static [&'static str],
    pub(super) why: &'static str,
}

const fn need(names: &'static [&'static str], why: &'static str) -> Needed {
    Needed { names, why }
}

/// First what building needs, then running, then the demo and the tests.
pub(super) const NEEDED: &[Needed] = &[
    need(&["build-essential"], "build: compiler and linker for the crates with C in them"),
    need(&["pkg-config"], "build: finds the system's libraries"),
    need(&["libssl-dev"], "build: TLS to RDP hosts that rustls cannot speak with"),
    need(&["file"], "build: tells bundlers what a file is"),
    need(&["libwebkit2gtk-4.1-dev"], "build, run: the app's window"),
    need(&["librsvg2-dev"], "build, run: icons inside the window"),
    need(&["librsvg2-bin"], "build: renders the icon"),
    need(&["xdg-utils"], "run: opens links in the person's browser"),
    need(&["freerdp2-x11", "freerdp3-x11"], "run: the technician's RDP client"),
    need(&["freerdp2-shadow-x11", "freerdp3-shadow-x11"], "demo, test: a real RDP host"),
    need(&["xvfb"], "demo, test: displays without a screen"),
    need(&["xauth"], "demo, test: access to those displays"),
    need(&["xterm"], "demo, test: something to see on the remote desktop"),
    need(&["x11-utils"], "test: lists windows and their titles"),
    need(&["xdotool"], "test: keys and clicks in a client's window"),
    need(&["xclip"], "test: reads the clipboard"),
    need(&["imagemagick"], "test: takes and compares pictures of windows"),
    need(&["fonts-dejavu-core"], "demo, test: without a font, text is boxes"),
    need(&["webkit2gtk-driver"], "demo, test: drives the app's window"),
    need(&["at-spi2-core"], "test: what a screen reader is told"),
    need(&["dbus"], "demo, test: a private session bus"),
    need(&["dbus-x11"], "demo, test: starts that bus without a login session"),
    need(&["gnome-keyring"], "demo, test: a private keyring for the device's secrets"),
    need(&["libsecret-tools"], "test: looks into that keyring from outside"),
    need(&["iproute2"], "test: lists who listens on which port"),
    need(&["procps"], "test: lists processes"),
    need(&["strace"], "test: a disk that fails, one write after another"),
];

/// For building and testing for Windows, from Linux.
pub(super) const FOR_WINDOWS: &[Needed] = &[
    need(&["rustc-web"], "test: a compiler with the standard library's source of its version"),
    need(&["rust-web-src"], "test: that source"),
    need(&["rust-web-clippy"], "test: lints of code for Windows"),
    need(&["gcc-mingw-w64-x86-64-posix"], "test: compiler and linker for C, for Windows"),
    need(&["g++-mingw-w64-x86-64-posix"], "test: the same for C++"),
    need(&["wine"], "test: runs programs for Windows"),
    need(&["wine64"], "test: those for 64 bits"),
];

/// What a TLS-only host needs, for one stage of the tests; never on a person's machine unasked.
pub(super) const FOR_XRDP: &[Needed] = &[
    need(&["xrdp"], "test: a host that takes the credential inside TLS"),
    need(&["xorgxrdp"], "test: the desktops of that host"),
    need(&["openssl"], "test: that host's certificate"),
];

/// For a client that this machine's own release does not have.
pub(super) const FOR_FREERDP3: &[Needed] = &[
    need(&["debootstrap"], "test: a root of Debian 13 with FreeRDP 3 in it"),
    need(&["debian-archive-keyring"], "test: whose signatures such a root must have"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FOR_FREERDP3, FOR_WINDOWS, FOR_XRDP, NEEDED, Needed};

    fn all() -> impl Iterator<Item = &'static Needed> {
        NEEDED.iter().chain(FOR_WINDOWS).chain(FOR_XRDP).chain(FOR_FREERDP3)
    }

    #[test]
    fn each_package_is_listed_once() {
        let all: Vec<_> = all().flat_map(|needed| needed.names).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn each_reason_says_when_and_what_for() {
        for needed in all() {
            let (when, _) = needed.why.split_once(": ").unwrap();
            assert!(when.split(", ").all(|when| ["build", "run", "demo", "test"].contains(&when)));
        }
    }
}
