//! JSON:API bodies: kebab-case attributes, ids as text, foreign ids as numbers.

mod organization;
mod page;
mod password;
mod record;

use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) use page::page;
pub(crate) use password::{in_list as password, shown as password_shown};

use super::{
    data::AccountData,
    kind::Kind,
    listing::{Row, Watched, table},
    switches::{Switches, Written},
};

/// Where people look at records in a browser; a name that does not exist.
const SITE: &str = "https://examplemsp.itglue.invalid";

/// Every record of a kind, by id.
pub(crate) fn rows(kind: Kind, data: &AccountData, switches: &Switches) -> Vec<Row> {
    let watched = Watched::of(table(kind));
    let row = |id, parent, value: Value| Row::new(id, parent, value, &watched);
    match kind {
        Kind::Organizations => {
            data.organizations().map(|o| row(o.id, None, organization::resource(o))).collect()
        }
        Kind::Passwords => data
            .passwords()
            .map(|p| row(p.id, Some(p.organization_id), password(p, data, switches)))
            .collect(),
        Kind::PasswordCategories => {
            record::categories(data).into_iter().map(|(id, value)| row(id, None, value)).collect()
        }
        Kind::PasswordFolders
        | Kind::Configurations
        | Kind::Contacts
        | Kind::Locations
        | Kind::Domains
        | Kind::Documents
        | Kind::Sections
        | Kind::FlexibleAssetTypes
        | Kind::FlexibleAssets
        | Kind::Groups
        | Kind::Users => data
            .records(kind)
            .map(|r| row(r.id, record::parent(r), record::resource(kind, r, data, switches)))
            .collect(),
    }
}

/// `organization-id`, as the switch says.
fn organization_id(id: u64, switches: &Switches) -> Value {
    match switches.organization_ids {
        Written::Number => id.into(),
        Written::Text => id.to_string().into(),
    }
}

/// What `show` answers with.
pub(crate) fn document(resource: &Value) -> Value {
    json!({ "data": resource })
}

/// RFC 3339 in UTC with milliseconds.
pub(crate) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
