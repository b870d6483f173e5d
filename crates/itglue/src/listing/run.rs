//! Going through a list: the first page alone, then the others together, handed over in order.

use std::{future::Future, pin::pin};

use futures_util::{StreamExt as _, stream};
use tokio::sync::mpsc::{self, UnboundedReceiver};

use super::{
    Listed, Listing, Step,
    course::{Answer, Course},
    pages::{Place, Rest},
    sink::Sink,
};
use crate::{Error, Record, Resource, count, limit::PAGES_AT_ONCE};

/// What the server says of a list's length is believed up to so many rows.
const RESERVED: u64 = 100_000;

impl<R: Resource> Listing<'_, R> {
    /// Asks for the whole list and hands over its pages in order as they land, and every wait.
    ///
    /// # Errors
    /// [`Error::ForeignOrganization`] if any row belongs elsewhere (its page is not handed over),
    /// [`Error::Paging`] if the pages do not add up, and every way in which a call can fail;
    /// pages already handed over stay valid.
    pub async fn each<F>(&self, on_step: &mut F) -> Result<Listed, Error>
    where
        F: FnMut(Step<R>) + Send + ?Sized,
    {
        if self.hopeless {
            return Ok(Listed { rows: 0, total_count: 0 });
        }
        let (tell, mut waits) = mpsc::unbounded_channel();
        let course = Course::new(self, tell);
        let mut sink = Sink::new(on_step);
        let first = hear(course.first(), &mut waits, &mut sink).await?;
        let rest = Rest::after(first.place, first.rows.len(), &first.meta)?;
        sink.take(first)?;
        let places = (2..=rest.last).map(|number| Place { number, size: rest.size });
        let pages = stream::iter(places).map(|place| course.page(place)).buffered(PAGES_AT_ONCE);
        let mut pages = pin!(pages);
        while !sink.ended() {
            let Some(answers) = hear(pages.next(), &mut waits, &mut sink).await else { break };
            sink.take_all(answers?)?;
        }
        // Records were added meanwhile.
        let mut grown = rest;
        while !sink.ended() {
            grown = grown.grown()?;
            let next = course.page(Place { number: grown.last, size: grown.size });
            let answers = hear(next, &mut waits, &mut sink).await?;
            sink.take_all(answers)?;
        }
        Ok(sink.listed())
    }

    /// The whole list at once. Waits as long as [`Listing::each`] does, without saying so, and
    /// without [`Listed`], which would say whether records may be missing.
    ///
    /// # Errors
    /// As [`Listing::each`]; then no row is handed over.
    pub async fn all(&self) -> Result<Vec<Record<R>>, Error> {
        let mut rows = Vec::new();
        self.each(&mut |step| {
            if let Step::Rows(page) = step {
                let left = page.total_count.min(RESERVED).saturating_sub(count(rows.len()));
                // Growing by doubling would need the rows' memory thrice for a moment.
                rows.reserve_exact(usize::try_from(left).unwrap_or(0).max(page.rows.len()));
                rows.extend(page.rows);
            }
        })
        .await?;
        Ok(rows)
    }
}

/// Does the work, and passes on the waits that it meets.
async fn hear<R, F, T>(
    work: impl Future<Output = T>,
    waits: &mut UnboundedReceiver<std::time::Duration>,
    sink: &mut Sink<'_, R, F>,
) -> T
where
    R: Resource,
    F: FnMut(Step<R>) + ?Sized,
{
    let mut work = pin!(work);
    loop {
        tokio::select! {
            biased;
            Some(wait) = waits.recv() => sink.waits(wait),
            done = &mut work => return done,
        }
    }
}

impl<R: Resource, F: FnMut(Step<R>) + ?Sized> Sink<'_, R, F> {
    fn take_all(&mut self, answers: Vec<Answer<R>>) -> Result<(), Error> {
        answers.into_iter().try_for_each(|answer| self.take(answer))
    }
}
