//! The MSP's own people, as IT Glue knows them.

use serde::{Deserialize, Serialize};

use super::{Resource, sealed::Sealed};
use crate::{
    OneOf, Timestamp, UserId,
    query::{filters, sorts},
};

/// A user of IT Glue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct User {
    /// First and last name.
    pub name: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// What they sign in with.
    pub email: Option<String>,
    /// Such as `Administrator` or `Editor`.
    pub role_name: Option<String>,
    /// Points for writing documentation.
    pub reputation: Option<i64>,
    /// Whether they use the variant for the MSP's clients.
    pub my_glue: Option<bool>,
    /// When they were invited.
    pub invitation_sent_at: Option<Timestamp>,
    /// When they accepted.
    pub invitation_accepted_at: Option<Timestamp>,
    /// When they signed in to the session that they are in, or were in last.
    pub current_sign_in_at: Option<Timestamp>,
    /// From which address.
    pub current_sign_in_ip: Option<String>,
    /// When they had signed in before that.
    pub last_sign_in_at: Option<Timestamp>,
    /// From which address.
    pub last_sign_in_ip: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of the list of users.
    UserFilter {
        /// Their id.
        Id(OneOf<UserId>) = "filter[id]",
        /// The whole name.
        Name(OneOf<String>) = "filter[name]",
        /// The whole address.
        Email(OneOf<String>) = "filter[email]",
        /// Their role.
        Role(OneOf<String>) = "filter[role_name]",
        /// Their id in Salesforce.
        SalesforceId(OneOf<String>) = "filter[salesforce_id]",
    }
}

sorts! {
    /// Orders of the list of users.
    UserSort {
        /// By name.
        Name = "name",
        /// By address.
        Email = "email",
        /// By points.
        Reputation = "reputation",
        /// By id.
        Id = "id",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated-at",
    }
}

impl Sealed for User {}

impl Resource for User {
    type Id = UserId;
    type Filter = UserFilter;
    type Sort = UserSort;
    const TYPE: &'static str = "users";
    const PATH: &'static str = "users";
    const DEFAULT_SORT: Option<&'static str> = Some("name");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated-at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_user_is_read_as_the_rules_say() {
        let whole = r#"{"name":"Ann Example","first-name":"Ann","last-name":"Example",
            "email":"ann@msp.example","role-name":"Editor","reputation":12,"my-glue":false,
            "invitation-sent-at":"2019-04-01T09:15:00Z","last-sign-in-ip":"192.0.2.2",
            "invitation-accepted-at":"2019-04-02T09:15:00Z","current-sign-in-ip":"192.0.2.1",
            "current-sign-in-at":"2026-11-03T14:20:11Z","last-sign-in-at":"2026-11-02T14:20:11Z",
            "created-at":"2019-04-01T09:15:00Z","updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("email", "[]"), ("reputation", "\"12\""), ("my-glue", "1")];
        testing::holds_to_the_rules::<User>(whole, &wrong);
    }
}
