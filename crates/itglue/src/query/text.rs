//! How a filter's value is written.

use std::fmt::Display;

/// A value that a filter can compare with.
pub trait FilterText {
    /// The value as the API reads it, before it is percent-encoded; `None` if no row can have it.
    fn text(&self) -> Option<String>;
}

impl FilterText for bool {
    fn text(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl FilterText for String {
    fn text(&self) -> Option<String> {
        Some(without_alternatives(self))
    }
}

/// One or more alternatives, of which a row must have one. Comparison is exact: the API knows no
/// wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOf<T>(Vec<T>);

impl<T> From<T> for OneOf<T> {
    fn from(value: T) -> Self {
        Self(vec![value])
    }
}

impl<T> From<Vec<T>> for OneOf<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl From<&str> for OneOf<String> {
    fn from(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }
}

impl<T: Display> FilterText for OneOf<T> {
    /// Of no alternatives, none can be had. The API would take an empty text for no filter at all.
    fn text(&self) -> Option<String> {
        let texts: Vec<String> =
            self.0.iter().map(|value| without_alternatives(&value.to_string())).collect();
        (!texts.is_empty()).then(|| texts.join(","))
    }
}

/// A comma would separate alternatives; `\,` is one that does not.
fn without_alternatives(text: &str) -> String {
    text.replace(',', r"\,")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PasswordId;

    #[test]
    fn alternatives_are_separated_and_commas_in_them_escaped() {
        let names = vec!["Humongous, Inc.".to_owned(), "Contoso".to_owned()];
        assert_eq!(OneOf::<String>::from(names).text().unwrap(), r"Humongous\, Inc.,Contoso");
        assert_eq!(OneOf::<String>::from("a").text().unwrap(), "a");
        let ids = vec![PasswordId::new(7), PasswordId::new(8)];
        assert_eq!(OneOf::<PasswordId>::from(ids).text().unwrap(), "7,8");
        assert_eq!(OneOf::<PasswordId>::from(Vec::new()).text(), None);
        assert_eq!(true.text().unwrap(), "true");
    }
}
