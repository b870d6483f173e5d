//! What passwords are sorted into: categories of the account, folders of an organization.

use serde_json::json;

use super::{Client, Seeding, names};
use crate::account::kind::Kind;

/// The categories; their ids follow the order of the names.
pub(crate) fn categories(seeding: &mut Seeding<'_>) {
    for name in names::CATEGORIES {
        seeding.add(Kind::PasswordCategories, None, json!({ "name": name }));
    }
}

/// Six folders, two of them inside the first, and the passwords put where they were drawn to.
pub(crate) fn furnish(seeding: &mut Seeding<'_>, client: Client<'_>) {
    let mut ids = Vec::new();
    for (index, name) in names::FOLDERS.iter().enumerate() {
        let parent = ids.first().filter(|_| index > 3);
        let facts = json!({ "name": name, "parent-id": parent, "restricted": index == 2 });
        ids.push(seeding.add(Kind::PasswordFolders, Some(client.id), facts));
    }
    for row in seeding.data.passwords.values_mut().filter(|row| row.organization_id == client.id) {
        let drawn = row.folder_id.and_then(|drawn| usize::try_from(drawn).ok());
        row.folder_id = drawn.and_then(|drawn| ids.get(drawn)).copied();
    }
}
