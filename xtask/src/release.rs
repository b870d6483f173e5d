//! The release binary, which must not have the door that tests and the demo come in by.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{demo, place, program::Program, say, ui};

/// What stands in every binary with the test door: the IT Glue client's marker, and the start of
/// the names of the variables that automation reads.
const MARKERS: [&str; 2] = ["itglue-test-door-is-open", "USHER_TEST_"];

/// Builds the release and refuses it if a marker is found. The build with the door is searched
/// too: if the markers are not found there, finding none in the release would mean nothing.
pub(crate) fn run() -> Result<()> {
    ui::build_if_stale()?;
    demo::build_app(&[])?;
    let control = found_in(&demo::app("debug"))?;
    if control.len() < MARKERS.len() {
        bail!("the search is blind: the build with the test door shows only {control:?}");
    }
    Program::cargo().args(["build", "-p", "usher", "--release"]).run()?;
    let release = place::target().join("release").join(place::executable("usher"));
    let found = found_in(&release)?;
    if !found.is_empty() {
        bail!("{} holds the test door: {found:?}", release.display());
    }
    say::line(format!("{} holds none of {MARKERS:?}", release.display()));
    Ok(())
}

fn found_in(binary: &Path) -> Result<Vec<&'static str>> {
    let bytes = fs::read(binary).with_context(|| format!("cannot read {}", binary.display()))?;
    Ok(markers_in(&bytes))
}

fn markers_in(bytes: &[u8]) -> Vec<&'static str> {
    let holds = |marker: &&str| bytes.windows(marker.len()).any(|part| part == marker.as_bytes());
    MARKERS.into_iter().filter(holds).collect()
}

#[cfg(test)]
mod tests {
    use super::{MARKERS, markers_in};

    #[test]
    fn a_marker_is_found_between_other_bytes() {
        for marker in MARKERS {
            let bytes = [b"\0\xff".as_slice(), marker.as_bytes(), b"x"].concat();
            assert_eq!(markers_in(&bytes), [marker]);
        }
    }

    #[test]
    fn other_bytes_hold_none() {
        assert!(markers_in(b"USHER_THEME itglue-test-door").is_empty());
    }
}
