//! Forms and names from messages, parsed into core's types; each bad field says which and why.

mod rights;

use std::str::FromStr;

use usher_core::NotAPassword;
use usher_core::entries::{CredentialDraft, FolderDraft, SessionDraft, TargetDraft};
use usher_core::entry::{
    AllowedHosts, Credentials, Host, HostPattern, Name, NotAHost, NotAName, NotAUserName, Port,
    Region, SessionKind, UserName, Version,
};
use usher_core::error::Rule;
use usher_core::ids::{NotAnId, OrganizationId, PasswordId};
use usher_core::launch::Typed;
use usher_core::ports::SignIn;

use crate::map::failure::field_breaks;
use crate::map::rdp;
use crate::protocol::{
    self, CredentialForm, CredentialsRow, Failure, FolderForm, SessionForm, Target, TypedForm,
};

pub(crate) use rights::{object, rights, subject, ticket};

/// An id from a message. One that is malformed names nothing.
pub(crate) fn id<T: FromStr<Err = NotAnId>>(field: &str, text: &str) -> Result<T, Failure> {
    text.parse().map_err(|NotAnId| field_breaks(field, Rule::Required))
}

pub(super) fn name(text: &str) -> Result<Name, Failure> {
    name_of("name", text)
}

/// A name under another field than `name`.
pub(crate) fn name_of(field: &str, text: &str) -> Result<Name, Failure> {
    text.parse().map_err(|error| {
        let rule = match error {
            NotAName::Empty => Rule::Required,
            NotAName::TooLong => Rule::TooLong,
            NotAName::Unsafe => Rule::Unsafe,
        };
        field_breaks(field, rule)
    })
}

pub(super) fn region(region: protocol::Region) -> Region {
    match region {
        protocol::Region::Us => Region::Us,
        protocol::Region::Eu => Region::Eu,
        protocol::Region::Au => Region::Au,
    }
}

/// Minutes that a person would sit idle: from 1 to a day.
pub(super) fn minutes(field: &str, minutes: u32) -> Result<u16, Failure> {
    let taken = u16::try_from(minutes).ok().filter(|minutes| (1..=24 * 60).contains(minutes));
    taken.ok_or_else(|| field_breaks(field, Rule::OutOfRange))
}

pub(super) fn version(version: u32) -> Version {
    Version(u64::from(version))
}

/// IT Glue's ids are opaque, but never empty, long or odd.
fn foreign<'a>(field: &str, text: &'a str) -> Result<&'a str, Failure> {
    if text.is_empty() {
        return Err(field_breaks(field, Rule::Required));
    }
    if text.len() > 64 || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(field_breaks(field, Rule::Unsafe));
    }
    Ok(text)
}

pub(super) fn organization(text: &str) -> Result<OrganizationId, Failure> {
    foreign("organization", text).map(OrganizationId::new)
}

pub(super) fn password(text: &str) -> Result<PasswordId, Failure> {
    foreign("password", text).map(PasswordId::new)
}

pub(super) fn folder(form: &FolderForm) -> Result<FolderDraft, Failure> {
    let client = match &form.client {
        None => None,
        Some(c) => Some((id("connection", &c.connection)?, organization(&c.organization)?)),
    };
    let credential = form.credential.as_deref().map(|c| id("credential", c)).transpose()?;
    Ok(FolderDraft { name: name(&form.name)?, client, credential })
}

pub(super) fn credential(form: &CredentialForm) -> Result<CredentialDraft, Failure> {
    Ok(CredentialDraft {
        name: name(&form.name)?,
        connection: id("connection", &form.connection)?,
        organization: organization(&form.organization)?,
        target: target(&form.target)?,
        allowed_hosts: allowed_hosts(&form.allowed_hosts)?,
    })
}

fn target(target: &Target) -> Result<TargetDraft, Failure> {
    match target {
        Target::Specific { password: record } => Ok(TargetDraft::Specific(password(record)?)),
        Target::AlwaysPromptWithList { category } => {
            let category = category.as_deref().map(str::trim).filter(|c| !c.is_empty());
            let category = category.map(|c| name_of("category", c)).transpose()?;
            Ok(TargetDraft::AlwaysPromptWithList { category: category.map(|c| c.to_string()) })
        }
    }
}

fn allowed_hosts(patterns: &[String]) -> Result<AllowedHosts, Failure> {
    let typed = patterns.iter().map(|p| p.trim()).filter(|p| !p.is_empty());
    let parsed: Result<Vec<HostPattern>, _> = typed.map(str::parse).collect();
    let parsed = parsed.map_err(|_| field_breaks("allowed_hosts", Rule::NotAHostPattern))?;
    Ok(AllowedHosts::new(parsed))
}

pub(super) fn session(form: &SessionForm) -> Result<SessionDraft, Failure> {
    let credentials = match &form.credentials {
        CredentialsRow::Linked { credential } => Credentials::Linked(id("credential", credential)?),
        CredentialsRow::Inherited => Credentials::Inherited,
        CredentialsRow::AskMe => Credentials::AskMe,
        CredentialsRow::None => Credentials::None,
    };
    let settings = rdp::settings(&form.rdp)?;
    let kind = SessionKind::Rdp { host: host(&form.host)?, port: port(form.port)?, settings };
    Ok(SessionDraft { name: name(&form.name)?, kind, credentials })
}

/// What a person typed to sign in with. The password is looked at for what no host could take, and
/// never told again.
pub(super) fn typed(form: TypedForm) -> Result<Typed, Failure> {
    let user = UserName::parse(&form.user).map_err(|error| {
        let rule = match error {
            NotAUserName::Empty => Rule::Required,
            NotAUserName::TooLong => Rule::TooLong,
            NotAUserName::Character => Rule::Unsafe,
        };
        field_breaks("user", rule)
    })?;
    let password = form.password.into_secret();
    password.check().map_err(|error| {
        let rule = match error {
            NotAPassword::Empty => Rule::Required,
            NotAPassword::TooLong => Rule::TooLong,
            NotAPassword::Character => Rule::Unsafe,
        };
        field_breaks("password", rule)
    })?;
    let (host, port) = (host(&form.host)?, port(form.port)?);
    Ok(Typed { sign_in: SignIn { user, password }, host, port })
}

fn host(text: &str) -> Result<Host, Failure> {
    text.parse().map_err(|error| {
        let rule = match error {
            NotAHost::Empty => Rule::Required,
            NotAHost::TooLong => Rule::TooLong,
            NotAHost::Character(_) | NotAHost::Label => Rule::NotAHost,
        };
        field_breaks("host", rule)
    })
}

fn port(number: u32) -> Result<Port, Failure> {
    let port = u16::try_from(number).ok().and_then(Port::new);
    port.ok_or_else(|| field_breaks("port", Rule::NotAPort))
}
