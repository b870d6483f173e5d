//! The passwords of one organization. Every answer is checked to be of that organization.

use crate::{
    Client, Error, OrganizationId, Page, PasswordId, PasswordRecord, PasswordValue,
    body::{Body, Limit},
    paging, password,
    value::{self, Found},
    wire,
};

/// An account narrowed to one organization.
///
/// IT Glue's keys reach the whole account; this type asks for one organization only and refuses
/// answers about any other.
pub struct Scoped<'a> {
    client: &'a Client,
    organization: OrganizationId,
}

impl<'a> Scoped<'a> {
    pub(crate) fn new(client: &'a Client, organization: OrganizationId) -> Self {
        Self { client, organization }
    }

    /// The organization that this is narrowed to.
    #[must_use]
    pub fn id(&self) -> &OrganizationId {
        &self.organization
    }

    /// Lists all passwords by name without their values, a page at a time; archived ones too.
    ///
    /// # Errors
    /// [`Error::ForeignOrganization`] if any row belongs elsewhere (its page is not handed over),
    /// and every way in which a call can fail; pages already handed over stay valid.
    pub async fn passwords<F>(&self, on_page: &mut F) -> Result<(), Error>
    where
        F: FnMut(Page<PasswordRecord>) + ?Sized,
    {
        let list = paging::List {
            client: self.client,
            path: &self.path(),
            id_of: |row: &PasswordRecord| row.id.as_str().to_owned(),
            check: |row: password::Row| PasswordRecord::from(row).of(&self.organization),
        };
        list.run(on_page).await
    }

    /// Fetches one record without its value.
    ///
    /// # Errors
    /// [`Error::NotFound`] if this organization has no such record, and every way in which a call
    /// can fail.
    pub async fn password(&self, id: &PasswordId) -> Result<PasswordRecord, Error> {
        let body = self.show(id, "false").await?;
        let answer: wire::One<password::Row> = wire::parse(&body)?;
        self.checked(id, answer.data.into())
    }

    /// Fetches one record with its value. The value of an archived record is given as well; its
    /// [`PasswordRecord::archived`] tells.
    ///
    /// # Errors
    /// [`Error::NoPasswordAccess`] if the key was made without that box, [`Error::Vaulted`] if
    /// only a browser can decrypt it, [`Error::NoPassword`] if there is none, and every way in
    /// which a call can fail.
    pub async fn password_value(&self, id: &PasswordId) -> Result<PasswordValue, Error> {
        let body = self.show(id, "true").await.map_err(|error| {
            // Reported for keys without the box when the value is asked for explicitly.
            if error == Error::NotAllowed { Error::NoPasswordAccess } else { error }
        })?;
        let (record, found) = value::parse(&body)?;
        let record = self.checked(id, record)?;
        // Nobody has shown what such a record reads as; ciphertext must not pass for a password.
        if record.vaulted {
            return Err(Error::Vaulted);
        }
        match found {
            Found::Value(value) => Ok(PasswordValue { record, value }),
            Found::Nothing => Err(Error::NoPassword),
            Found::Withheld => Err(Error::NoPasswordAccess),
        }
    }

    /// `show_password` is always sent, since accounts differ in what they do without it, and in
    /// lower case, since nothing else is understood.
    async fn show(&self, id: &PasswordId, show_password: &str) -> Result<Body, Error> {
        let [a, b, c, d] = self.path();
        let query = [("show_password", show_password)];
        self.client.get(&[a, b, c, d, id.as_str()], &query, Limit::Single).await
    }

    fn path(&self) -> [&str; 4] {
        ["organizations", self.organization.as_str(), "relationships", "passwords"]
    }

    fn checked(&self, asked: &PasswordId, found: PasswordRecord) -> Result<PasswordRecord, Error> {
        let record = found.of(&self.organization)?;
        if record.id == *asked {
            return Ok(record);
        }
        Err(Error::WrongRecord { expected: asked.clone(), found: record.id })
    }
}
