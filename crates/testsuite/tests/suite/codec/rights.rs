//! Samples of rights, approval, tickets and *Lock for technicians*.

use usher_broker::protocol::{
    Approval, ApprovalForm, BelowRow, DriftRow, EffectiveRow, GrantForm, GrantRow, Inheritance,
    KeepsRow, LockPersonRow, LockPreview, LockScope, May, ObjectRef, ReachRow, Right, RightsForm,
    RightsSheet, SourceRow, SubjectRef, TicketAsk, TicketPolicy, TicketRule,
};

use super::samples;
use super::words::words;

fn text(text: &str) -> String {
    text.to_owned()
}

words!(rights: Right { View, ViewPassword, Edit });
words!(inheritances: Inheritance { Inherits, Own });
words!(approvals: Approval { Auto, Verify, Approval });
words!(policies: TicketPolicy { Off, Optional, Required });

samples!(objects: ObjectRef {
    ObjectRef::Folder { .. } => ObjectRef::Folder { folder: text("f") },
    ObjectRef::Credential { .. } => ObjectRef::Credential { credential: text("c") },
    ObjectRef::Session { .. } => ObjectRef::Session { session: text("s") },
});

samples!(subjects: SubjectRef {
    SubjectRef::Person { .. } => SubjectRef::Person { person: text("p") },
    SubjectRef::Group { .. } => SubjectRef::Group { group: text("g") },
});

samples!(scopes: LockScope {
    LockScope::Entry { .. } => LockScope::Entry { of: session() },
    LockScope::Folder { .. } => LockScope::Folder { folder: text("f") },
    LockScope::Everything => LockScope::Everything,
});

fn session() -> ObjectRef {
    ObjectRef::Session { session: text("s") }
}

fn person() -> SubjectRef {
    SubjectRef::Person { person: text("p") }
}

fn approval() -> ApprovalForm {
    ApprovalForm { launch: Approval::Auto, reveal: Approval::Verify }
}

fn rule() -> TicketRule {
    TicketRule { policy: TicketPolicy::Required, pattern: Some(text("T-[0-9]+")) }
}

pub(super) fn ticket_ask() -> TicketAsk {
    TicketAsk { policy: TicketPolicy::Optional, pattern: None, last: Some(text("T-1")) }
}

pub(super) fn form() -> RightsForm {
    let grants = vec![GrantForm { subject: person(), rights: rights() }];
    RightsForm {
        inheritance: Inheritance::Own,
        grants,
        approval: Some(approval()),
        tickets: Some(rule()),
    }
}

pub(super) fn sheet() -> RightsSheet {
    RightsSheet {
        of: session(),
        inheritance: Inheritance::Inherits,
        inherited_from: Some(text("Contoso")),
        grants: vec![GrantRow { subject: person(), name: text("Ada"), rights: rights() }],
        people: vec![EffectiveRow {
            person: text("p"),
            name: text("Ada"),
            rights: vec![Right::View],
            through: vec![text("Technicians")],
        }],
        approval: Some(approval()),
        effective_approval: approval(),
        tickets: Some(rule()),
        effective_tickets: rule(),
        may_change: May::Yes,
        reach: Some(reach()),
        below: Some(BelowRow { people: vec![text("Ada")], lists: 3 }),
    }
}

pub(super) fn source() -> SourceRow {
    SourceRow {
        id: text("i"),
        subject: person(),
        name: text("Ada"),
        connection: text("a"),
        account: text("Contoso IT"),
        organization: Some(text("1")),
        organization_name: Some(text("Contoso")),
    }
}

pub(super) fn reach() -> ReachRow {
    ReachRow { people: vec![text("Ada")], passwords: Some(214), organization: text("Contoso") }
}

pub(super) fn preview() -> LockPreview {
    let keeps = KeepsRow { on: text("Admin"), rights: rights(), because: text("administrator") };
    let person =
        LockPersonRow { person: text("p"), name: text("Ada"), sees: 3, keeps: vec![keeps] };
    LockPreview { entries: 4, people: vec![person] }
}

pub(super) fn drift() -> DriftRow {
    DriftRow {
        of: session(),
        name: text("DC01"),
        folder: text("Contoso"),
        people: vec![text("Bob")],
        rights: vec![Right::Edit],
    }
}
