//! Everything the main window shows, as this person may see it.

use usher_core::book::Book;
use usher_core::error::Error;
use usher_core::policy::{Act, Action, may_act};
use usher_core::ports::{LocalStore, Ports, Store};

use super::Answer;
use super::accounts::cards;
use crate::broker::Desktop;
use crate::map::failure;
use crate::map::may::may;
use crate::map::people::{known_to, whom};
use crate::map::rows::Rows;
use crate::protocol::{FolderRow, Reply, Snapshot};

pub(super) async fn take<P: Ports>(desk: &Desktop<P>) -> Answer {
    // The number first: an event that comes while the rows are read is then seen again, not lost.
    let event = desk.hub.newest();
    let read = |error| failure::plain(&Error::Store(error));
    let book = desk.ports.store().book().await.map_err(read)?;
    let launches = desk.ports.local().last_launches(desk.person).await.map_err(read)?;
    let rows = Rows { book: &book, person: desk.person };
    let cards = cards(desk, &book);
    let administer = may(&may_act(&book, desk.person, Action::Administer, &Act::default()));
    let snapshot = Snapshot {
        event,
        person: whom(&book, desk.person),
        people: known_to(&book, desk.person),
        accounts: book.connections.values().map(|c| cards.account(c)).collect(),
        folders: folders(&book, &rows),
        credentials: book.credentials.values().filter_map(|c| rows.credential(c)).collect(),
        sessions: book.sessions.values().filter_map(|s| rows.session(s, &launches)).collect(),
        runs: desk.hub.runs.rows(Some(desk.person).filter(|p| !book.is_administrator(*p))),
        audit: administer.clone(),
        administer,
        settings: crate::protocol::SettingsRow {
            technicians_trust_on_first_use: false,
            idle_lock_minutes: 15,
            own_idle_lock_minutes: None,
        },
        drift: 0,
        undo: None,
        read_only: false,
        proved: crate::protocol::Proved::Passphrase,
        test_build: desk.test_build,
    };
    Ok(Reply::Snapshot { snapshot })
}

fn folders(book: &Book, rows: &Rows<'_>) -> Vec<FolderRow> {
    let mut folders: Vec<FolderRow> =
        book.folders.values().filter_map(|f| rows.folder(f)).collect();
    folders.sort_by(|a, b| (a.parent.is_some(), &a.name).cmp(&(b.parent.is_some(), &b.name)));
    folders
}
