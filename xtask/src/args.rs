//! What was typed: a command, perhaps a name, and flags.

use std::env;

/// Words without a leading dash in order, and the flags among them in any order.
pub(crate) struct Args {
    words: Vec<String>,
    flags: Vec<String>,
}

impl Args {
    pub(crate) fn from_env() -> Self {
        Self::new(env::args().skip(1))
    }

    fn new(typed: impl Iterator<Item = String>) -> Self {
        let (flags, words) = typed.partition(|word| word.starts_with('-'));
        Self { words, flags }
    }

    pub(crate) fn command(&self) -> Option<&str> {
        self.words.first().map(String::as_str)
    }

    /// The word after the command.
    pub(crate) fn name(&self) -> Option<&str> {
        self.words.get(1).map(String::as_str)
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|typed| typed == flag)
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    #[test]
    fn flags_may_stand_anywhere() {
        let args = Args::new(["bench", "--json", "spine"].map(str::to_owned).into_iter());
        assert_eq!(args.command(), Some("bench"));
        assert_eq!(args.name(), Some("spine"));
        assert!(args.has("--json"));
        assert!(!args.has("--check"));
    }
}
