//! What of a handoff reaches a command line or a window: parsed once more, whoever it came from.

use usher_core::one_line;
use usher_core::ports::Handoff;

use crate::error::StartError;

/// Longer titles are cut; windows show less than this anyway.
const TITLE_LENGTH: usize = 200;

/// An injector's handoff is a loopback address and letters, digits and hyphens; anything else would
/// reach a machine or an option that is not meant.
pub(crate) fn check(handoff: &Handoff) -> Result<(), StartError> {
    let plain = |text: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !text.is_empty() && !text.starts_with('-') && text.bytes().all(allowed)
    };
    // EXPOSE: the one-time password must be a single line, or it would answer other questions too
    let one_line = plain(handoff.password.expose());
    if handoff.address.ip().is_loopback() && plain(&handoff.user) && one_line {
        Ok(())
    } else {
        Err(StartError::NotAHandoff)
    }
}

/// The title as one line. It is only shown, so what cannot be shown becomes a space.
pub(crate) fn title(text: &str) -> String {
    one_line(text, TITLE_LENGTH)
}
