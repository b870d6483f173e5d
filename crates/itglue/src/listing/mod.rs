//! Lists: what to ask for, and how it comes.

mod course;
mod page;
mod pages;
mod refresh;
mod run;
mod sink;
mod total;

use std::marker::PhantomData;

use crate::{
    Error, OrganizationId, Record, Resource,
    http::Transport,
    query::{Filter as _, Sort as _},
};
pub use page::{Listed, Page, Step};
pub use refresh::Refresh;

/// Turns a row into a record, or refuses it.
type Check<R> = fn(&Record<R>, Option<OrganizationId>) -> Result<(), Error>;

/// A list that is about to be asked for. Nothing is sent before [`Listing::each`],
/// [`Listing::all`] or [`Listing::refresh`].
#[must_use = "a list is asked for by `each`, `all` or `refresh`"]
pub struct Listing<'a, R: Resource> {
    transport: &'a Transport,
    path: Vec<String>,
    parameters: Vec<(&'static str, String)>,
    sort: Option<String>,
    /// A filter that no row can pass.
    hopeless: bool,
    organization: Option<OrganizationId>,
    check: Check<R>,
    kind: PhantomData<R>,
}

impl<'a, R: Resource> Listing<'a, R> {
    /// A list of the whole account: its rows are of any organization.
    pub(crate) fn of_account(transport: &'a Transport) -> Self {
        Self::new(transport, vec![R::PATH.to_owned()], None, |_, _| Ok(()))
    }

    pub(crate) fn new(
        transport: &'a Transport,
        path: Vec<String>,
        organization: Option<OrganizationId>,
        check: Check<R>,
    ) -> Self {
        let sort = R::DEFAULT_SORT.map(str::to_owned);
        let (parameters, kind) = (Vec::new(), PhantomData);
        Self { transport, path, parameters, sort, hopeless: false, organization, check, kind }
    }

    /// A filter that is no choice of the caller's, such as the one for the organization.
    pub(crate) fn fixed(mut self, parameter: &'static str, value: String) -> Self {
        self.parameters.push((parameter, value));
        self
    }

    /// Only rows that pass this filter. Several filters must all be passed.
    ///
    /// A server that does not know a filter ignores it and answers with everything; what a filter
    /// is relied on for has to be looked at in the rows. A filter without any alternative lets
    /// nothing pass, and then nothing is asked.
    pub fn filter(self, filter: &R::Filter) -> Self {
        match filter.parameter() {
            Some((parameter, value)) => self.fixed(parameter, value),
            None => Self { hopeless: true, ..self },
        }
    }

    /// In this order instead of the usual one (mostly by name).
    pub fn sort(mut self, by: R::Sort) -> Self {
        self.sort = Some(by.attribute().to_owned());
        self
    }

    /// In this order, the last first.
    pub fn sort_descending(mut self, by: R::Sort) -> Self {
        self.sort = Some(format!("-{}", by.attribute()));
        self
    }
}
