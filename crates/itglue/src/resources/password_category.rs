//! What passwords are sorted by; the same for all organizations.

use serde::{Deserialize, Serialize};

use super::{Resource, sealed::Sealed};
use crate::{
    OneOf, PasswordCategoryId, Timestamp,
    query::{filters, sorts},
};

/// A password category.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct PasswordCategory {
    /// Its name, such as `Administrative`.
    pub name: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of the list of password categories.
    PasswordCategoryFilter {
        /// Its whole name.
        Name(OneOf<String>) = "filter[name]",
    }
}

sorts! {
    /// Orders of the list of password categories.
    PasswordCategorySort {
        /// By name.
        Name = "name",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
    }
}

impl Sealed for PasswordCategory {}

impl Resource for PasswordCategory {
    type Id = PasswordCategoryId;
    type Filter = PasswordCategoryFilter;
    type Sort = PasswordCategorySort;
    const TYPE: &'static str = "password-categories";
    const PATH: &'static str = "password_categories";
    const DEFAULT_SORT: Option<&'static str> = Some("name");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated_at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_password_category_is_read_as_the_rules_say() {
        let whole = r#"{"name":"Administrative","created-at":"2019-04-02T09:15:00Z",
            "updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("name", "7"), ("created-at", "\"once\""), ("updated-at", "1")];
        testing::holds_to_the_rules::<PasswordCategory>(whole, &wrong);
    }
}
