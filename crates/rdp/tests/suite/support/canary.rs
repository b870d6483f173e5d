//! Text that stands nowhere but where a test put it.

/// The label and 16 random letters.
pub(crate) fn canary(label: &str) -> String {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).expect("randomness");
    let letters = bytes.iter().map(|byte| char::from(b'a' + byte % 26));
    format!("{label}-{}", letters.collect::<String>())
}
