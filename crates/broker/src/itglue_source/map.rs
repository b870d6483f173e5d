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

pub(super) fn organization(row: itglue::Record<itglue::Organization>) -> Organization {
    let id = OrganizationId::new(row.id.to_string());
    Organization { id, name: row.attributes.name.unwrap_or_default() }
}

/// The client has checked that the record is of this organization.
pub(super) fn record(
    organization: itglue::OrganizationId,
    row: itglue::Record<itglue::Password>,
) -> PasswordRecord {
    let itglue::Record { id, attributes: row } = row;
    let vaulted = row.is_vaulted();
    PasswordRecord {
        id: PasswordId::new(id.to_string()),
        organization: OrganizationId::new(organization.to_string()),
        name: row.name.unwrap_or_default(),
        username: row.username,
        category: row.password_category_name,
        resource: row.cached_resource_name,
        url: row.url,
        changed: row.password_updated_at.and_then(moment),
        web_address: row.resource_url,
        marks: RecordMarks {
            archived: row.archived.unwrap_or_default(),
            restricted: row.restricted.unwrap_or_default(),
            personal: row.personal.unwrap_or_default(),
            otp: row.otp_enabled.unwrap_or_default(),
            vaulted,
        },
    }
}

fn moment(at: Timestamp) -> Option<Moment> {
    u64::try_from(at.as_millisecond()).ok().map(Moment::from_unix_millis)
}

/// The number of organizations that a good key sees.
pub(super) fn verdict(verdict: itglue::Verdict) -> Result<usize, SourceError> {
    use itglue::Verdict;
    match verdict {
        Verdict::Good { organizations } => Ok(usize::try_from(organizations).unwrap_or(usize::MAX)),
        Verdict::Refused => Err(SourceError::KeyRefused),
        Verdict::Unreachable(_) | Verdict::CertificateNotTrusted => Err(SourceError::Unreachable),
        Verdict::TimedOut => Err(SourceError::TimedOut),
        Verdict::RateLimited { retry_after } => Err(SourceError::RateLimited { retry_after }),
        Verdict::Odd(odd) => Err(error(&odd)),
    }
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
        Error::TimedOut { .. } => SourceError::TimedOut,
        Error::CutShort | Error::TooLarge { .. } => SourceError::CutShort,
        Error::Malformed { path } => SourceError::Malformed { path: path.clone() },
        Error::Paging(_) => SourceError::Malformed { path: "meta".to_owned() },
        Error::Excessive(_) => SourceError::Malformed { path: ".".to_owned() },
        Error::Unprocessable { .. } => SourceError::Server { status: 422 },
        Error::UnexpectedRedirect(status) | Error::UnexpectedStatus(status) => {
            SourceError::Server { status: *status }
        }
        Error::ForeignOrganization { .. } | Error::WrongRecord { .. } => SourceError::ForeignAnswer,
        Error::Vaulted => SourceError::Vaulted,
        Error::NoPassword => SourceError::Empty,
    }
}
