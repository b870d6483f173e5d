//! Tickets of the helpdesk: what a folder asks for, and what a person gives.

use std::fmt;
use std::str::FromStr;

use regex_lite::Regex;

/// The most characters of a ticket's number.
const NUMBER_AT_MOST: usize = 100;
/// The most characters of a reason, and of a pattern.
const TEXT_AT_MOST: usize = 500;

/// A ticket of the helpdesk, as the person gives it. Either part may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The number in the helpdesk, as typed.
    pub number: String,
    /// Why the person does it, as typed.
    pub reason: String,
}

/// Why some text is no part of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotATicket {
    /// A number of more than 100 characters, or a reason of more than 500.
    #[error("too long")]
    TooLong,
    /// Control characters or line breaks.
    #[error("control characters")]
    Unsafe,
}

impl Ticket {
    /// A ticket; spaces around its parts are dropped.
    ///
    /// # Errors
    /// [`NotATicket`].
    pub fn new(number: &str, reason: &str) -> Result<Self, NotATicket> {
        let number = part(number, NUMBER_AT_MOST)?;
        Ok(Self { number, reason: part(reason, TEXT_AT_MOST)? })
    }
}

fn part(text: &str, at_most: usize) -> Result<String, NotATicket> {
    let text = text.trim();
    if text.chars().count() > at_most {
        return Err(NotATicket::TooLong);
    }
    let unsafe_character = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.chars().any(unsafe_character) { Err(NotATicket::Unsafe) } else { Ok(text.to_owned()) }
}

/// What launching, showing and copying ask for of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TicketPolicy {
    /// Nothing.
    #[default]
    Off,
    /// They may give one.
    Optional {
        /// What its number looks like.
        pattern: Option<TicketPattern>,
    },
    /// They give number and reason.
    Required {
        /// What its number looks like.
        pattern: Option<TicketPattern>,
    },
}

impl TicketPolicy {
    /// Whether what was given is what is asked for.
    #[must_use]
    pub fn is_met_by(&self, ticket: Option<&Ticket>) -> bool {
        let fits = |pattern: &Option<TicketPattern>, ticket: &Ticket| {
            pattern.as_ref().is_none_or(|pattern| pattern.matches(&ticket.number))
        };
        match self {
            Self::Off => true,
            Self::Optional { pattern } => {
                ticket.is_none_or(|given| given.number.is_empty() || fits(pattern, given))
            }
            Self::Required { pattern } => ticket.is_some_and(|given| {
                !given.number.is_empty() && !given.reason.is_empty() && fits(pattern, given)
            }),
        }
    }

    /// How much it asks for, to compare by: a pattern asks for more than none.
    #[must_use]
    pub fn strictness(&self) -> u8 {
        match self {
            Self::Off => 0,
            Self::Optional { pattern: None } => 1,
            Self::Optional { pattern: Some(_) } => 2,
            Self::Required { pattern: None } => 3,
            Self::Required { pattern: Some(_) } => 4,
        }
    }
}

/// What a ticket's number has to look like: a regular expression over the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketPattern(Box<str>);

/// Text that is no regular expression, or too long a one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a pattern")]
pub struct NotATicketPattern;

impl TicketPattern {
    /// The pattern as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole number looks like it.
    #[must_use]
    pub fn matches(&self, number: &str) -> bool {
        compile(&self.0).is_ok_and(|pattern| pattern.is_match(number))
    }
}

fn compile(text: &str) -> Result<Regex, NotATicketPattern> {
    Regex::new(text).map_err(|_| NotATicketPattern)?;
    Regex::new(&format!("^(?:{text})$")).map_err(|_| NotATicketPattern)
}

impl FromStr for TicketPattern {
    type Err = NotATicketPattern;

    fn from_str(text: &str) -> Result<Self, NotATicketPattern> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > TEXT_AT_MOST {
            return Err(NotATicketPattern);
        }
        compile(text).map(|_| Self(text.into()))
    }
}

impl fmt::Display for TicketPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(number: &str, reason: &str) -> Ticket {
        Ticket::new(number, reason).expect("a ticket")
    }

    fn pattern(text: &str) -> TicketPattern {
        text.parse().expect("a pattern")
    }

    #[test]
    fn a_required_ticket_has_a_number_of_the_pattern_and_a_reason() {
        let required = TicketPolicy::Required { pattern: Some(pattern(r"INC\d{4}|CHG\d+")) };
        assert!(required.is_met_by(Some(&ticket(" INC1234 ", "disk"))));
        assert!(required.is_met_by(Some(&ticket("CHG1", "disk"))));
        for bad in [("INC12345", "disk"), ("xCHG1", "disk"), ("INC1234", " "), ("", "disk")] {
            assert!(!required.is_met_by(Some(&ticket(bad.0, bad.1))), "{bad:?}");
        }
        assert!(!required.is_met_by(None));
    }

    #[test]
    fn an_optional_ticket_may_be_left_out_but_not_be_wrong() {
        let optional = TicketPolicy::Optional { pattern: Some(pattern("[0-9]+")) };
        assert!(optional.is_met_by(None));
        assert!(optional.is_met_by(Some(&ticket("", "no ticket yet"))));
        assert!(optional.is_met_by(Some(&ticket("7", ""))));
        assert!(!optional.is_met_by(Some(&ticket("seven", ""))));
        assert!(TicketPolicy::Off.is_met_by(Some(&ticket("seven", ""))));
    }

    #[test]
    fn what_is_no_pattern_and_no_ticket_is_refused() {
        let too_long = "a".repeat(501);
        for text in ["", "(", "a)(b", too_long.as_str()] {
            assert_eq!(text.parse::<TicketPattern>(), Err(NotATicketPattern), "{text}");
        }
        assert_eq!(Ticket::new(&"1".repeat(101), ""), Err(NotATicket::TooLong));
        assert_eq!(Ticket::new("1", "a\nb"), Err(NotATicket::Unsafe));
    }
}
