//! The passwords of an organization.

use serde::Serialize;

use super::{
    PasswordValue, Scoped, belongs, is,
    value::{self, Found},
};
use crate::{
    Error, Listing, Password, PasswordCategoryId, PasswordFolderId, PasswordId, Record, Resource,
    ResourceId, Sensitive, http::Body,
};

/// Never in a list, where the API refuses it; and in lower case, since nothing else is understood.
const SHOW_PASSWORD: &str = "show_password";

impl<'a> Scoped<'a> {
    /// Lists the passwords without their values; archived ones too, unless filtered out.
    pub fn passwords(&self) -> Listing<'a, Password> {
        self.nested()
    }

    /// Fetches one record without its value.
    ///
    /// # Errors
    /// [`Error::NotFound`] if this organization has no such record, and every way in which a call
    /// can fail.
    pub async fn password(&self, id: PasswordId) -> Result<Record<Password>, Error> {
        self.nested_record(id, &[(SHOW_PASSWORD, "false")]).await
    }

    /// Fetches one record with its value. The value of an archived record is given as well; its
    /// [`Password::archived`] tells.
    ///
    /// # Errors
    /// [`Error::NoPasswordAccess`] if the key was made without that box, [`Error::Vaulted`] if
    /// IT Glue itself cannot decrypt it for a key, [`Error::NoPassword`] if there is none, and
    /// every way in which a call can fail.
    pub async fn password_value(&self, id: PasswordId) -> Result<PasswordValue, Error> {
        let (record, found) = value::parse(&self.show_value(id).await?)?;
        is(id, &record)?;
        belongs(&record, Some(self.organization))?;
        // Nobody has shown what such a record reads as; ciphertext must not pass for a password.
        if record.attributes.is_vaulted() {
            return Err(Error::Vaulted);
        }
        match found {
            Found::Value(value) => Ok(PasswordValue { record, value }),
            Found::Nothing => Err(Error::NoPassword),
            Found::Withheld => Err(Error::NoPasswordAccess),
        }
    }

    /// Finds out whether the key has *Password Access*, by fetching one value and dropping it
    /// unread. A record whose value is empty still tells: its attribute is there.
    ///
    /// # Errors
    /// [`Error::Vaulted`] for a record that tells nothing, and every way in which a call can fail.
    pub async fn test_password_access(&self, id: PasswordId) -> Result<bool, Error> {
        match self.password_value(id).await.map(drop) {
            Ok(()) | Err(Error::NoPassword) => Ok(true),
            Err(Error::NoPasswordAccess) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Makes a password record in this organization.
    ///
    /// # Errors
    /// [`Error::Unprocessable`] if IT Glue does not accept an attribute, [`Error::NotAllowed`] if
    /// the key may not do this, and every way in which a call can fail. After
    /// [`Error::CutShort`] or [`Error::TimedOut`] it may have been made nevertheless.
    pub async fn create_password(&self, new: &NewPassword) -> Result<Record<Password>, Error> {
        self.create(new).await
    }

    /// Changes a password record; what `change` does not name stays as it is.
    ///
    /// The record is looked at first, since a change by its id alone would reach any organization
    /// of the account.
    ///
    /// # Errors
    /// As [`Scoped::password`] and [`Scoped::create_password`].
    pub async fn update_password(
        &self,
        id: PasswordId,
        change: &PasswordChange,
    ) -> Result<Record<Password>, Error> {
        self.password(id).await?;
        self.change(id, &[Password::PATH, &id.to_string()], change).await
    }

    /// The value is always asked for outright, since accounts differ in what they do without.
    async fn show_value(&self, id: PasswordId) -> Result<Body, Error> {
        self.ask_below::<Password>(id, &[(SHOW_PASSWORD, "true")]).await.map_err(|error| {
            // Reported for keys without the box when the value is asked for.
            if error == Error::NotAllowed { Error::NoPasswordAccess } else { error }
        })
    }
}

/// A password record to be made.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NewPassword {
    name: String,
    #[serde(flatten)]
    rest: PasswordChange,
}

impl NewPassword {
    /// A record of this name with what `rest` names. IT Glue refuses one without a value.
    #[must_use]
    pub fn new(name: &str, rest: PasswordChange) -> Self {
        Self { name: name.to_owned(), rest: PasswordChange { name: None, ..rest } }
    }
}

/// What a password record is to be changed to. It can be neither printed nor cloned, since it may
/// hold a value.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PasswordChange {
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its account name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Sensitive>,
    /// Where it is used. Ports and spaces have been seen to be refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Notes, as HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<Sensitive>,
    /// Its category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_category_id: Option<PasswordCategoryId>,
    /// The folder it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_folder_id: Option<PasswordFolderId>,
    /// The seed of a one-time-password generator. It can be written and never read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otp_secret: Option<Sensitive>,
    /// The kind of what it is embedded in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<ResourceKind>,
    /// What it is embedded in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<ResourceId>,
}

/// What a password can be embedded in, as it is written. It reads back differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum ResourceKind {
    /// A configuration.
    Configuration,
    /// A contact.
    Contact,
    /// A document.
    Document,
    /// A domain.
    Domain,
    /// A location.
    Location,
    /// An SSL certificate.
    #[serde(rename = "SSL Certificate")]
    SslCertificate,
    /// A flexible asset.
    #[serde(rename = "Flexible Asset")]
    FlexibleAsset,
    /// A ticket.
    Ticket,
}
