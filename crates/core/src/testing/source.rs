//! The world's IT Glue: what each key sees, and what was asked with it.

use super::characters;
use super::world::{KeyStanding, World};
use crate::Secret;
use crate::audit::Audited;
use crate::entry::{KeyId, KeyInUse, Organization, PasswordRecord, Region};
use crate::error::{KeyringError, SourceError};
use crate::ids::OrganizationId;
use crate::policy::{Open, Permit, Releases, Test};
use crate::ports::{
    FetchedPassword, ListPermit, OnStep, RecordAddress, RequestsLeft, Source, WebPage,
};

impl World {
    fn answer(&self, asked: &'static str, key: String) -> Result<KeyStanding, SourceError> {
        let mut state = self.state();
        let standing = state.standings.get(&key).cloned().ok_or(SourceError::KeyRefused);
        state.asked.push((asked, key));
        drop(state);
        self.now_happens(asked);
        let standing = standing?;
        standing.fails.clone().map_or(Ok(standing), Err)
    }

    fn answer_stored(
        &self,
        asked: &'static str,
        used: KeyInUse,
    ) -> Result<KeyStanding, SourceError> {
        let key = self.state().keys.get(&used.key).cloned();
        self.answer(asked, key.ok_or(SourceError::Keyring(KeyringError::NoKey))?)
    }

    fn answer_new(&self, asked: &'static str, key: &Secret) -> Result<KeyStanding, SourceError> {
        self.answer(asked, characters(key))
    }

    fn found(&self, address: &RecordAddress) -> Result<PasswordRecord, SourceError> {
        let state = self.state();
        let mut records = state.records.iter();
        records.find(|r| r.id == address.password).cloned().ok_or(SourceError::NotFound)
    }
}

impl Source for World {
    fn region_of(&self, address: &str) -> Option<Region> {
        (address == "app").then_some(Region::Us)
    }

    async fn check(&self, _: Region, key: &Secret) -> Result<usize, SourceError> {
        self.answer_new("check", key).map(|standing| standing.sees.len())
    }

    async fn seen_by(&self, _: Region, key: &Secret) -> Result<Vec<Organization>, SourceError> {
        self.answer_new("seen by", key).map(|standing| standing.sees)
    }

    async fn organizations(&self, key: KeyInUse) -> Result<Vec<Organization>, SourceError> {
        self.answer_stored("organizations", key).map(|standing| standing.sees)
    }

    async fn records(
        &self,
        _: ListPermit,
        key: KeyInUse,
        _: &OrganizationId,
        _: OnStep<'_>,
    ) -> Result<(), SourceError> {
        self.answer_stored("records", key).map(drop)
    }

    async fn record(&self, address: &RecordAddress) -> Result<PasswordRecord, SourceError> {
        self.answer_stored("record", address.key)?;
        self.found(address)
    }

    async fn password<A: Releases>(
        &self,
        _: Audited<A>,
        address: &RecordAddress,
    ) -> Result<FetchedPassword, SourceError> {
        if self.state().password_hangs {
            std::future::pending::<()>().await;
        }
        let standing = self.answer_stored("password", address.key)?;
        let record = self.found(address)?;
        let password = self.state().password.clone();
        let secret = Secret::new(password.unwrap_or_else(|| "x".to_owned()));
        let given = standing.password_access.then_some(FetchedPassword { record, secret });
        given.ok_or(SourceError::NoPasswordAccess)
    }

    async fn test_password_access(
        &self,
        _: Audited<Test>,
        address: &RecordAddress,
    ) -> Result<bool, SourceError> {
        self.answer_stored("test", address.key).map(|standing| standing.password_access)
    }

    fn web_page(&self, _: Permit<Open>, region: Region, page: WebPage<'_>) -> Option<String> {
        Some(format!("{region:?} {page:?}"))
    }

    fn requests_left(&self) -> RequestsLeft {
        RequestsLeft { left: 1, of: 1, paused: None }
    }

    fn forget(&self, key: KeyId) {
        self.state().forgotten.push(key);
    }
}
