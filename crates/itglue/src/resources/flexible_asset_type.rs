//! What flexible assets can be; each MSP makes up its own.

use serde::{Deserialize, Serialize};

use super::{Resource, sealed::Sealed};
use crate::{
    FlexibleAssetTypeId, OneOf, Timestamp,
    query::{filters, sorts},
};

/// A flexible asset type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct FlexibleAssetType {
    /// Its name, such as `Wireless`.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The name of its icon, such as `wifi`.
    pub icon: Option<String>,
    /// Whether assets of it can be made.
    pub enabled: Option<bool>,
    /// Whether IT Glue's side bar has it.
    pub show_in_menu: Option<bool>,
    /// Whether it is one of IT Glue's own.
    pub builtin: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of the list of flexible asset types.
    FlexibleAssetTypeFilter {
        /// Its id.
        Id(OneOf<FlexibleAssetTypeId>) = "filter[id]",
        /// Its whole name.
        Name(OneOf<String>) = "filter[name]",
        /// The whole name of its icon.
        Icon(OneOf<String>) = "filter[icon]",
        /// Whether assets of it can be made.
        Enabled(bool) = "filter[enabled]",
    }
}

sorts! {
    /// Orders of the list of flexible asset types.
    FlexibleAssetTypeSort {
        /// By name.
        Name = "name",
        /// By id.
        Id = "id",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
    }
}

impl Sealed for FlexibleAssetType {}

impl Resource for FlexibleAssetType {
    type Id = FlexibleAssetTypeId;
    type Filter = FlexibleAssetTypeFilter;
    type Sort = FlexibleAssetTypeSort;
    const TYPE: &'static str = "flexible-asset-types";
    const PATH: &'static str = "flexible_asset_types";
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
    fn a_flexible_asset_type_is_read_as_the_rules_say() {
        let whole = r#"{"name":"Wireless","description":"Networks","icon":"wifi","enabled":true,
            "show-in-menu":true,"builtin":false,"created-at":"2019-04-02T09:15:00Z",
            "updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("icon", "{}"), ("enabled", "\"true\""), ("builtin", "0")];
        testing::holds_to_the_rules::<FlexibleAssetType>(whole, &wrong);
    }
}
