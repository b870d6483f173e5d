//! Launching: prepare, and run.

use std::sync::Arc;
use std::time::Duration;

use usher_core::book::Book;
use usher_core::entry::{CredentialEntry, CredentialTarget, SessionEntry, Ticket, TicketPolicy};
use usher_core::ids::ConnectionId;
use usher_core::launch::{self, How, Launched, Opened, Plan, Wanted};
use usher_core::policy::could_launch;
use usher_core::ports::{Clock, Ports, Store};

use super::{Answer, certificates, explain, forms, picker};
use crate::broker::Desktop;
use crate::map::failure::{self, AccountFacts};
use crate::map::rights::ticket_ask;
use crate::map::{handoff, user_name};
use crate::protocol::{At, Failure, Launch, Prepared, Reply, RunRow, RunState, TicketAsk};
use crate::runs::Started;

/// How a launch was asked for, once it is on its way.
#[derive(Clone, Copy)]
struct Way {
    by_hand: bool,
    typed: bool,
    patience: Duration,
}

pub(super) async fn prepare<P: Ports>(
    desk: &Desktop<P>,
    session: &str,
    credential: Option<&str>,
) -> Answer {
    let wanted = wanted(session, credential, None)?;
    match launch::prepare::run(desk.ports.as_ref(), desk.unlock, &wanted).await {
        Ok(prepared) => {
            let ticket = asked_for(desk, &wanted, &prepared.tickets).await;
            let prepared = match prepared.plan {
                Plan::Ready => ready(desk, &wanted, (ticket, prepared.proof)).await,
                Plan::AskMe { host } => Prepared::AskMe { host, ticket, proof: prepared.proof },
                Plan::NoCredential => Prepared::NoCredential,
                Plan::Pick(list) => picker::pick(desk, list, ticket, prepared.proof),
            };
            Ok(Reply::Prepared { prepared })
        }
        Err(error) => Err(explain(desk, &error, account_of(desk, &wanted).await).await),
    }
}

/// One password: whom the host will see, by its record's user name as last seen.
async fn ready<P: Ports>(
    desk: &Desktop<P>,
    wanted: &Wanted,
    (ticket, proof): (TicketAsk, bool),
) -> Prepared {
    let book = desk.ports.store().book().await.ok();
    let target = book.as_deref().and_then(|book| Some(&found(book, wanted)?.1.target));
    let (signs_in_as, user_name) = target.map(user_name::of_target).unwrap_or_default();
    Prepared::Ready { ticket, proof, signs_in_as, user_name }
}

/// The ticket that is asked for, with the number that this person gave last in the folder.
async fn asked_for<P: Ports>(
    desk: &Desktop<P>,
    wanted: &Wanted,
    policy: &TicketPolicy,
) -> TicketAsk {
    if *policy == TicketPolicy::Off {
        return ticket_ask(policy, None);
    }
    let book = desk.ports.store().book().await.ok();
    let folder = book.and_then(|book| book.sessions.get(&wanted.session).map(|s| s.folder));
    let last = match folder {
        Some(folder) => {
            let who = (desk.unlock, desk.person);
            desk.shared.tickets.look_up(desk.ports.as_ref(), who, folder).await
        }
        None => None,
    };
    ticket_ask(policy, last)
}

pub(super) async fn launch<P: Ports>(desk: &Desktop<P>, wanted: Wanted, how: How) -> Answer {
    let ticket = how.answers.ticket.clone();
    let way = Way { by_hand: how.by_hand, typed: how.typed.is_some(), patience: how.patience() };
    match launch::run::run(&desk.ports, desk.unlock, &wanted, how).await {
        Ok(Launched::Opened(opened)) => {
            remember(desk, &wanted, ticket.as_ref()).await;
            enter(desk, &wanted, *opened, way).await
        }
        Ok(Launched::NeedsTrust { shown, before }) => {
            certificates::question(desk, &wanted, &shown, before.as_deref()).await
        }
        Err(error) => Err(explain(desk, &error, account_of(desk, &wanted).await).await),
    }
}

/// Offers the ticket again at the next launch in the folder.
async fn remember<P: Ports>(desk: &Desktop<P>, wanted: &Wanted, ticket: Option<&Ticket>) {
    let Ok(book) = desk.ports.store().book().await else { return };
    if let Some((ticket, session)) = ticket.zip(book.sessions.get(&wanted.session)) {
        desk.shared.tickets.keep(desk.unlock, session.folder, &ticket.number);
    }
}

pub(super) fn wanted(
    session: &str,
    credential: Option<&str>,
    choice: Option<&str>,
) -> Result<Wanted, Failure> {
    Ok(Wanted {
        session: forms::id("session", session)?,
        credential: credential.map(|c| forms::id("credential", c)).transpose()?,
        choice: choice.map(forms::password).transpose()?,
    })
}

/// The session and credential that are wanted, as far as they exist.
fn found<'a>(book: &'a Book, wanted: &Wanted) -> Option<(&'a SessionEntry, &'a CredentialEntry)> {
    let session = book.sessions.get(&wanted.session)?;
    let credential = match wanted.credential {
        Some(id) => book.credentials.get(&id)?,
        None => book.credential_of(session)?.credential,
    };
    Some((session, credential))
}

async fn account_of<P: Ports>(desk: &Desktop<P>, wanted: &Wanted) -> Option<ConnectionId> {
    let book = desk.ports.store().book().await.ok()?;
    found(&book, wanted).map(|(_, credential)| credential.connection)
}

/// Puts the launch on the Running list and hands the Handoff to the shell.
async fn enter<P: Ports>(desk: &Desktop<P>, wanted: &Wanted, opened: Opened, way: Way) -> Answer {
    let book = match desk.ports.store().book().await {
        Ok(book) => book,
        Err(error) => {
            // Nobody would see it, nor could end it.
            opened.control.end();
            return Err(error.into());
        }
    };
    let (run, host) = (opened.run, opened.host.clone());
    let handoff = handoff::sent(&opened.handoff);
    let hub = &desk.shared.hub;
    hub.runs.started(run, started(desk, &book, wanted, opened, way));
    hub.send_run(run);
    let seconds = failure::seconds(way.patience);
    Ok(Reply::Launch { launch: Launch::Opened { run: run.to_string(), handoff, seconds, host } })
}

fn started<P: Ports>(
    desk: &Desktop<P>,
    book: &Arc<Book>,
    wanted: &Wanted,
    opened: Opened,
    way: Way,
) -> Started {
    let facts = found(book, wanted).filter(|_| !way.typed);
    let asks = |c: &CredentialEntry| matches!(c.target, CredentialTarget::AlwaysPromptWithList(_));
    let row = RunRow {
        run: opened.run.to_string(),
        session: wanted.session.to_string(),
        name: opened.name,
        client: opened.client,
        host: opened.host,
        account: None,
        credential_name: facts.map(|(_, c)| c.name.to_string()),
        since: At(desk.ports.clock().now().unix_millis()),
        state: RunState::WaitingForClient,
        audited: true,
        by_hand: way.by_hand,
        can_sign_in_again: false,
    };
    Started {
        person: desk.person,
        row,
        control: opened.control,
        renewable: opened.renewable,
        typed: way.typed,
        choose_again: facts.is_some_and(|(_, c)| asks(c)),
        others: facts.map(|(s, c)| others(desk, book, s, c)).unwrap_or_default(),
        connection: facts.map(|(_, c)| c.connection),
        account: facts.and_then(|(_, c)| AccountFacts::of(book, desk.person, c.connection)),
    }
}

/// Other credential entries that this person could launch this session with.
fn others<P: Ports>(
    desk: &Desktop<P>,
    book: &Book,
    session: &SessionEntry,
    credential: &CredentialEntry,
) -> Vec<String> {
    let other = book.credentials.values().filter(|c| c.id != credential.id);
    let may = other.filter(|c| could_launch(book, desk.person, session, c).is_ok());
    may.map(|c| c.id.to_string()).collect()
}
