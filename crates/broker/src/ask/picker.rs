//! The IT Glue credentials list: opened by a launch or while creating, filled by its own task.

use std::sync::Arc;

use usher_core::accounts;
use usher_core::error::Error;
use usher_core::ids::ConnectionId;
use usher_core::launch::PickList;
use usher_core::ports::{Ports, Step, Store};

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::map::failure;
use crate::pickers::Picker;
use crate::protocol::{Code, Detail, Failure, NotFoundWhat, Prepared, Reply, TicketAsk};

/// Opens the list of a launch.
pub(super) fn pick<P: Ports>(
    desk: &Desktop<P>,
    list: Box<PickList>,
    ticket: TicketAsk,
    proof: bool,
) -> Prepared {
    let organization = list.organization.name.clone();
    let host = list.host.clone();
    let account = list.connection();
    let picker = desk.shared.pickers.open(desk.person, organization.clone());
    let filling = Filling::new(desk, &picker);
    let task = tokio::spawn(async move {
        let ports = Arc::clone(&filling.desk.ports);
        let listed = list.rows(ports.as_ref(), &mut |step| filling.goes_on(step)).await;
        filling.finish(listed, account).await;
    });
    picker.filled_by(task.abort_handle());
    Prepared::Pick { picker: picker.name(), organization, host, ticket, proof }
}

/// Opens the list of an organization for somebody who creates an entry.
pub(super) async fn browse<P: Ports>(
    desk: &Desktop<P>,
    connection: &str,
    organization: String,
) -> Answer {
    let account: ConnectionId = forms::id("connection", connection)?;
    let organization = forms::organization(&organization)?;
    let name = shown_name(desk, account, organization.as_str()).await;
    let picker = desk.shared.pickers.open(desk.person, name);
    let filling = Filling::new(desk, &picker);
    let task = tokio::spawn(async move {
        let (ports, unlock) = (Arc::clone(&filling.desk.ports), filling.desk.unlock);
        let mut goes_on = |step| filling.goes_on(step);
        let browsed =
            accounts::browse(ports.as_ref(), unlock, account, &organization, &mut goes_on).await;
        filling.finish(browsed, account).await;
    });
    picker.filled_by(task.abort_handle());
    Ok(Reply::PickerOpened { picker: picker.name() })
}

async fn shown_name<P: Ports>(
    desk: &Desktop<P>,
    account: ConnectionId,
    organization: &str,
) -> String {
    let Ok(book) = desk.ports.store().book().await else {
        return organization.to_owned();
    };
    let clients = book.folders.values().filter_map(|f| f.client.as_ref());
    let mut named = clients
        .filter(|c| c.connection == account && c.organization.id.as_str() == organization)
        .map(|c| c.organization.name.clone());
    named.next().unwrap_or_else(|| organization.to_owned())
}

/// What the task that fills a list holds.
struct Filling<P: Ports> {
    desk: Desktop<P>,
    picker: Arc<Picker>,
}

impl<P: Ports> Filling<P> {
    fn new(desk: &Desktop<P>, picker: &Arc<Picker>) -> Self {
        Self { desk: desk.share(), picker: Arc::clone(picker) }
    }

    fn goes_on(&self, step: Step) {
        self.picker.goes_on(step, &self.desk.shared.hub);
    }

    async fn finish(&self, listed: Result<(), Error>, account: ConnectionId) {
        let failure = match &listed {
            Ok(()) => None,
            Err(error) => Some(explain(&self.desk, error, Some(account)).await),
        };
        self.picker.finish(failure, &self.desk.shared.hub);
    }
}

fn gone() -> Failure {
    Failure { code: Code::NotFound, detail: Detail::NotFound { what: NotFoundWhat::Picker } }
}

pub(super) fn page<P: Ports>(
    desk: &Desktop<P>,
    picker: &str,
    query: &str,
    (offset, limit): (u32, u32),
) -> Answer {
    let picker = desk.shared.pickers.find(picker, desk.person).ok_or_else(gone)?;
    let too_long = query.len() > 512;
    if too_long {
        return Err(failure::field_breaks("query", usher_core::error::Rule::TooLong));
    }
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    Ok(Reply::PickerPage { page: picker.page(query, index(offset), index(limit)) })
}

pub(super) fn close<P: Ports>(desk: &Desktop<P>, picker: &str) -> Answer {
    let picker = desk.shared.pickers.find(picker, desk.person).ok_or_else(gone)?;
    desk.shared.pickers.close(&picker);
    Ok(Reply::Done)
}
