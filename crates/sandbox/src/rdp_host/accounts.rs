//! The host's accounts: a SAM file, as `FreeRDP`'s server reads it at each sign-in.

use std::{fs, io, path::Path};

use md4::{Digest, Md4};

use crate::program::SandboxError;

/// Users and passwords of a throw-away host.
pub(crate) struct Accounts(Vec<(String, String)>);

impl Accounts {
    pub(crate) fn new(users: &[(&str, &str)]) -> Result<Self, SandboxError> {
        let mut accounts = Self(Vec::new());
        for (user, password) in users {
            accounts.set(user, password)?;
        }
        Ok(accounts)
    }

    /// Adds a user or changes its password.
    pub(crate) fn set(&mut self, user: &str, password: &str) -> Result<(), SandboxError> {
        if user.is_empty() || user.contains([':', '\r', '\n', '\0']) {
            return Err(SandboxError::UserName);
        }
        self.0.retain(|(known, _)| known != user);
        self.0.push((user.to_owned(), nt_hash(password)));
        Ok(())
    }

    /// Replaces the file at once, since the server may be reading it.
    pub(crate) fn save(&self, file: &Path) -> io::Result<()> {
        let mut lines = String::new();
        for (user, hash) in &self.0 {
            // user, domain, LM hash, NT hash; the second and third are not needed.
            lines.extend([
                user, ":::", hash, ":::
",
            ]);
        }
        let new = file.with_extension("new");
        fs::write(&new, lines)?;
        fs::rename(&new, file)
    }
}

/// MD4 over UTF-16LE: the form in which NTLM keeps a password.
fn nt_hash(password: &str) -> String {
    let utf16: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut text = String::with_capacity(32);
    for byte in Md4::digest(utf16) {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(digit.into(), 16));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_microsoft_publishes() {
        // The example of MS-NLMP 4.2.2.1.2: the word "Password".
        assert_eq!(nt_hash("Password"), "a4f49c406510bdcab6824ee7c30fd852");
    }

    #[test]
    fn names_that_would_break_the_file_are_refused() {
        for user in ["", "a:b", "a\nb"] {
            assert!(matches!(Accounts::new(&[(user, "x")]), Err(SandboxError::UserName)));
        }
    }
}
