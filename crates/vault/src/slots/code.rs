//! Codes on paper: Crockford's base 32 in groups, forgiving to read, with check characters.

use sha2::{Digest, Sha256};
use usher_core::Secret;
use zeroize::Zeroizing;

use crate::seal::{Canonical, SealError, random};

/// Crockford's digits: no I, L, O or U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a code is for; one kind never reads as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeKind {
    /// 128 bits and two check characters: seven groups of four.
    RecoveryKit,
    /// 120 bits and one check character: five groups of five.
    Enrolment,
}

/// A code's random bytes.
pub(crate) struct Code {
    kind: CodeKind,
    bytes: Zeroizing<Vec<u8>>,
}

impl CodeKind {
    const fn bytes(self) -> usize {
        match self {
            Self::RecoveryKit => 16,
            Self::Enrolment => 15,
        }
    }

    const fn checks(self) -> usize {
        match self {
            Self::RecoveryKit => 2,
            Self::Enrolment => 1,
        }
    }

    const fn group(self) -> usize {
        match self {
            Self::RecoveryKit => 4,
            Self::Enrolment => 5,
        }
    }

    const fn purpose(self) -> &'static str {
        match self {
            Self::RecoveryKit => "usher/recovery-kit/v1",
            Self::Enrolment => "usher/enrolment-code/v1",
        }
    }
}

impl Code {
    /// A fresh code.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub(crate) fn generate(kind: CodeKind) -> Result<Self, SealError> {
        let bytes = random::<16>()?;
        let bytes = Zeroizing::new(bytes.iter().copied().take(kind.bytes()).collect());
        Ok(Self { kind, bytes })
    }

    /// The code that somebody typed. Case, spaces and hyphens do not matter; O reads as 0, I and L
    /// as 1. None where it is mistyped.
    pub(crate) fn read(kind: CodeKind, typed: &Secret) -> Option<Self> {
        // EXPOSE: the code's characters become the bytes that open a slot; both are wiped
        let letters = typed.expose().chars().filter(|c| !c.is_whitespace() && !is_dash(*c));
        let digits: Option<Vec<u8>> = letters.map(digit).collect();
        let digits = Zeroizing::new(digits?);
        let bits = kind.bytes().checked_mul(8)?;
        let (data, checks) = digits.split_at_checked(bits.div_ceil(5))?;
        let code = Self { kind, bytes: bytes_of(data, kind.bytes())? };
        (code.check() == checks).then_some(code)
    }

    /// The characters to print, in groups with hyphens.
    pub(crate) fn print(&self) -> Secret {
        let digits = Zeroizing::new([digits_of(&self.bytes).as_slice(), &self.check()].concat());
        let mut text = String::with_capacity(64);
        for (at, digit) in digits.iter().enumerate() {
            if at > 0 && at.is_multiple_of(self.kind.group()) {
                text.push('-');
            }
            text.push(letter(*digit));
        }
        Secret::new(text)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Catches a mistyped code; it says nothing about the code that the code does not say.
    fn check(&self) -> Vec<u8> {
        let message = Zeroizing::new(Canonical::of(self.kind.purpose()).bytes(&self.bytes).done());
        let hash: [u8; 32] = Sha256::digest(&message).into();
        hash.iter().take(self.kind.checks()).map(|byte| byte & 31).collect()
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn letter(digit: u8) -> char {
    DIGITS.get(usize::from(digit)).copied().map_or('0', char::from)
}

fn digit(letter: char) -> Option<u8> {
    let plain = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = DIGITS.iter().position(|digit| char::from(*digit) == plain)?;
    u8::try_from(at).ok()
}

/// Five bits at a time, the last digit filled up with zeros.
fn digits_of(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut digits = Zeroizing::new(Vec::with_capacity(32));
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            digits.push(low(held >> bits) & 31);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        digits.push(low(held << (5 - bits)) & 31);
    }
    digits
}

/// The bytes back; none where the bits that fill the last digit up are not zero.
fn bytes_of(digits: &[u8], wanted: usize) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(wanted));
    let (mut held, mut bits) = (0_u32, 0_u32);
    for digit in digits {
        held = (held << 5) | u32::from(*digit);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(low(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    (held == 0 && bytes.len() == wanted).then_some(bytes)
}

/// The lowest eight bits.
fn low(bits: u32) -> u8 {
    let [.., last] = bits.to_be_bytes();
    last
}
