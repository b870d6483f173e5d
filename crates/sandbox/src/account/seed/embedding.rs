//! Gives each embedded password the id of what it is embedded in.

use std::collections::BTreeMap;

use super::{
    Seeding,
    assets::{self, Types},
    devices,
};
use crate::account::{data::Resource, kind::Kind};

/// Organization, kind and name of what passwords are embedded in.
type Place = (u64, String, String);

/// Makes what is not there yet, once for each name in an organization.
pub(crate) fn furnish(seeding: &mut Seeding<'_>, domains: &[(u64, String)], types: &Types) {
    let mut known: BTreeMap<Place, u64> = BTreeMap::new();
    for record in seeding.data.records(Kind::Domains) {
        let organization = record.organization_id.unwrap_or_default();
        known.insert((organization, "domains".to_owned(), record.name().to_owned()), record.id);
    }
    for (organization, _) in domains {
        for (place, kind_name) in places(seeding, *organization) {
            known.entry(place).or_insert_with_key(|place| make(seeding, place, &kind_name, types));
        }
    }
    for row in seeding.data.passwords.values_mut() {
        let organization = row.organization_id;
        if let Some(resource) = &mut row.resource {
            resource.id = known.get(&place(organization, resource)).copied().unwrap_or_default();
        }
    }
}

/// What the passwords of an organization are embedded in, with what people call it.
fn places(seeding: &Seeding<'_>, organization: u64) -> BTreeMap<Place, String> {
    let rows = seeding.data.passwords.values().filter(|row| row.organization_id == organization);
    rows.filter_map(|row| row.resource.as_ref())
        .map(|resource| (place(organization, resource), resource.kind_name.clone()))
        .collect()
}

fn place(organization: u64, resource: &Resource) -> Place {
    (organization, resource.kind.clone(), resource.name.clone())
}

fn make(seeding: &mut Seeding<'_>, place: &Place, kind_name: &str, types: &Types) -> u64 {
    let (organization, kind, name) = place;
    if kind == "configurations" {
        devices::device(seeding, *organization, (kind_name, name))
    } else {
        assets::wireless(seeding, *organization, types.wireless, name)
    }
}
