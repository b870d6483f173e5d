//! Which requests a fault strikes.

use std::time::Duration;

use super::fault::Fault;
use crate::account::{requests::param, routes::Asked};

/// A fault and the requests that it strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub(crate) fault: Fault,
    on: Option<String>,
    page: Option<usize>,
    after: u32,
    times: Option<u32>,
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self { fault, on: None, page: None, after: 0, times: None }
    }
}

impl Trouble {
    /// For so many requests only.
    #[must_use]
    pub fn times(self, requests: u32) -> Self {
        Self { times: Some(requests), ..self }
    }

    /// Only where the path contains this.
    #[must_use]
    pub fn on(self, path: impl Into<String>) -> Self {
        Self { on: Some(path.into()), ..self }
    }

    /// Only after so many requests that it would have struck.
    #[must_use]
    pub fn after(self, requests: u32) -> Self {
        Self { after: requests, ..self }
    }

    /// Only on this page of a list.
    #[must_use]
    pub fn on_page(self, number: usize) -> Self {
        Self { page: Some(number), ..self }
    }

    fn concerns(&self, asked: &Asked) -> bool {
        let number = |name| param(&asked.query, name).and_then(|text| text.parse::<usize>().ok());
        let size = number("page[size]").unwrap_or_default();
        let fits = matches!(self.fault, Fault::TooLarge { above, .. } if size <= above);
        !fits
            && self.times != Some(0)
            && self.on.as_deref().is_none_or(|part| asked.path.contains(part))
            && self.page.is_none_or(|page| number("page[number]").unwrap_or(1) == page)
    }

    /// Counts a request that it concerns; whether it strikes it.
    fn strike(&mut self) -> bool {
        if let Some(left) = self.after.checked_sub(1) {
            self.after = left;
            return false;
        }
        self.times = self.times.map(|times| times.saturating_sub(1));
        true
    }
}

/// The faults that are on. Delays add up; of the others, the one that was set first strikes.
#[derive(Default)]
pub(crate) struct Faults(Vec<Trouble>);

impl Faults {
    pub(crate) fn add(&mut self, trouble: Trouble) {
        self.0.push(trouble);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// What happens to this request.
    pub(crate) fn strike(&mut self, asked: &Asked) -> (Duration, Option<Fault>) {
        let mut delay = Duration::ZERO;
        let mut struck = None;
        for trouble in self.0.iter_mut().filter(|trouble| trouble.concerns(asked)) {
            if let Fault::Slow(by) = trouble.fault {
                delay = delay.saturating_add(if trouble.strike() { by } else { Duration::ZERO });
            } else if struck.is_none() && trouble.strike() {
                struck = Some(trouble.fault);
            }
        }
        (delay, struck)
    }
}
