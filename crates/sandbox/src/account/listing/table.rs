//! Which filters and sorts each list has; anything else is silently ignored.

use crate::account::kind::Kind;

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// The attribute of this name is one of the values.
    Exact,
    /// The attribute is true or false.
    Flag,
    /// The attribute of the given name lies between two values, `*` being open.
    Between(&'static str),
    /// The attribute of the given name is none of the values.
    Not(&'static str),
    /// The primary address among several.
    PrimaryMail,
    /// The folder of a document.
    Folder,
    /// `[ne]` of the same.
    NotFolder,
}

/// The filters and sorts of one list, in snake case.
pub(crate) struct Table {
    pub(crate) filters: &'static [(&'static str, Test)],
    pub(crate) sorts: &'static [&'static str],
}

use Test::{Between, Exact, Flag, Folder, Not, NotFolder, PrimaryMail};

const ORGANIZATIONS: Table = Table {
    filters: &[
        ("id", Exact),
        ("name", Exact),
        ("organization_type_id", Exact),
        ("organization_status_id", Exact),
        ("created_at", Between("created_at")),
        ("updated_at", Between("updated_at")),
        ("my_glue_account_id", Exact),
        ("psa_id", Exact),
        ("psa_integration_type", Exact),
        ("group_id", Exact),
        ("primary", Flag),
        ("exclude[id]", Not("id")),
        ("exclude[name]", Not("name")),
        ("exclude[organization_type_id]", Not("organization_type_id")),
        ("exclude[organization_status_id]", Not("organization_status_id")),
        ("range", Between("id")),
        ("range[my_glue_account_id]", Between("my_glue_account_id")),
    ],
    sorts: &[
        "name",
        "id",
        "created_at",
        "updated_at",
        "organization_status_name",
        "organization_type_name",
        "short_name",
        "my_glue_account_id",
    ],
};

const PASSWORDS: Table = Table {
    filters: &[
        ("id", Exact),
        ("name", Exact),
        ("organization_id", Exact),
        ("password_category_id", Exact),
        ("url", Exact),
        ("cached_resource_name", Exact),
        ("archived", Flag),
    ],
    sorts: &["name", "username", "url", "id", "created_at", "updated_at"],
};

const NAMED: &[&str] = &["name", "created_at", "updated_at"];
const NAMED_WITH_ID: &[&str] = &["name", "id", "created_at", "updated_at"];

const PASSWORD_CATEGORIES: Table = Table { filters: &[("name", Exact)], sorts: NAMED };

const PASSWORD_FOLDERS: Table =
    Table { filters: &[("id", Exact)], sorts: &["created_at", "updated_at"] };

const CONFIGURATIONS: Table = Table {
    filters: &[
        ("id", Exact),
        ("name", Exact),
        ("organization_id", Exact),
        ("configuration_type_id", Exact),
        ("configuration_status_id", Exact),
        ("contact_id", Exact),
        ("serial_number", Exact),
        ("mac_address", Exact),
        ("asset_tag", Exact),
        ("psa_id", Exact),
        ("psa_integration_type", Exact),
        ("rmm_id", Exact),
        ("rmm_integration_type", Exact),
        ("archived", Flag),
    ],
    sorts: NAMED_WITH_ID,
};

const CONTACTS: Table = Table {
    filters: &[
        ("id", Exact),
        ("first_name", Exact),
        ("last_name", Exact),
        ("title", Exact),
        ("contact_type_id", Exact),
        ("important", Flag),
        ("primary_email", PrimaryMail),
        ("organization_id", Exact),
        ("psa_id", Exact),
        ("psa_integration_type", Exact),
    ],
    sorts: &["first_name", "last_name", "id", "created_at", "updated_at"],
};

const LOCATIONS: Table = Table {
    filters: &[
        ("id", Exact),
        ("name", Exact),
        ("city", Exact),
        ("region_id", Exact),
        ("country_id", Exact),
        ("organization_id", Exact),
        ("psa_id", Exact),
        ("psa_integration_type", Exact),
    ],
    sorts: NAMED_WITH_ID,
};

const DOMAINS: Table = Table {
    filters: &[("id", Exact), ("organization_id", Exact)],
    sorts: &["created_at", "updated_at"],
};

/// No filter by name: the real one ignores it too.
const DOCUMENTS: Table = Table {
    filters: &[
        ("id", Exact),
        ("document_folder_id", Folder),
        ("document_folder_id[ne]", NotFolder),
    ],
    sorts: &[],
};

const SECTIONS: Table = Table {
    filters: &[("id", Exact), ("resource_type", Exact), ("document_id", Exact)],
    sorts: &["sort", "id", "created_at", "updated_at"],
};

const FLEXIBLE_ASSET_TYPES: Table = Table {
    filters: &[("id", Exact), ("name", Exact), ("icon", Exact), ("enabled", Flag)],
    sorts: NAMED_WITH_ID,
};

const FLEXIBLE_ASSETS: Table = Table {
    filters: &[("flexible_asset_type_id", Exact), ("name", Exact), ("organization_id", Exact)],
    sorts: NAMED,
};

const GROUPS: Table = Table { filters: &[("name", Exact)], sorts: NAMED };

const USERS: Table = Table {
    filters: &[
        ("id", Exact),
        ("name", Exact),
        ("email", Exact),
        ("role_name", Exact),
        ("salesforce_id", Exact),
    ],
    sorts: &["name", "email", "reputation", "id", "created_at", "updated_at"],
};

/// The filters and sorts of a list.
pub(crate) const fn table(kind: Kind) -> &'static Table {
    match kind {
        Kind::Organizations => &ORGANIZATIONS,
        Kind::Passwords => &PASSWORDS,
        Kind::PasswordCategories => &PASSWORD_CATEGORIES,
        Kind::PasswordFolders => &PASSWORD_FOLDERS,
        Kind::Configurations => &CONFIGURATIONS,
        Kind::Contacts => &CONTACTS,
        Kind::Locations => &LOCATIONS,
        Kind::Domains => &DOMAINS,
        Kind::Documents => &DOCUMENTS,
        Kind::Sections => &SECTIONS,
        Kind::FlexibleAssetTypes => &FLEXIBLE_ASSET_TYPES,
        Kind::FlexibleAssets => &FLEXIBLE_ASSETS,
        Kind::Groups => &GROUPS,
        Kind::Users => &USERS,
    }
}
