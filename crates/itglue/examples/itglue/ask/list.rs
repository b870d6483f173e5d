//! A list, handed on while its pages land.

use itglue::{Document, Documents, Error, Listed, Listing, Page, Record, Step};
use tokio::sync::Notify;

use crate::{columns::Columns, failure::Failure, output::Output, say};

/// What hands over pages while they land.
pub(super) trait Pages<R: Columns> {
    async fn each(&self, on_step: &mut (dyn FnMut(Step<R>) + Send)) -> Result<Listed, Error>;
}

impl<R: Columns> Pages<R> for Listing<'_, R> {
    async fn each(&self, on_step: &mut (dyn FnMut(Step<R>) + Send)) -> Result<Listed, Error> {
        Listing::each(self, on_step).await
    }
}

impl Pages<Document> for Documents<'_> {
    async fn each(
        &self,
        on_step: &mut (dyn FnMut(Step<Document>) + Send),
    ) -> Result<Listed, Error> {
        Documents::each(self, on_step).await
    }
}

/// Lists what `keep` lets through. A reader that has gone away ends it.
pub(super) async fn run<R: Columns>(
    listing: &impl Pages<R>,
    keep: impl Fn(&Record<R>) -> bool + Sync,
    output: &mut Output,
) -> Result<(), Failure> {
    let (closed, mut came) = (Notify::new(), 0_u64);
    let mut on_step = |step| match step {
        Step::Rows(page) => {
            came = came.saturating_add(u64::try_from(page.rows.len()).unwrap_or(u64::MAX));
            say::progress(came, page.total_count);
            if hand_on(&page, &keep, output).is_err() {
                closed.notify_one();
            }
        }
        Step::Waiting(wait) => {
            let seconds = wait.as_secs_f64().ceil();
            say::line(format!("Waiting {seconds} s: the account's limit of requests is used up."));
        }
    };
    tokio::select! {
        listed = listing.each(&mut on_step) => told(listed?),
        () = closed.notified() => {}
    }
    if output.rows() == 0 {
        say::line("Nothing was found.");
    }
    Ok(())
}

fn hand_on<R: Columns>(
    page: &Page<R>,
    keep: &impl Fn(&Record<R>) -> bool,
    output: &mut Output,
) -> Result<(), Closed> {
    for row in page.rows.iter().filter(|row| keep(row)) {
        output.row(row);
    }
    if output.is_closed() { Err(Closed) } else { Ok(()) }
}

/// Nobody reads any more.
struct Closed;

fn told(listed: Listed) {
    if listed.rows < listed.total_count {
        let Listed { rows, total_count } = listed;
        say::line(format!(
            "{rows} of {total_count} records came: the list changed meanwhile. Ask again for all."
        ));
    }
}
