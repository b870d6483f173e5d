//! Groups of the MSP's own people.

use serde::{Deserialize, Serialize};

use super::{Resource, sealed::Sealed};
use crate::{
    GroupId, OneOf, Timestamp,
    query::{filters, sorts},
};

/// A group of users.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Group {
    /// Its name.
    pub name: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of the list of groups.
    GroupFilter {
        /// Its whole name.
        Name(OneOf<String>) = "filter[name]",
    }
}

sorts! {
    /// Orders of the list of groups.
    GroupSort {
        /// By name.
        Name = "name",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
    }
}

impl Sealed for Group {}

impl Resource for Group {
    type Id = GroupId;
    type Filter = GroupFilter;
    type Sort = GroupSort;
    const TYPE: &'static str = "groups";
    const PATH: &'static str = "groups";
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
    fn a_group_is_read_as_the_rules_say() {
        let whole = r#"{"name":"Helpdesk","created-at":"2019-04-02T09:15:00Z",
            "updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("name", "{}"), ("updated-at", "\"2026-11-03\"")];
        testing::holds_to_the_rules::<Group>(whole, &wrong);
    }
}
