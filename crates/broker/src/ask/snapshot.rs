//! Everything the main window shows, as this person may see it.

use std::collections::BTreeSet;

use usher_core::book::Book;
use usher_core::entry::{CredentialEntry, TicketPolicy};
use usher_core::ids::FolderId;
use usher_core::policy::{Act, Action, Denied, may_act};
use usher_core::ports::{LocalStore, Ports, Proved, Store};

use super::Answer;
use super::accounts::cards;
use crate::broker::Desktop;
use crate::map;
use crate::map::may::may;
use crate::map::people::{known_to, whom};
use crate::map::read_only;
use crate::map::rows::Rows;
use crate::protocol::{Failure, FolderRow, Reply, SettingsRow, Snapshot};

pub(super) async fn take<P: Ports>(desk: &Desktop<P>) -> Answer {
    let shared = &desk.shared;
    // The number first: an event that comes while the rows are read is then seen again, not lost.
    let event = shared.hub.newest();
    let book = desk.ports.store().book().await?;
    let launches = desk.ports.local().last_launches(desk.person).await?;
    look_tickets_up(desk, &book).await;
    let tickets = (shared.tickets.as_ref(), desk.unlock);
    let rows = Rows { book: &book, person: desk.person, tickets };
    let cards = cards(desk, &book);
    let administrator = book.is_administrator(desk.person);
    let mut snapshot = Snapshot {
        event,
        person: whom(&book, desk.person),
        people: known_to(&book, desk.person),
        accounts: book.connections.values().map(|c| cards.account(c)).collect(),
        folders: folders(&book, &rows),
        credentials: book.credentials.values().filter_map(|c| rows.credential(c)).collect(),
        sessions: book.sessions.values().filter_map(|s| rows.session(s, &launches)).collect(),
        runs: shared.hub.runs.rows(Some(desk.person).filter(|_| !administrator)),
        audit: may(&allowed(desk, &book, Action::ReadAudit)),
        administer: may(&allowed(desk, &book, Action::Administer)),
        settings: settings(desk, &book).await?,
        drift: if administrator { shared.drift.of(&book) } else { 0 },
        undo: shared.undos.newest(desk.unlock).map(|edit| edit.what.word().to_owned()),
        read_only: desk.open.read_only,
        proved: map::door::proved(desk.open.proved),
        test_build: desk.test_build,
    };
    if snapshot.read_only {
        read_only::fix(&mut snapshot);
    }
    Ok(Reply::Snapshot { snapshot })
}

/// The tickets that this person gave last, for the folders with credential entries of theirs that
/// ask for one.
async fn look_tickets_up<P: Ports>(desk: &Desktop<P>, book: &Book) {
    let sees = |entry: &&CredentialEntry| {
        let act = Act { credential: Some(*entry), ..Act::default() };
        may_act(book, desk.person, Action::SeeCredential, &act).is_ok()
    };
    // Few folders ask for one, and that is quicker to tell.
    let asks = |folder: FolderId| book.folder_tickets(folder) != TicketPolicy::Off;
    let entries = book.credentials.values().filter(|entry| asks(entry.folder)).filter(sees);
    let folders: BTreeSet<FolderId> = entries.map(|entry| entry.folder).collect();
    for folder in folders {
        let who = (desk.unlock, desk.person);
        // The number is kept for the rows.
        drop(desk.shared.tickets.look_up(desk.ports.as_ref(), who, folder).await);
    }
}

/// What an administrator may; by PIN not yet.
fn allowed<P: Ports>(desk: &Desktop<P>, book: &Book, action: Action) -> Result<(), Denied> {
    let by_passphrase = desk.open.proved == Proved::Passphrase;
    may_act(book, desk.person, action, &Act { by_passphrase, ..Act::default() }).map(drop)
}

async fn settings<P: Ports>(desk: &Desktop<P>, book: &Book) -> Result<SettingsRow, Failure> {
    let own = desk.ports.local().own_idle_lock(desk.person).await?;
    Ok(SettingsRow {
        technicians_trust_on_first_use: book.settings.technicians_trust_on_first_use,
        ask_me: book.settings.ask_me,
        idle_lock_minutes: u32::from(book.settings.idle_lock_minutes),
        own_idle_lock_minutes: own.map(u32::from),
        idle_known: desk.shared.idle.is_known(),
    })
}

fn folders(book: &Book, rows: &Rows<'_>) -> Vec<FolderRow> {
    let mut folders: Vec<FolderRow> =
        book.folders.values().filter_map(|f| rows.folder(f)).collect();
    folders.sort_by(|a, b| (a.parent.is_some(), &a.name).cmp(&(b.parent.is_some(), &b.name)));
    folders
}
