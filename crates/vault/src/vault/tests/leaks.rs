//! S1, for the vault: whatever text it holds, none of it stands in clear in any file beside it.
//!
//! The texts are not listed here. Every string of every row is replaced by one that stands nowhere
//! else, wherever core takes that; so a field that is new is looked for from its first day.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use usher_core::Secret;
use usher_core::audit::{About, AuditEvent, Filter, Outcome, Ticket, What};
use usher_core::book::{Book, Change};
use usher_core::entry::{Host, KeyId, Organization, Port};
use usher_core::ids::{OrganizationId, PasswordId};
use usher_core::policy::{Changed, may_found};
use usher_core::ports::{Access, ApiKeys, FirstVault, LocalStore, OpenWith, Store};
use usher_core::time::Moment;

use super::search::{Found, Search, Spelling, canary, digits};
use super::world::{ADMIN, SESSION, TECH, hire, means, rename};
use crate::device::MemoryDevice;
use crate::rows::{self, Stored, Table, specimen};
use crate::vault::Vault;
use crate::{Local, Means};

/// Every string of a JSON value, by its pointer.
fn strings(json: &Value, at: &str, all: &mut Vec<String>) {
    match json {
        Value::String(_) => all.push(at.to_owned()),
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                strings(item, &format!("{at}/{number}"), all);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                strings(field, &format!("{at}/{name}"), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every place of a JSON value, with whether something stands there.
fn places(json: &Value, at: &str, all: &mut BTreeSet<(String, bool)>) {
    all.insert((at.to_owned(), !json.is_null()));
    match json {
        Value::Array(items) => items.iter().for_each(|item| places(item, &format!("{at}/_"), all)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| places(field, &format!("{at}/{name}"), all));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn specimen() -> Book {
    let mut book = Book::default();
    for change in specimen::everything() {
        book.apply(change).expect("applies");
    }
    book
}

/// The plain rows of a book.
fn plain(book: &Book) -> Vec<(Table, Stored)> {
    let writes = rows::write_all(book).expect("encodes").into_iter();
    let stored = |write: rows::Write| {
        let put = write.put.expect("a row that is put");
        let version = put.version.unwrap_or(1);
        (write.table, Stored { key: write.key, version, blob: put.blob })
    };
    writes.map(stored).collect()
}

fn json(row: &Stored) -> Value {
    serde_json::from_slice(&row.blob).expect("JSON")
}

/// The row with this JSON, under the key that belongs to it.
fn with(table: Table, row: &Stored, json: &Value) -> Option<Stored> {
    let mut key = row.key;
    if table == Table::Certificate {
        let host: Host = json["host"].as_str()?.parse().ok()?;
        let port = Port::new(u16::try_from(json["port"].as_u64()?).ok()?)?;
        key = rows::place_of(&Changed::Certificate(host, port)).key;
    }
    let blob = serde_json::to_vec(json).expect("encodes");
    Some(Stored { key, blob, ..row.clone() })
}

/// The book with a canary in the place of every string that may be another: all but ids and the words
/// of closed lists.
fn filled(book: &Book) -> (Book, Vec<String>) {
    let (mut filled, mut canaries) = (Book::default(), Vec::new());
    for (table, mut row) in plain(book) {
        let mut pointers = Vec::new();
        strings(&json(&row), "", &mut pointers);
        for pointer in pointers {
            let (mut json, text) = (json(&row), canary());
            *json.pointer_mut(&pointer).expect("there") = Value::from(text.as_str());
            let Some(other) = with(table, &row, &json) else { continue };
            if rows::read_into(&mut Book::default(), table, &other).is_ok() {
                row = other;
                canaries.push(text);
            }
        }
        rows::read_into(&mut filled, table, &row).expect("reads");
    }
    (filled, canaries)
}

/// What puts all of a book into an empty vault.
fn changes(book: Book) -> Vec<Change> {
    let mut all: Vec<Change> = vec![Change::PutSettings(book.settings)];
    all.extend(book.connections.into_values().map(Change::PutConnection));
    all.extend(book.people.into_values().map(Change::PutPerson));
    all.extend(book.person_keys.into_values().map(Change::PutPersonKey));
    all.extend(book.groups.into_values().map(Change::PutGroup));
    all.extend(book.folders.into_values().map(Change::PutFolder));
    all.extend(book.credentials.into_values().map(Change::PutCredential));
    all.extend(book.sessions.into_values().map(Change::PutSession));
    all.extend(book.grants.into_values().map(Change::PutGrant));
    all.extend(book.sources.into_values().map(Change::PutSource));
    all.extend(book.certificates.into_values().map(Change::PutCertificate));
    all
}

#[test]
fn the_specimen_leaves_no_field_empty() {
    let mut rows = plain(&specimen());
    rows.sort_by_key(|(table, _)| *table);
    for of_table in rows.chunk_by(|one, other| one.0 == other.0) {
        let mut all = BTreeSet::new();
        for (_, row) in of_table {
            places(&json(row), "", &mut all);
        }
        let empty = all.iter().filter(|(at, there)| !there && !all.contains(&(at.clone(), true)));
        assert_eq!(empty.count(), 0, "{:?}: {all:?}", of_table[0].0);
    }
}

/// Everything that somebody typed, was given once, or put: none of it is a row of the book.
struct Secrets {
    words: String,
    other_words: String,
    pin: String,
    api_keys: [String; 2],
    /// Kits and codes, as they are read out.
    given: Vec<String>,
}

impl Secrets {
    fn new() -> Self {
        let api_keys = [canary(), canary()];
        let (words, other_words) = (canary(), canary());
        Self { words, other_words, pin: digits(), api_keys, given: Vec::new() }
    }

    fn given(&mut self, code: &Secret) {
        // EXPOSE: looked for where it must not be
        let text = code.expose().to_owned();
        self.given.extend([text.replace('-', ""), text]);
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        let own = [&self.words, &self.other_words, &self.pin].into_iter();
        own.chain(&self.api_keys).chain(&self.given)
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// Founds the vault and does with it whatever makes it write.
async fn lived_in(vault: &Vault, book: Book, secrets: &mut Secrets) {
    let permit = |person| may_found(&Book::default(), person).expect("nobody is in an empty book");
    let passphrase = secret(&secrets.words);
    let first = FirstVault { founder: ADMIN, passphrase, changes: changes(book) };
    let opened = vault.found(permit(ADMIN), first).await.expect("founds");
    secrets.given(&opened.recovery_kit.expect("a kit"));
    let ids = [KeyId::Account(specimen::CONNECTION), KeyId::Person(specimen::PERSON_KEY)];
    for (id, key) in ids.into_iter().zip(&secrets.api_keys) {
        vault.put(id, secret(key)).await.expect("puts");
    }
    vault.set_pin(ADMIN, Some(secret(&secrets.pin))).await.expect("sets");
    vault.commit(permit(ADMIN), hire()).await.expect("hires");
    let invitation = vault.invite(permit(ADMIN), TECH).await.expect("invites");
    secrets.given(&invitation.code);
    let passphrase = secret(&secrets.other_words);
    let with = OpenWith::EnrolmentCode { person: TECH, code: invitation.code, passphrase };
    secrets.given(&vault.open(with, false).await.expect("enrols").recovery_kit.expect("a kit"));
    vault.rekey(permit(ADMIN)).await.expect("rekeys");
    // A technician's commit keeps what was before it in the journal.
    let book = vault.book().await.expect("reads");
    let name = book.sessions[&SESSION].name.clone();
    vault.commit(permit(TECH), rename(&book, "passing")).await.expect("commits");
    let book = vault.book().await.expect("reads");
    vault.commit(permit(TECH), rename(&book, name.as_str())).await.expect("commits");
}

/// Rows with a canary wherever text may stand.
async fn logged(log: &Local) -> Vec<String> {
    let texts: Vec<String> = (0..10).map(|_| canary()).collect();
    let [on, organization, id, host, account, record, record_name, number, reason, detail] =
        &*texts
    else {
        panic!("ten");
    };
    let named = Organization { id: OrganizationId::new(id.as_str()), name: organization.clone() };
    let about = About {
        folder: Some(specimen::ROOT),
        organization: Some(named),
        host: Some(host.clone()),
        account: Some(account.clone()),
        record: Some(PasswordId::new(record.as_str())),
        record_name: Some(record_name.clone()),
        ticket: Some(Ticket { number: number.clone(), reason: reason.clone() }),
        ..About::default()
    };
    let at = Moment::from_unix_millis(1);
    for what in [What::Launch, What::SettingsChanged] {
        let (on, about) = (on.clone(), about.clone());
        let details = vec![("reason", detail.clone())];
        let (person, outcome, run) = (ADMIN, Outcome::Intended, None);
        let event = AuditEvent { at, person, what, on, outcome, about, details, run };
        log.record(event).await.expect("records");
    }
    log.set_own_idle_lock(ADMIN, Some(7)).await.expect("keeps");
    log.launched(ADMIN, SESSION, at).await.expect("keeps");
    texts
}

#[tokio::test]
async fn no_text_of_the_vault_stands_in_any_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let means = Means { device_name: canary(), ..means(&MemoryDevice::default()) };
    let witness = means.witness.clone();
    let device_name = means.device_name.clone();
    let (book, texts) = filled(&specimen());
    let mut secrets = Secrets::new();
    let vault = Vault::at(folder.path().join("vault.sqlite"), means).expect("a thread");
    lived_in(&vault, book, &mut secrets).await;
    let log = Local::open_or_create(&folder.path().join("local.sqlite"), &witness).expect("opens");
    let logged = logged(&log).await;
    let read: Arc<Book> = vault.book().await.expect("reads");
    let rows = log.rows(&Filter::default(), None, usize::MAX).await.expect("reads");
    let all = texts.iter().chain(secrets.all()).chain(&logged).chain([&device_name]);
    let search = Search::new(all);
    // What lies there while both are open, with their logs; and what is left when they are closed.
    let open = search.files(folder.path());
    assert!(open.len() >= 6, "both files, their -wal and their -shm: {open:?}");
    drop((vault, log));
    // The one text that stands there in clear: by what a device calls itself, somebody is to know it.
    let known: Found = [(device_name, Spelling::Utf8)].into();
    let mut seen = false;
    for (path, found) in open.into_iter().chain(search.files(folder.path())) {
        assert!(found.is_subset(&known), "{}: {found:?}", path.display());
        seen |= !found.is_empty();
    }
    assert!(seen, "and the search finds that one");
    let wanted = |texts: &[String]| -> Found {
        texts.iter().map(|text| (text.clone(), Spelling::Utf8)).collect()
    };
    // The control: in what was read of vault and log, the same search finds each.
    let plain: Vec<u8> = plain(&read).into_iter().flat_map(|(_, row)| row.blob).collect();
    assert_eq!(search.bytes(&plain), wanted(&texts));
    assert_eq!(search.bytes(format!("{rows:?}").as_bytes()), wanted(&logged));
    // Names, hosts, patterns, records, users, certificates.
    assert!(texts.len() >= 30, "{}", texts.len());
    only_closed_words_in_clear(&folder.path().join("vault.sqlite"), &known);
}

/// What the rows in clear may say besides ids, hashes and what is sealed, all of them in hex.
const WORDS: [&str; 8] =
    ["argon2id-19", "passphrase", "pin", "recovery", "enrolment", "account", "person", "audit"];

/// Rows in clear are text that was never looked for above: there is none but closed words.
fn only_closed_words_in_clear(path: &Path, known: &Found) {
    let connection = rusqlite::Connection::open(path).expect("opens");
    let mut words = BTreeSet::new();
    for table in Table::ALL.into_iter().filter(|table| !table.is_book()) {
        let sql = format!("SELECT blob FROM {}", table.name());
        let mut statement = connection.prepare(&sql).expect("reads");
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("reads");
        let rows: Vec<Vec<u8>> = rows.map(|row| row.expect("a row")).collect();
        assert!(!rows.is_empty(), "{table:?}");
        for row in rows {
            let json: Value = serde_json::from_slice(&row[1..]).expect("JSON");
            let mut pointers = Vec::new();
            strings(&json, "", &mut pointers);
            words.extend(
                pointers.iter().filter_map(|at| json.pointer(at)?.as_str().map(str::to_owned)),
            );
        }
    }
    let hex = |word: &String| word.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-');
    words.retain(|word| !hex(word) && !WORDS.contains(&word.as_str()));
    let known: BTreeSet<String> = known.iter().map(|(text, _)| text.clone()).collect();
    assert_eq!(words, known);
}
