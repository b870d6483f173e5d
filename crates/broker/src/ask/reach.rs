//! Reach: who can sign in, with how many passwords of whom.

use std::sync::Arc;

use tokio::sync::mpsc;
use usher_core::accounts;
use usher_core::book::Book;
use usher_core::policy::{Act, Action, may_act};
use usher_core::ports::{Ports, Step};
use usher_core::reach::{self, Reach};

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::map::people::whom;
use crate::protocol::{ReachOf, ReachRow, Reply};
use usher_core::ports::Store;

pub(super) async fn find<P: Ports>(desk: &Desktop<P>, of: &ReachOf) -> Answer {
    let ports = desk.ports.as_ref();
    let found = match of {
        ReachOf::Credential { credential } => {
            reach::of_credential(ports, desk.unlock, forms::id("credential", credential)?).await
        }
        ReachOf::Draft { folder, form } => {
            let (folder, draft) = (forms::id("folder", folder)?, forms::credential(form)?);
            reach::of_draft(ports, desk.unlock, folder, &draft).await
        }
    };
    let book = ports.store().book().await;
    match (found, book) {
        (Ok(found), Ok(book)) => Ok(Reply::Reach { reach: row(desk, &found, &book).await }),
        (Err(error), _) => Err(explain(desk, &error, None).await),
        (Ok(_), Err(error)) => Err(explain(desk, &error.into(), None).await),
    }
}

/// The row, with the number of passwords where that is one cheap question.
pub(super) async fn row<P: Ports>(desk: &Desktop<P>, found: &Reach, book: &Arc<Book>) -> ReachRow {
    ReachRow {
        people: found.people.iter().map(|person| whom(book, *person).name).collect(),
        passwords: passwords(desk, found, book).await,
        organization: found.organization.name.clone(),
    }
}

/// One password; or as many as IT Glue announces with the first rows of the list. Of a category
/// only IT Glue's whole list would tell.
async fn passwords<P: Ports>(desk: &Desktop<P>, found: &Reach, book: &Book) -> Option<u32> {
    let Some(list) = &found.list else { return Some(1) };
    let act = Act { source: Some((found.connection, &found.organization.id)), ..Act::default() };
    let may = may_act(book, desk.person, Action::BrowseOrganization, &act).map(drop);
    if list.category.is_some() || may.is_err() {
        return None;
    }
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut on_step = |step| {
        if let Step::Rows(batch) = step {
            // Nobody waits for it any more once it is known.
            tell.send(batch.total).ok();
        }
    };
    let (ports, of) = (desk.ports.as_ref(), &found.organization.id);
    let listing = accounts::browse(ports, desk.unlock, found.connection, of, &mut on_step);
    let total = tokio::select! {
        listed = listing => {
            listed.ok()?;
            told.try_recv().ok().flatten()
        }
        total = told.recv() => total.flatten(),
    };
    total.and_then(|total| u32::try_from(total).ok())
}
