//! Where the key comes from.

use std::{
    env::{self, VarError},
    ffi::OsStr,
    io::{self, BufRead as _, IsTerminal as _, Read as _},
};

use itglue::{ApiKey, InvalidApiKey};
use zeroize::Zeroizing;

use crate::{failure::Failure, say};

const VARIABLE: &str = "ITGLUE_API_KEY";
/// What keys begin with, however they came to stand in an argument.
const START: &str = "ITG.";
/// Longer than any key.
const ROOM: usize = 2 * ApiKey::MAX_LEN;

/// Whether an argument looks like a key, alone or after `--option=`.
pub(crate) fn is_named_in(word: &OsStr) -> bool {
    let word = word.to_string_lossy();
    word.starts_with(START)
        || word.split_once('=').is_some_and(|(_, value)| value.starts_with(START))
}

/// From the environment, or else from standard input.
pub(crate) fn read() -> Result<ApiKey, Failure> {
    let text = match env::var(VARIABLE) {
        Ok(text) => Zeroizing::new(text),
        Err(VarError::NotUnicode(_)) => return Err(InvalidApiKey::Character.into()),
        Err(VarError::NotPresent) => from_standard_input()?,
    };
    Ok(ApiKey::new(text)?)
}

fn from_standard_input() -> Result<Zeroizing<String>, Failure> {
    let input = io::stdin().lock();
    if io::stdin().is_terminal() {
        say::line(format!("API key ({VARIABLE} is not set; it will be seen as you paste it):"));
    }
    let mut line = Zeroizing::new(Vec::with_capacity(ROOM));
    let most = u64::try_from(ROOM).unwrap_or(u64::MAX);
    input.take(most).read_until(b'\n', &mut line)?;
    let text = str::from_utf8(&line).map_err(|_| InvalidApiKey::Character)?;
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}
