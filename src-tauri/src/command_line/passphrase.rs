//! A passphrase from the terminal: unseen, and from nowhere else. Arguments and environments can be
//! read by others.

use std::io;

use usher_broker::protocol::SecretText;
use zeroize::Zeroizing;

/// Asks for it.
pub(super) fn ask(name: &str) -> io::Result<SecretText> {
    let typed = rpassword::prompt_password(format!("Passphrase of {name}: "))?;
    Ok(SecretText::new(Zeroizing::new(typed)))
}
