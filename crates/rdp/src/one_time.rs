//! The credential that a client is started with: random, for one session, worthless elsewhere.

use sspi::{AuthIdentity, Username};
use usher_core::Secret;
use zeroize::Zeroizing;

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const USER_LENGTH: usize = 8;
/// 32 characters of 62 kinds: 190 bits.
const PASSWORD_LENGTH: usize = 32;

/// A one-time credential, once for the client and once for our own `CredSSP` acceptor.
pub(crate) struct OneTime {
    pub(crate) user: String,
    pub(crate) password: Secret,
    pub(crate) accepted: AuthIdentity,
}

impl OneTime {
    /// A fresh one; `None` if the OS gives no randomness.
    pub(crate) fn new() -> Option<Self> {
        let user = ["ot-", &random_text(USER_LENGTH)?].concat();
        let password = random_text(PASSWORD_LENGTH)?;
        let accepted = AuthIdentity {
            username: Username::parse(&user).ok()?,
            password: password.as_str().to_owned().into(),
        };
        Some(Self { user, password: Secret::new(password.as_str().to_owned()), accepted })
    }
}

fn random_text(length: usize) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(length));
    while text.len() < length {
        let mut bytes = Zeroizing::new([0_u8; 64]);
        getrandom::fill(bytes.as_mut()).ok()?;
        // 248 is the highest multiple of 62 in a byte: above it, some characters would be likelier.
        let even = bytes.iter().filter(|byte| **byte < 248);
        let letters = even.filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()));
        let missing = length - text.len();
        text.extend(letters.take(missing).map(|letter| char::from(*letter)));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sessions_share_nothing() {
        let (first, second) = (OneTime::new().unwrap(), OneTime::new().unwrap());
        assert_ne!(first.user, second.user);
        // EXPOSE: the test compares two one-time passwords
        assert_ne!(first.password.expose(), second.password.expose());
    }

    #[test]
    fn it_is_letters_and_digits_of_the_promised_length() {
        let one_time = OneTime::new().unwrap();
        assert_eq!(one_time.user.len(), 11);
        // EXPOSE: the test looks at the shape of a one-time password
        let password = one_time.password.expose();
        assert_eq!(password.len(), 32);
        assert!(password.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}
