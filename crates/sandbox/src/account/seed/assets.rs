//! Two types of flexible assets: the local network and the wireless one.

use rand::RngExt;
use serde_json::{Value, json};

use super::{Client, Seeding};
use crate::account::kind::Kind;

/// Ids of the types.
pub(crate) struct Types {
    pub(crate) wireless: u64,
    network: u64,
}

pub(crate) const WIRELESS: &str = "Wireless";
const NETWORK: &str = "LAN";

/// Both types.
pub(crate) fn types(seeding: &mut Seeding<'_>) -> Types {
    let mut add = |name: &str, icon: &str| {
        let facts = json!({
            "name": name,
            "description": null,
            "icon": icon,
            "enabled": true,
            "show-in-menu": true,
            "builtin": false,
        });
        seeding.add(Kind::FlexibleAssetTypes, None, facts)
    };
    Types { wireless: add(WIRELESS, "wifi"), network: add(NETWORK, "sitemap") }
}

/// One local network; wireless ones come with the passwords that are embedded in them.
pub(crate) fn furnish(seeding: &mut Seeding<'_>, client: Client<'_>, types: &Types) {
    let (a, b) = (seeding.rng.random_range(0..250), seeding.rng.random_range(0..250));
    let traits = json!({
        "subnet": format!("10.{a}.{b}.0/24"),
        "gateway": format!("10.{a}.{b}.1"),
        "vlan": 10,
        "notes": "<p>Printers are in .200 to .220.</p>",
    });
    add(seeding, client.id, (types.network, NETWORK, "Office LAN"), traits);
}

/// A wireless network named after its site.
pub(crate) fn wireless(seeding: &mut Seeding<'_>, organization: u64, id: u64, site: &str) -> u64 {
    let traits = json!({ "site": site, "ssid": format!("{site} staff"), "security": "WPA2" });
    add(seeding, organization, (id, WIRELESS, site), traits)
}

fn add(
    seeding: &mut Seeding<'_>,
    organization: u64,
    (type_id, type_name, name): (u64, &str, &str),
    traits: Value,
) -> u64 {
    let mut facts = json!({
        "flexible-asset-type-id": type_id,
        "flexible-asset-type-name": type_name,
        "name": name,
        "archived": false,
        "restricted": false,
        "my-glue": false,
    });
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("traits".to_owned(), traits);
    }
    seeding.add(Kind::FlexibleAssets, Some(organization), facts)
}
