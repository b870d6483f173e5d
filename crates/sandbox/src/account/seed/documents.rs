//! Documents at the root and in folders, with their sections.

use rand::{RngExt, seq::IndexedRandom};
use serde_json::{Value, json};

use super::{Client, Seeding, names};
use crate::account::kind::Kind;

/// Folders of documents have ids from here on, three to an organization.
const FIRST_FOLDER: u64 = 3_600_001;
const FOLDERS: u64 = 3;

/// Three to eight documents, about two of three in a folder.
pub(crate) fn furnish(seeding: &mut Seeding<'_>, client: Client<'_>) {
    let folder = FIRST_FOLDER.saturating_add(client.id.saturating_mul(FOLDERS) % 100_000);
    // The first lies at the root and the second in a folder, so that each client has both.
    let [first, second, ..] = names::DOCUMENTS;
    document(seeding, client, first, None);
    document(seeding, client, second, Some(folder));
    for _ in 0..seeding.rng.random_range(1..7) {
        let name = names::DOCUMENTS.choose(&mut seeding.rng).copied().unwrap_or_default();
        let inside = seeding.rng.random_ratio(2, 3);
        let folder = folder.saturating_add(seeding.rng.random_range(0..FOLDERS));
        document(seeding, client, name, inside.then_some(folder));
    }
}

fn document(seeding: &mut Seeding<'_>, client: Client<'_>, name: &str, folder: Option<u64>) {
    let heading = format!("<h2>{name}</h2>");
    let text = format!("<p>How <strong>{}</strong> does this.</p>", client.domain);
    let facts = json!({
        "name": name,
        "document-folder-id": folder,
        "content": format!("{heading}{text}"),
        "published-at": null,
        "archived": seeding.rng.random_ratio(1, 30),
        "public": false,
        "restricted": false,
        "my-glue": false,
    });
    let id = seeding.add(Kind::Documents, Some(client.id), facts);
    section(
        seeding,
        id,
        1,
        &json!({ "resource-type": "Document::Heading", "content": heading, "level": 2 }),
    );
    section(seeding, id, 2, &json!({ "resource-type": "Document::Text", "content": text }));
}

fn section(seeding: &mut Seeding<'_>, document: u64, sort: u64, facts: &Value) {
    let facts = json!({
        "document-id": document,
        "resource-type": facts.get("resource-type"),
        "resource-id": document.saturating_mul(10).saturating_add(sort),
        "sort": sort,
        "level": facts.get("level"),
        "content": facts.get("content"),
        "rendered-content": facts.get("content"),
    });
    seeding.add(Kind::Sections, None, facts);
}
