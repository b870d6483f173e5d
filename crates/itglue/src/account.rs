//! What is asked of the whole account. Answers are of any organization: what is done for one goes
//! through [`crate::Scoped`].

use crate::{
    Client, Configuration, Contact, Domain, Error, FlexibleAsset, FlexibleAssetType,
    FlexibleAssetTypeId, Group, GroupId, Listing, Location, Organization, OrganizationId, Password,
    PasswordCategory, PasswordCategoryId, PasswordId, Record, Resource, User, UserId, scoped,
};

impl Client {
    /// Lists all organizations.
    pub fn organizations(&self) -> Listing<'_, Organization> {
        self.list()
    }

    /// Fetches what is known of one organization.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the account has no such organization, and every way in which a call
    /// can fail.
    pub async fn organization_record(
        &self,
        id: OrganizationId,
    ) -> Result<Record<Organization>, Error> {
        self.record(id).await
    }

    /// Lists the passwords of all organizations, without their values; archived ones too, unless
    /// filtered out.
    pub fn passwords(&self) -> Listing<'_, Password> {
        self.list()
    }

    /// Lists the password categories, which all organizations share.
    pub fn password_categories(&self) -> Listing<'_, PasswordCategory> {
        self.list()
    }

    /// Fetches one password category.
    ///
    /// # Errors
    /// As [`Client::organization_record`].
    pub async fn password_category(
        &self,
        id: PasswordCategoryId,
    ) -> Result<Record<PasswordCategory>, Error> {
        self.record(id).await
    }

    /// Lists the configurations of all organizations.
    pub fn configurations(&self) -> Listing<'_, Configuration> {
        self.list()
    }

    /// Lists the contacts of all organizations.
    pub fn contacts(&self) -> Listing<'_, Contact> {
        self.list()
    }

    /// Lists the locations of all organizations.
    pub fn locations(&self) -> Listing<'_, Location> {
        self.list()
    }

    /// Lists the domains of all organizations.
    pub fn domains(&self) -> Listing<'_, Domain> {
        self.list()
    }

    /// Lists the types of flexible assets, which all organizations share.
    pub fn flexible_asset_types(&self) -> Listing<'_, FlexibleAssetType> {
        self.list()
    }

    /// Fetches one type of flexible assets.
    ///
    /// # Errors
    /// As [`Client::organization_record`].
    pub async fn flexible_asset_type(
        &self,
        id: FlexibleAssetTypeId,
    ) -> Result<Record<FlexibleAssetType>, Error> {
        self.record(id).await
    }

    /// Lists the flexible assets of a type, of all organizations. The API has no list of all
    /// types together.
    pub fn flexible_assets(&self, of: FlexibleAssetTypeId) -> Listing<'_, FlexibleAsset> {
        self.list().fixed(scoped::FLEXIBLE_ASSET_TYPE, of.to_string())
    }

    /// Lists the groups of users.
    pub fn groups(&self) -> Listing<'_, Group> {
        self.list()
    }

    /// Fetches one group of users.
    ///
    /// # Errors
    /// As [`Client::organization_record`].
    pub async fn group(&self, id: GroupId) -> Result<Record<Group>, Error> {
        self.record(id).await
    }

    /// Lists the users of IT Glue.
    pub fn users(&self) -> Listing<'_, User> {
        self.list()
    }

    /// Fetches one user of IT Glue.
    ///
    /// # Errors
    /// As [`Client::organization_record`].
    pub async fn user(&self, id: UserId) -> Result<Record<User>, Error> {
        self.record(id).await
    }

    fn list<R: Resource>(&self) -> Listing<'_, R> {
        Listing::of_account(self.transport())
    }

    /// Fetches one password's record without its value, whichever organization has it: to learn
    /// whose it is, before [`crate::Scoped::password_value`].
    ///
    /// # Errors
    /// As [`Client::organization_record`].
    pub async fn password_record(&self, id: PasswordId) -> Result<Record<Password>, Error> {
        let path = [Password::PATH, &id.to_string()];
        let query = [("show_password", "false")];
        scoped::one(id, &scoped::show::<Password>(self.transport(), &path, &query).await?)
    }

    async fn record<R: Resource>(&self, id: R::Id) -> Result<Record<R>, Error> {
        let path = [R::PATH, &id.to_string()];
        scoped::one(id, &scoped::show::<R>(self.transport(), &path, &[]).await?)
    }
}
