//! The IT Glue client's types as core's, and its errors as core's meanings.

use jiff::Timestamp;
use usher_core::entry::{Organization, PasswordRecord, RecordMarks, Region};
use usher_core::error::SourceError;
use usher_core::ids::{OrganizationId, PasswordId};
use usher_core::time::Moment;

pub(super) fn region(region: Region) -> itglue::Region {
    match region {
        Region::Us => itglue::Region::Us,
        Region::Eu => itglue::Region::Eu,
        Region::Au => itglue::Region::Au,
    }
}

pub(super) fn organization(row: itglue::Organization) -> Organization {
    Organization { id: OrganizationId::new(row.id.as_str()), name: row.name }
}

pub(super) fn record(row: itglue::PasswordRecord) -> PasswordRecord {
    PasswordRecord {
        id: PasswordId::new(row.id.as_str()),
        organization: OrganizationId::new(row.organization_id.as_str()),
        name: row.name,
        username: row.username,
        category: row.category_name,
        resource: row.resource_name,
        url: row.url,
        changed: row.password_updated_at.and_then(moment),
        web_address: row.resource_url,
        marks: RecordMarks {
            archived: row.archived,
            restricted: row.restricted,
            personal: row.personal,
            otp: row.otp_enabled,
            vaulted: row.vaulted,
        },
    }
}

fn moment(at: Timestamp) -> Option<Moment> {
    u64::try_from(at.as_millisecond()).ok().map(Moment::from_unix_millis)
}

pub(super) fn error(error: &itglue::Error) -> SourceError {
    use itglue::Error;
    match error {
        Error::KeyRefused => SourceError::KeyRefused,
        Error::NotAllowed => SourceError::NotAllowed,
        Error::NoPasswordAccess => SourceError::NoPasswordAccess,
        Error::NotFound => SourceError::NotFound,
        Error::RateLimited { retry_after } => {
            SourceError::RateLimited { retry_after: *retry_after }
        }
        Error::Unreachable(_) | Error::Setup => SourceError::Unreachable,
        Error::TimedOut => SourceError::TimedOut,
        Error::CutShort | Error::TooLarge { .. } => SourceError::CutShort,
        Error::Malformed { path } => SourceError::Malformed { path: path.clone() },
        Error::Paging(_) => SourceError::Malformed { path: "meta".to_owned() },
        Error::UnexpectedRedirect(status) | Error::UnexpectedStatus(status) => {
            SourceError::Server { status: *status }
        }
        Error::ForeignOrganization { .. } | Error::WrongRecord { .. } => SourceError::ForeignAnswer,
        Error::Vaulted => SourceError::Vaulted,
        Error::NoPassword => SourceError::Empty,
    }
}
