//! The credential that a client is started with: random, for one session, worthless elsewhere.

mod gate;

use sspi::{AuthIdentity, Username};
use usher_core::Secret;
use zeroize::Zeroizing;

pub(crate) use gate::Gate;

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// Capitals and digits that nobody takes for another: without 0 and O, 1, l and I.
const UNAMBIGUOUS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// The same for the name, in small letters.
const NAME: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const USER_LENGTH: usize = 8;
/// 32 characters of 62 kinds: 190 bits.
const PASSWORD_LENGTH: usize = 32;
/// 8 characters of 32 kinds: 40 bits, of which 3 guesses are allowed.
const TYPED_LENGTH: usize = 8;

/// A one-time credential, once for the client and once for our own `CredSSP` acceptor.
pub(crate) struct OneTime {
    pub(crate) user: String,
    pub(crate) password: Secret,
    pub(crate) gate: Gate,
}

impl OneTime {
    /// A fresh one that is handed to a program; good as long as its session. `None` if the OS gives
    /// no randomness.
    pub(crate) fn handed() -> Option<Self> {
        Self::made(&random_text(ALPHABET, PASSWORD_LENGTH)?, Gate::handed)
    }

    /// A fresh one that a person types: single use, for 120 seconds, dead after 3 wrong tries. `None`
    /// if the OS gives no randomness.
    pub(crate) fn typed() -> Option<Self> {
        Self::made(&random_text(UNAMBIGUOUS, TYPED_LENGTH)?, Gate::typed)
    }

    fn made(password: &Zeroizing<String>, gate: fn(AuthIdentity) -> Gate) -> Option<Self> {
        let name = random_text(NAME, USER_LENGTH)?;
        let user = ["ot-", &name].concat();
        let accepted = AuthIdentity {
            username: Username::parse(&user).ok()?,
            password: password.as_str().to_owned().into(),
        };
        Some(Self {
            user,
            password: Secret::new(password.as_str().to_owned()),
            gate: gate(accepted),
        })
    }
}

fn random_text(alphabet: &[u8], length: usize) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(length));
    // Above the highest multiple of the alphabet in a byte some characters would be likelier.
    let even = 256 - 256 % alphabet.len();
    while text.len() < length {
        let mut bytes = Zeroizing::new([0_u8; 64]);
        getrandom::fill(bytes.as_mut()).ok()?;
        let bytes = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < even);
        let letters = bytes.filter_map(|byte| alphabet.get(byte % alphabet.len()));
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
        for make in [OneTime::handed, OneTime::typed] {
            let (first, second) = (make().unwrap(), make().unwrap());
            assert_ne!(first.user, second.user);
            // EXPOSE: the test compares two one-time passwords
            assert_ne!(first.password.expose(), second.password.expose());
        }
    }

    #[test]
    fn it_is_letters_and_digits_of_the_promised_length() {
        let one_time = OneTime::handed().unwrap();
        assert_eq!(one_time.user.len(), 11);
        // EXPOSE: the test looks at the shape of a one-time password
        let password = one_time.password.expose();
        assert_eq!(password.len(), 32);
        assert!(password.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }

    #[test]
    fn what_is_typed_cannot_be_misread() {
        for _ in 0..200 {
            let one_time = OneTime::typed().unwrap();
            // EXPOSE: the test looks at the shape of a code
            let code = one_time.password.expose();
            assert_eq!(code.len(), 8);
            let clear = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
            assert!(code.chars().all(|c| clear(c) && !"0O1lI".contains(c)), "{code}");
            let name = one_time.user.strip_prefix("ot-").unwrap();
            assert!(!name.contains(['0', 'o', '1', 'l', 'i']), "{name}");
        }
    }
}
