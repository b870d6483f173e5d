//! The IT Glue client's types as core's, and its errors as core's meanings.

use jiff::Timestamp;
use usher_core::entry::{Organization, PasswordRecord, RecordMarks, Region};
use usher_core::error::SourceError;
use usher_core::ids::{OrganizationId, PasswordId};
use usher_core::ports::{Batch, Step, WebPage};
use usher_core::time::Moment;

pub(super) fn region(region: Region) -> itglue::Region {
    match region {
        Region::Us => itglue::Region::Us,
        Region::Eu => itglue::Region::Eu,
        Region::Au => itglue::Region::Au,
    }
}

pub(super) fn own_region(region: itglue::Region) -> Region {
    match region {
        itglue::Region::Us => Region::Us,
        itglue::Region::Eu => Region::Eu,
        itglue::Region::Au => Region::Au,
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
            // Where IT Glue does not say that it is not: guarded, not open to every list.
            restricted: row.restricted.unwrap_or(true),
            personal: row.personal.unwrap_or_default(),
            otp: row.otp_enabled.unwrap_or_default(),
            vaulted,
        },
    }
}

/// How a list of this organization goes on.
pub(super) fn step(
    organization: itglue::OrganizationId,
    step: itglue::Step<itglue::Password>,
) -> Step {
    match step {
        itglue::Step::Rows(itglue::Page { rows, total_count }) => {
            let rows = rows.into_iter().map(|row| record(organization, row)).collect();
            Step::Rows(Batch { rows, total: usize::try_from(total_count).ok() })
        }
        itglue::Step::Waiting(time) => Step::Waiting(time),
    }
}

/// A record's own address only where it is that record's page in its region; else it is built.
pub(super) fn web_page(region: itglue::Region, page: WebPage<'_>) -> Option<itglue::WebPage> {
    let organization = |id: &OrganizationId| id.as_str().parse().ok();
    match page {
        WebPage::Account => region.account_page(),
        WebPage::Organization(id) => region.organization_page(organization(id)?),
        WebPage::Record(record) => {
            let id = record.id.as_str().parse().ok()?;
            let of = organization(&record.organization)?;
            region.page_of_password(record.web_address.as_deref(), of, id)
        }
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
        Verdict::Unreachable(_) => Err(SourceError::Unreachable),
        Verdict::CertificateNotTrusted => Err(SourceError::CertificateNotTrusted),
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
        Error::Unreachable(itglue::UnreachableKind::Certificate) => {
            SourceError::CertificateNotTrusted
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use itglue::{UnreachableKind, Verdict};

    use super::*;
    use crate::map::failure;
    use crate::protocol::{Code, Detail, Fault};

    fn code_and_fault(of: Verdict) -> (Code, Option<Fault>) {
        let error = verdict(of).expect_err("no good key");
        let failure = failure::plain(&usher_core::error::Error::Source(error));
        let fault = if let Detail::Fault { fault } = failure.detail { Some(fault) } else { None };
        (failure.code, fault)
    }

    #[test]
    fn each_verdict_on_a_key_is_a_failure_of_its_own() {
        let malformed = itglue::Error::Malformed { path: ".".to_owned() };
        let limited = Verdict::RateLimited { retry_after: Some(Duration::from_secs(1)) };
        for (of, code, fault) in [
            (Verdict::Refused, Code::KeyRefused, None),
            (Verdict::Unreachable(UnreachableKind::Dns), Code::Unreachable, None),
            (Verdict::TimedOut, Code::TimedOut, None),
            (Verdict::CertificateNotTrusted, Code::UntrustedHost, Some(Fault::ItGlueCertificate)),
            (limited, Code::RateLimited, None),
            (Verdict::Odd(malformed), Code::ForeignAnswer, Some(Fault::AnswerMalformed)),
        ] {
            let about = format!("{of:?}");
            assert_eq!(code_and_fault(of), (code, fault), "{about}");
        }
        assert_eq!(verdict(Verdict::Good { organizations: 7 }), Ok(7));
    }

    #[test]
    fn a_record_is_restricted_unless_it_glue_says_that_it_is_not() {
        for (said, restricted) in [(None, true), (Some(true), true), (Some(false), false)] {
            let mut attributes = itglue::Password::default();
            attributes.restricted = said;
            let id = "75".parse().expect("an id");
            let of = "21".parse().expect("an id");
            let marks = record(of, itglue::Record { id, attributes }).marks;
            assert_eq!((marks.restricted, marks.personal), (restricted, false), "{said:?}");
        }
    }

    fn page_of(web_address: Option<&str>, organization: &str) -> Option<String> {
        let record = PasswordRecord {
            id: PasswordId::new("75"),
            organization: OrganizationId::new(organization),
            name: String::new(),
            username: None,
            category: None,
            resource: None,
            url: None,
            changed: None,
            web_address: web_address.map(str::to_owned),
            marks: RecordMarks::default(),
        };
        let page = web_page(itglue::Region::Eu, WebPage::Record(&record));
        page.map(|page| page.as_str().to_owned())
    }

    #[test]
    fn a_records_own_address_is_used_only_where_it_is_one_of_the_regions() {
        let own = "https://contoso.eu.itglue.com/21/passwords/75";
        assert_eq!(page_of(Some(own), "21").as_deref(), Some(own));
        let built = Some("https://app.eu.itglue.com/21/passwords/75");
        for foreign in [
            "https://contoso.itglue.com/21/passwords/75",
            "http://contoso.eu.itglue.com/21/passwords/75",
            "https://api.eu.itglue.com/passwords/75",
            "https://a:b@contoso.eu.itglue.com/",
            "file:///etc/passwd",
            "",
        ] {
            assert_eq!(page_of(Some(foreign), "21").as_deref(), built, "{foreign}");
        }
        assert_eq!(page_of(None, "21").as_deref(), built);
        assert_eq!(page_of(None, "../21"), None, "no id of IT Glue's");
    }
}
