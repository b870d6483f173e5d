//! What an event was about, as a row's text has it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use usher_core::audit::{About, Ticket};
use usher_core::entry::Organization;
use usher_core::ids::{OrganizationId, PasswordId};

/// [`About`]. Ids of ours are text; what is missing is left out.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<String>,
    /// Id and name.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record_name: Option<String>,
    /// Number and reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lasted_ms: Option<u64>,
}

fn text(id: &impl ToString) -> String {
    id.to_string()
}

impl Facts {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn of(about: &About) -> Self {
        let organization = about.organization.as_ref();
        let millis = |lasted: Duration| u64::try_from(lasted.as_millis()).unwrap_or(u64::MAX);
        Self {
            folder: about.folder.as_ref().map(text),
            session: about.session.as_ref().map(text),
            credential: about.credential.as_ref().map(text),
            person: about.person.as_ref().map(text),
            connection: about.connection.as_ref().map(text),
            organization: organization.map(|o| (text(&o.id), o.name.clone())),
            host: about.host.clone(),
            account: about.account.clone(),
            record: about.record.as_ref().map(text),
            record_name: about.record_name.clone(),
            ticket: about.ticket.as_ref().map(|t| (t.number.clone(), t.reason.clone())),
            lasted_ms: about.lasted.map(millis),
        }
    }

    pub(super) fn into_core(self) -> About {
        let organization =
            |(id, name)| Organization { id: OrganizationId::new(String::into_boxed_str(id)), name };
        About {
            folder: self.folder.and_then(|id| id.parse().ok()),
            session: self.session.and_then(|id| id.parse().ok()),
            credential: self.credential.and_then(|id| id.parse().ok()),
            person: self.person.and_then(|id| id.parse().ok()),
            connection: self.connection.and_then(|id| id.parse().ok()),
            organization: self.organization.map(organization),
            host: self.host,
            account: self.account,
            record: self.record.map(PasswordId::new),
            record_name: self.record_name,
            ticket: self.ticket.map(|(number, reason)| Ticket { number, reason }),
            lasted: self.lasted_ms.map(Duration::from_millis),
        }
    }

    /// Takes a detail of the older schema, if it has a field of its own by now.
    pub(super) fn take_older(&mut self, word: &str, value: &str) -> bool {
        let field = match word {
            "host" => &mut self.host,
            "record" => &mut self.record,
            "record_name" => &mut self.record_name,
            "username" => &mut self.account,
            "lasted_s" => return self.take_seconds(value),
            _ => return false,
        };
        // A word that stands twice stays a detail the second time.
        field.is_none() && field.replace(value.to_owned()).is_none()
    }

    fn take_seconds(&mut self, value: &str) -> bool {
        let seconds: Option<u64> = value.parse().ok();
        self.lasted_ms = seconds.map(|seconds| seconds.saturating_mul(1_000));
        seconds.is_some()
    }
}
