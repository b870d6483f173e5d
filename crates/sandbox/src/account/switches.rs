//! What nobody has shown about the real account, and how this one does it.

/// The body of 403, 429 and 5xx.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorBodies {
    /// As reported, or likely: 403, 429 and 502 to 504 from the gateway, 500 as JSON:API.
    #[default]
    Reported,
    /// All of them JSON:API.
    JsonApi,
    /// All of them from the gateway: `{"message":...}`.
    Gateway,
}

/// What a key without Password Access gets when it asks for a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoPasswordAccess {
    /// 401.
    #[default]
    Unauthorized,
    /// 200 without the attribute.
    Absent,
}

/// What stands for the value of a vaulted password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VaultedValue {
    /// Null.
    #[default]
    Null,
    /// Something that only the person's browser could decrypt.
    Ciphertext,
    /// Nothing: there is no such attribute.
    Absent,
}

/// What happens to a page size above 1,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LargePages {
    /// 1,000 rows are given.
    #[default]
    Clamped,
    /// 400.
    Refused,
}

/// How something is written that could be a number or text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    /// As a number.
    #[default]
    Number,
    /// As text.
    Text,
}

/// What a list of documents gives for a folder of null, or not null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NullFolder {
    /// All documents.
    #[default]
    All,
    /// Those in folders.
    OnlyInFolders,
}

/// What happens to an order that the list does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownSort {
    /// It is ignored.
    #[default]
    Ignored,
    /// 400.
    Refused,
}

/// Every doubtful behaviour; the default is what a careful client should expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switches {
    /// The body of 403, 429 and 5xx.
    pub error_bodies: ErrorBodies,
    /// How `errors[].status` is written; every body seen publicly has a number.
    pub error_status: Written,
    /// What a key without Password Access gets when it asks for a value.
    pub no_password_access: NoPasswordAccess,
    /// Whether a key without Password Access may create and change passwords.
    pub writes_without_password_access: bool,
    /// What stands for the value of a vaulted password.
    pub vaulted_value: VaultedValue,
    /// What happens to a page size above 1,000.
    pub large_pages: LargePages,
    /// How `organization-id` is written in rows.
    pub organization_ids: Written,
    /// What a list of documents gives for a folder of null.
    pub null_folder: NullFolder,
    /// What happens to an order that the list does not know.
    pub unknown_sort: UnknownSort,
    /// Whether archived rows are in a list that was not asked about them.
    pub archived_in_lists: bool,
    /// Whether bodies are compressed for those who accept it.
    pub gzip: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            error_bodies: ErrorBodies::default(),
            error_status: Written::default(),
            no_password_access: NoPasswordAccess::default(),
            writes_without_password_access: false,
            vaulted_value: VaultedValue::default(),
            large_pages: LargePages::default(),
            organization_ids: Written::default(),
            null_folder: NullFolder::default(),
            unknown_sort: UnknownSort::default(),
            archived_in_lists: true,
            gzip: false,
        }
    }
}
