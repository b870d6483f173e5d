//! Configurations: servers and firewalls that passwords belong to, and workstations that need none.

use rand::RngExt;
use serde_json::json;

use super::{Client, Seeding};
use crate::account::kind::Kind;

/// The configuration types, with ids from here on.
const FIRST_TYPE: u64 = 350_001;
const TYPES: [&str; 3] = ["Server", "Network device", "Workstation"];
/// Active and Retired.
const STATUSES: [(u64, &str); 2] = [(360_001, "Active"), (360_002, "Retired")];

/// A few workstations without passwords.
pub(crate) fn workstations(seeding: &mut Seeding<'_>, client: Client<'_>) {
    let prefix: String = client.domain.to_uppercase().chars().take(8).collect();
    for number in 1..=seeding.rng.random_range(4..16) {
        device(seeding, client.id, ("Workstation", &format!("{prefix}-WS{number:02}")));
    }
}

/// A configuration of a type, with its host name and address.
pub(crate) fn device(
    seeding: &mut Seeding<'_>,
    organization: u64,
    (kind, name): (&str, &str),
) -> u64 {
    let index = TYPES.iter().position(|known| *known == kind).unwrap_or_default();
    let (status_id, status) =
        STATUSES.get(usize::from(seeding.rng.random_ratio(1, 20))).copied().unwrap_or_default();
    let (a, b) = (seeding.rng.random_range(0..250), seeding.rng.random_range(2..250));
    let serial: u32 = seeding.rng.random();
    let host = name.to_lowercase().replace(' ', "-");
    let facts = json!({
        "name": name,
        "hostname": host,
        "primary-ip": format!("10.{a}.0.{b}"),
        "mac-address": format!("02:00:00:{a:02x}:{b:02x}:{index:02x}"),
        "default-gateway": format!("10.{a}.0.1"),
        "serial-number": format!("SN{serial:08X}"),
        "asset-tag": null,
        "position": null,
        "notes": null,
        "operating-system-id": null,
        "operating-system-name": null,
        "operating-system-notes": null,
        "manufacturer-id": null,
        "manufacturer-name": null,
        "model-id": null,
        "model-name": null,
        "location-id": null,
        "location-name": null,
        "contact-id": null,
        "contact-name": null,
        "configuration-type-id": super::offset(FIRST_TYPE, index),
        "configuration-type-name": TYPES.get(index),
        "configuration-type-kind": null,
        "configuration-status-id": status_id,
        "configuration-status-name": status,
        "warranty-expires-at": null,
        "installed-by": null,
        "archived": status == "Retired",
        "restricted": false,
        "my-glue": false,
        "psa-integration": null,
        "rmm-integrations": null,
    });
    seeding.add(Kind::Configurations, Some(organization), facts)
}
