//! The flexible assets of an organization. The API has no list below it: the account's is
//! narrowed, and what comes is checked.

use super::Scoped;
use crate::{Error, FlexibleAsset, FlexibleAssetId, FlexibleAssetTypeId, Listing, Record};

/// Without this filter the API refuses the list with 422.
pub(crate) const FLEXIBLE_ASSET_TYPE: &str = "filter[flexible_asset_type_id]";

impl<'a> Scoped<'a> {
    /// Lists the flexible assets of a type; archived ones too. The API has no list of all types
    /// together.
    pub fn flexible_assets(&self, of: FlexibleAssetTypeId) -> Listing<'a, FlexibleAsset> {
        self.filtered().fixed(FLEXIBLE_ASSET_TYPE, of.to_string())
    }

    /// Fetches one flexible asset.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the account has no such record, [`Error::ForeignOrganization`] if
    /// another organization has it, and every way in which a call can fail.
    pub async fn flexible_asset(
        &self,
        id: FlexibleAssetId,
    ) -> Result<Record<FlexibleAsset>, Error> {
        self.flat_record(id).await
    }
}
