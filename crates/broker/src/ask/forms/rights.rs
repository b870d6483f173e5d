//! Rights, approval and tickets from messages.

use usher_core::entry::{self, ApprovalPolicy, Inheritance, Ticket, TicketPattern};
use usher_core::error::Rule;
use usher_core::grants::RightsDraft;
use usher_core::rights::{Object, Right, RightSet, Subject};

use super::id;
use crate::map::failure::field_breaks;
use crate::protocol::{
    self, ApprovalForm, Failure, ObjectRef, RightsForm, SubjectRef, TicketForm, TicketPolicy,
    TicketRule,
};

pub(crate) fn object(of: &ObjectRef) -> Result<Object, Failure> {
    Ok(match of {
        ObjectRef::Folder { folder } => Object::Folder(id("folder", folder)?),
        ObjectRef::Credential { credential } => Object::Credential(id("credential", credential)?),
        ObjectRef::Session { session } => Object::Session(id("session", session)?),
    })
}

pub(crate) fn subject(of: &SubjectRef) -> Result<Subject, Failure> {
    Ok(match of {
        SubjectRef::Person { person } => Subject::Person(id("person", person)?),
        SubjectRef::Group { group } => Subject::Group(id("group", group)?),
    })
}

pub(crate) fn rights(form: &RightsForm) -> Result<RightsDraft, Failure> {
    let grants: Result<Vec<_>, Failure> = form
        .grants
        .iter()
        .map(|grant| Ok((subject(&grant.subject)?, right_set(&grant.rights))))
        .collect();
    Ok(RightsDraft {
        inheritance: match form.inheritance {
            protocol::Inheritance::Inherits => Inheritance::Inherits,
            protocol::Inheritance::Own => Inheritance::Own,
        },
        grants: grants?,
        approval: form.approval.map(approval),
        tickets: form.tickets.as_ref().map(tickets).transpose()?,
    })
}

fn right_set(rights: &[protocol::Right]) -> RightSet {
    let rights: Vec<Right> = rights.iter().map(|right| self::right(*right)).collect();
    RightSet::of(&rights)
}

fn right(right: protocol::Right) -> Right {
    match right {
        protocol::Right::View => Right::View,
        protocol::Right::ViewPassword => Right::ViewPassword,
        protocol::Right::Edit => Right::Edit,
    }
}

fn approval(form: ApprovalForm) -> ApprovalPolicy {
    ApprovalPolicy { launch: one_approval(form.launch), reveal: one_approval(form.reveal) }
}

fn one_approval(approval: protocol::Approval) -> entry::Approval {
    match approval {
        protocol::Approval::Auto => entry::Approval::Auto,
        protocol::Approval::Verify => entry::Approval::Verify,
        protocol::Approval::Approval => entry::Approval::Approval,
    }
}

fn tickets(rule: &TicketRule) -> Result<entry::TicketPolicy, Failure> {
    let pattern = rule.pattern.as_deref().map(str::trim).filter(|pattern| !pattern.is_empty());
    let pattern = pattern.map(str::parse::<TicketPattern>).transpose();
    let pattern = pattern.map_err(|_| field_breaks("pattern", Rule::NotAPattern))?;
    Ok(match rule.policy {
        TicketPolicy::Off => entry::TicketPolicy::Off,
        TicketPolicy::Optional => entry::TicketPolicy::Optional { pattern },
        TicketPolicy::Required => entry::TicketPolicy::Required { pattern },
    })
}

pub(crate) fn ticket(form: &TicketForm) -> Result<Ticket, Failure> {
    Ticket::new(&form.number, &form.reason).map_err(|error| {
        let rule = match error {
            entry::NotATicket::TooLong => Rule::TooLong,
            entry::NotATicket::Unsafe => Rule::Unsafe,
        };
        field_breaks("ticket", rule)
    })
}
