//! A list, handed on while its pages land.

use itglue::{Listed, Listing, Page, Record, Step};
use tokio::sync::Notify;

use crate::{columns::Columns, failure::Failure, output::Output, say};

/// Lists what `keep` lets through. A reader that has gone away ends it.
pub(super) async fn run<R: Columns>(
    listing: &Listing<'_, R>,
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
