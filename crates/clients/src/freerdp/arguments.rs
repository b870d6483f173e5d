//! The command line: one value per argument, nothing secret.

use usher_core::ports::Handoff;

use super::Generation;
use crate::error::StartError;

/// Longer titles are cut; window managers show less than this anyway.
const TITLE_LENGTH: usize = 200;

/// The arguments for a handoff.
pub(super) fn of(handoff: &Handoff, generation: Generation) -> Result<Vec<String>, StartError> {
    check(handoff)?;
    let fixed = [
        // The password comes on stdin, never as `/p:`.
        "/from-stdin:force",
        "/sec:nla",
        "/dynamic-resolution",
        "-drives",
        "-home-drive",
        clipboard(generation),
        "/log-level:WARN",
    ];
    let mut arguments = vec![
        format!("/v:{}", handoff.address),
        format!("/u:{}", handoff.user),
        format!("/cert:fingerprint:sha256:{}", fingerprint(&handoff.certificate_sha256)),
        format!("/t:{}", title(&handoff.title)),
    ];
    arguments.extend(fixed.map(str::to_owned));
    Ok(arguments)
}

/// Text only. `FreeRDP` 2 cannot have text without files, so there it is off.
fn clipboard(generation: Generation) -> &'static str {
    match generation {
        Generation::Three => "/clipboard:direction-to:all,files-to:off",
        Generation::TwoOrThree => "-clipboard",
    }
}

/// An injector's handoff is a loopback address and letters, digits and hyphens; anything else would
/// reach a machine or an option that is not meant.
fn check(handoff: &Handoff) -> Result<(), StartError> {
    let plain = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    // EXPOSE: the one-time password must be a single line, or it would answer other questions too
    let one_line = plain(handoff.password.expose());
    if handoff.address.ip().is_loopback() && plain(&handoff.user) && one_line {
        Ok(())
    } else {
        Err(StartError::NotAHandoff)
    }
}

fn fingerprint(sha256: &[u8; 32]) -> String {
    let bytes: Vec<String> = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(":")
}

/// The title as one line. It is only shown, so what cannot be shown becomes a space.
///
/// Direction marks go too: they can make one host's name look like another's.
fn title(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() || is_invisible(c) { ' ' } else { c }
    };
    text.chars().map(shown).take(TITLE_LENGTH).collect::<String>().trim().to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
