//! The kinds of records the API has, and where each is found.

/// A kind of record, named as IT Glue names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Clients of the MSP.
    Organizations,
    /// Passwords.
    Passwords,
    /// What passwords are sorted by.
    PasswordCategories,
    /// Folders of passwords; each belongs to one organization.
    PasswordFolders,
    /// Computers and other devices.
    Configurations,
    /// People at an organization.
    Contacts,
    /// Addresses of an organization.
    Locations,
    /// Internet domains of an organization.
    Domains,
    /// Written pages.
    Documents,
    /// The parts of a document.
    Sections,
    /// What flexible assets can be.
    FlexibleAssetTypes,
    /// Records of a shape that the MSP made up.
    FlexibleAssets,
    /// Groups of the MSP's people.
    Groups,
    /// The MSP's people.
    Users,
}

/// Which routes a list or a show has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Routes {
    /// None.
    Missing,
    /// At the root.
    Flat,
    /// Below an organization, or a document for sections.
    Nested,
    /// Both.
    Both,
}

/// Where a kind of record is found.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// In paths, snake case.
    pub(crate) path: &'static str,
    /// In bodies, kebab case.
    pub(crate) type_name: &'static str,
    pub(crate) list: Routes,
    pub(crate) show: Routes,
    /// The id of the first one.
    pub(crate) first_id: u64,
}

impl Place {
    const fn new(names: (&'static str, &'static str), routes: (Routes, Routes), id: u64) -> Self {
        Self { path: names.0, type_name: names.1, list: routes.0, show: routes.1, first_id: id }
    }
}

impl Kind {
    pub(crate) const ALL: [Self; 14] = [
        Self::Organizations,
        Self::Passwords,
        Self::PasswordCategories,
        Self::PasswordFolders,
        Self::Configurations,
        Self::Contacts,
        Self::Locations,
        Self::Domains,
        Self::Documents,
        Self::Sections,
        Self::FlexibleAssetTypes,
        Self::FlexibleAssets,
        Self::Groups,
        Self::Users,
    ];

    pub(crate) const fn place(self) -> Place {
        use Routes::{Both, Flat, Missing, Nested};
        match self {
            Self::Organizations => Place::new(pair("organizations"), (Flat, Flat), 2_100_001),
            Self::Passwords => Place::new(pair("passwords"), (Both, Both), 7_500_001),
            Self::PasswordCategories => {
                Place::new(("password_categories", "password-categories"), (Flat, Flat), 310_001)
            }
            Self::PasswordFolders => {
                Place::new(("password_folders", "password-folders"), (Nested, Nested), 3_100_001)
            }
            Self::Configurations => Place::new(pair("configurations"), (Both, Both), 5_100_001),
            Self::Contacts => Place::new(pair("contacts"), (Both, Both), 4_200_001),
            Self::Locations => Place::new(pair("locations"), (Both, Both), 1_300_001),
            Self::Domains => Place::new(pair("domains"), (Both, Missing), 1_200_001),
            Self::Documents => Place::new(pair("documents"), (Nested, Flat), 6_400_001),
            Self::Sections => {
                Place::new(("sections", "document-sections"), (Nested, Nested), 8_800_001)
            }
            Self::FlexibleAssetTypes => {
                Place::new(("flexible_asset_types", "flexible-asset-types"), (Flat, Flat), 140_001)
            }
            Self::FlexibleAssets => {
                Place::new(("flexible_assets", "flexible-assets"), (Flat, Flat), 2_900_001)
            }
            Self::Groups => Place::new(pair("groups"), (Flat, Flat), 21_001),
            Self::Users => Place::new(pair("users"), (Flat, Flat), 48_001),
        }
    }
}

/// The same word in paths and bodies.
const fn pair(name: &'static str) -> (&'static str, &'static str) {
    (name, name)
}
