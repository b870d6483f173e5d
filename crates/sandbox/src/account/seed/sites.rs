//! Where an organization is, on the street and on the Internet.

use rand::RngExt;
use serde_json::json;

use super::{Client, Seeding, names};
use crate::account::kind::Kind;

/// One to three locations, the first of them the primary one, and a domain.
pub(crate) fn furnish(seeding: &mut Seeding<'_>, client: Client<'_>) {
    let count = seeding.rng.random_range(1..4);
    for (index, site) in names::SITES.iter().take(count).enumerate() {
        location(seeding, client, site, index == 0);
    }
    let registrar = "Example Registrar";
    let facts = json!({
        "name": format!("{}.example", client.domain),
        "screenshot": null,
        "registrar-name": registrar,
        "expires-on": "2027-05-01",
        "notes": null,
    });
    seeding.add(Kind::Domains, Some(client.id), facts);
}

fn location(seeding: &mut Seeding<'_>, client: Client<'_>, site: &str, primary: bool) {
    let (city, country_id, country) = names::CITIES
        .get(seeding.rng.random_range(0..names::CITIES.len()))
        .copied()
        .unwrap_or_default();
    let number = seeding.rng.random_range(1..200);
    let facts = json!({
        "name": site,
        "primary": primary,
        "address-1": format!("{number} Station Road"),
        "address-2": null,
        "city": city,
        "postal-code": format!("{:05}", seeding.rng.random_range(10_000..99_999)),
        "region-id": null,
        "region-name": null,
        "country-id": country_id,
        "country-name": country,
        "phone": null,
        "fax": null,
        "notes": null,
        "psa-integration": null,
        "restricted": false,
        "my-glue": false,
    });
    seeding.add(Kind::Locations, Some(client.id), facts);
}
