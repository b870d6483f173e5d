//! IT Glue's free-text user names, brought into the one form a host expects.

/// Whom we sign in as: a user name and, where one was given, its domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName {
    /// The domain or machine: `CORP` of `CORP\adm`. `.` stands for the host itself.
    pub domain: Option<String>,
    /// The account: `adm`, or a whole `adm@corp.example`.
    pub user: String,
}

/// Why some text cannot be signed in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAUserName {
    /// The record has no user name.
    #[error("empty")]
    Empty,
    /// More than 256 characters.
    #[error("too long")]
    TooLong,
    /// A control character, a line break or a second backslash.
    #[error("holds a character that no user name has")]
    Character,
}

impl UserName {
    /// Reads `DOMAIN\user`, `.\user`, `user@domain` or `user`; spaces around it are dropped.
    ///
    /// # Errors
    /// [`NotAUserName`] for an empty, overlong or unsafe name; the record's owner must correct it.
    pub fn parse(text: &str) -> Result<Self, NotAUserName> {
        let text = text.trim();
        check(text)?;
        match text.split_once('\\') {
            None => Ok(Self { domain: None, user: text.to_owned() }),
            Some((_, user)) if user.is_empty() || user.contains('\\') => {
                Err(NotAUserName::Character)
            }
            Some(("", user)) => Ok(Self { domain: None, user: user.to_owned() }),
            Some((domain, user)) => {
                Ok(Self { domain: Some(domain.to_owned()), user: user.to_owned() })
            }
        }
    }

    /// As a person reads it: `CORP\adm`.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.domain {
            Some(domain) => format!("{domain}\\{}", self.user),
            None => self.user.clone(),
        }
    }
}

fn check(text: &str) -> Result<(), NotAUserName> {
    if text.is_empty() {
        return Err(NotAUserName::Empty);
    }
    if text.chars().count() > 256 {
        return Err(NotAUserName::TooLong);
    }
    let unsafe_character = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.chars().any(unsafe_character) { Err(NotAUserName::Character) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spelling_gives_domain_and_user() {
        for (text, shown) in [
            ("CORP\\adm", "CORP\\adm"),
            (" .\\admin ", ".\\admin"),
            ("adm@corp.example", "adm@corp.example"),
            ("\\adm", "adm"),
            ("admin", "admin"),
        ] {
            assert_eq!(UserName::parse(text).map(|n| n.shown()), Ok(shown.to_owned()));
        }
    }

    #[test]
    fn unsafe_names_are_refused() {
        assert_eq!(UserName::parse("  "), Err(NotAUserName::Empty));
        assert_eq!(UserName::parse("a\nb"), Err(NotAUserName::Character));
        assert_eq!(UserName::parse("a\\b\\c"), Err(NotAUserName::Character));
        assert_eq!(UserName::parse("CORP\\"), Err(NotAUserName::Character));
        assert_eq!(UserName::parse(&"a".repeat(257)), Err(NotAUserName::TooLong));
    }
}
