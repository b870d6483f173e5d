//! The password folders of an organization.

use super::Scoped;
use crate::{
    Error, Listing, OfOrganization as _, OrganizationId, PasswordFolder, PasswordFolderId, Record,
};

impl<'a> Scoped<'a> {
    /// Lists the password folders.
    pub fn password_folders(&self) -> Listing<'a, PasswordFolder> {
        let path = self.below::<PasswordFolder>();
        Listing::new(self.transport, path, Some(self.organization), not_of_another)
    }

    /// Fetches one password folder.
    ///
    /// # Errors
    /// [`Error::NotFound`] if this organization has no such folder, and every way in which a call
    /// can fail.
    pub async fn password_folder(
        &self,
        id: PasswordFolderId,
    ) -> Result<Record<PasswordFolder>, Error> {
        let folder = self.nested_one(id, &[]).await?;
        not_of_another(&folder, Some(self.organization))?;
        Ok(folder)
    }
}

/// Refuses a folder that names another organization. One that names none is taken: folders are
/// only ever asked for below their organization, and whether they name it is not documented.
fn not_of_another(
    folder: &Record<PasswordFolder>,
    expected: Option<OrganizationId>,
) -> Result<(), Error> {
    match (expected, folder.attributes.organization()) {
        (Some(expected), found @ Some(organization)) if organization != expected => {
            Err(Error::ForeignOrganization { expected, found })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_may_keep_silent_but_not_name_another_organization() {
        let expected = OrganizationId::new(7);
        let verdict = |organization_id: Option<OrganizationId>| {
            let attributes = PasswordFolder { organization_id, ..PasswordFolder::default() };
            not_of_another(&Record { id: PasswordFolderId::new(1), attributes }, Some(expected))
        };
        assert_eq!(verdict(None), Ok(()));
        assert_eq!(verdict(Some(expected)), Ok(()));
        let found = Some(OrganizationId::new(8));
        assert_eq!(verdict(found), Err(Error::ForeignOrganization { expected, found }));
    }
}
