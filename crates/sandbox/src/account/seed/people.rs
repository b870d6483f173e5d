//! People: contacts at an organization, and the MSP's own users with their groups.

use rand::{RngExt, seq::IndexedRandom};
use serde_json::json;

use super::{Client, Seeding, names};
use crate::account::kind::Kind;

/// The contact types, with ids from here on.
const FIRST_TYPE: u64 = 330_001;
const TYPES: [&str; 3] = ["Employee", "Decision maker", "Vendor"];

/// Groups and users of the MSP.
pub(crate) fn colleagues(seeding: &mut Seeding<'_>) {
    for name in names::GROUPS {
        seeding.add(Kind::Groups, None, json!({ "name": name }));
    }
    for (index, (first, last)) in names::FIRST.iter().zip(names::LAST).take(9).enumerate() {
        let name = format!("{first} {last}");
        let facts = json!({
            "first-name": first,
            "last-name": last,
            "name": name,
            "role-name": if index == 0 { "Administrator" } else { "Editor" },
            "email": format!("tech{index}@examplemsp.example"),
            "reputation": index.saturating_mul(40),
            "salesforce-id": null,
            "my-glue": false,
            "invitation-accepted-at": null,
            "current-sign-in-at": null,
        });
        seeding.add(Kind::Users, None, facts);
    }
}

/// Three to twelve contacts.
pub(crate) fn contacts(seeding: &mut Seeding<'_>, client: Client<'_>) {
    for _ in 0..seeding.rng.random_range(3..13) {
        let first = names::FIRST.choose(&mut seeding.rng).copied().unwrap_or_default();
        let last = names::LAST.choose(&mut seeding.rng).copied().unwrap_or_default();
        contact(seeding, client, (first, last));
    }
}

fn contact(seeding: &mut Seeding<'_>, client: Client<'_>, (first, last): (&str, &str)) {
    let title = names::TITLES.choose(&mut seeding.rng).copied().unwrap_or_default();
    let kind = seeding.rng.random_range(0..TYPES.len());
    let mail = format!("{first}.{last}@{}.example", client.domain).to_lowercase();
    let facts = json!({
        "first-name": first,
        "last-name": last,
        "name": format!("{first} {last}"),
        "title": if title.is_empty() { None } else { Some(title) },
        "contact-type-id": super::offset(FIRST_TYPE, kind),
        "contact-type-name": TYPES.get(kind),
        "location-id": null,
        "location-name": null,
        "important": seeding.rng.random_ratio(1, 10),
        "notes": null,
        "contact-emails": [
            { "value": mail, "primary": true, "label-name": "Work", "label-type": "Work" },
        ],
        "contact-phones": [],
        "psa-integration": null,
        "restricted": false,
        "my-glue": false,
    });
    seeding.add(Kind::Contacts, Some(client.id), facts);
}
