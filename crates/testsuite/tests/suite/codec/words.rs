//! Samples of what a failure can say.

use usher_broker::protocol::{
    At, Code, DeniedWhy, Detail, Failure, Fault, FieldRule, NotFoundWhat, Region, Right,
};

use super::samples;

fn text(text: &str) -> String {
    text.to_owned()
}

pub(super) fn failure() -> Failure {
    Failure { code: Code::RateLimited, detail: Detail::Wait { seconds: Some(5) } }
}

/// Words without content: each stands for itself.
macro_rules! words {
    ($name:ident: $of:ident { $($word:ident),+ $(,)? }) => {
        $crate::codec::samples!($name: $of { $($of::$word => $of::$word),+ });
    };
}
pub(super) use words;

samples!(details: Detail {
    Detail::Plain => Detail::Plain,
    Detail::Denied { .. } => Detail::Denied {
        why: DeniedWhy::OnSession { right: Right::View }, ask: vec![text("Ada")],
    },
    Detail::Field { .. } => Detail::Field { field: text("host"), rule: FieldRule::NotAHost },
    Detail::NotFound { .. } => Detail::NotFound { what: NotFoundWhat::Run },
    Detail::Account { .. } => Detail::Account {
        account: text("Contoso IT"), region: Region::Us, may_replace: false, ask: Vec::new(),
        person: Some(text("Ada")),
    },
    Detail::Organizations { .. } => Detail::Organizations {
        fault: Fault::KeyMissesOrganizations, names: vec![text("Contoso")], count: 21,
    },
    Detail::Wait { .. } => Detail::Wait { seconds: None },
    Detail::Fault { .. } => Detail::Fault { fault: Fault::VaultNewer },
    Detail::Damage(_) => Detail::Damage(super::door::damage()),
    Detail::Record { .. } => Detail::Record {
        fault: Fault::RecordGone, record: Some(text("Domain Admin")), changed: Some(At(1)),
    },
});

samples!(whys: DeniedWhy {
    DeniedWhy::OnSession { .. } => DeniedWhy::OnSession { right: Right::View },
    DeniedWhy::OnCredential { .. } => DeniedWhy::OnCredential { right: Right::ViewPassword },
    DeniedWhy::OnFolder { .. } => DeniedWhy::OnFolder { right: Right::Edit },
    DeniedWhy::Source => DeniedWhy::Source,
    DeniedWhy::HostNotAllowed => DeniedWhy::HostNotAllowed,
    DeniedWhy::Administrator => DeniedWhy::Administrator,
    DeniedWhy::OtherClientFolder => DeniedWhy::OtherClientFolder,
    DeniedWhy::WouldWiden => DeniedWhy::WouldWiden,
    DeniedWhy::Confirmation => DeniedWhy::Confirmation,
    DeniedWhy::Passphrase => DeniedWhy::Passphrase,
    DeniedWhy::Ticket => DeniedWhy::Ticket,
    DeniedWhy::AskMeOff => DeniedWhy::AskMeOff,
    DeniedWhy::Soundness => DeniedWhy::Soundness,
    DeniedWhy::SecondPerson => DeniedWhy::SecondPerson,
    DeniedWhy::ReadOnly => DeniedWhy::ReadOnly,
    DeniedWhy::NoCredential => DeniedWhy::NoCredential,
    DeniedWhy::ChooseFirst => DeniedWhy::ChooseFirst,
});

words!(codes: Code {
    Denied, Locked, NotFound, Unreachable, TimedOut, KeyRefused, NoPasswordAccess, RateLimited,
    ForeignAnswer, UntrustedHost, RefusedByHost, ClientMissing, Invalid, Conflict, Storage,
    AuditUnavailable,
});

words!(faults: Fault {
    VaultMissing, VaultReadOnly, VaultNewer, VaultCorrupt, VaultOnNetwork, VaultBusy, DiskFailed,
    KeyringMissing, KeyringLocked, KeyringSlow, KeyringEmpty, KeyringFailed, NotAllowedWithKey,
    RecordGone, RecordArchived, RecordVaulted, RecordEmpty, RecordUserName, RecordPassword, AnswerCutShort,
    AnswerMalformed, AnswerForeign, ServerFault, ItGlueCertificate, KeyMissesOrganizations,
    KeyCardUnwritten, HostNameNotFound, HostRefusedConnection, HostTimedOut, HostBrokeOff,
    HostTls, HostNotRdp, HostStandardSecurity, HostEntraOnly, RestrictedAdmin, HostRedirects,
    NeedsKerberos, NeedsGateway, HostWeaker, InjectorFailed,
    EntryChanged, LeaseExpired, SignedInTooOften, SessionNotUp, RefusedBefore, TypedOnce, ClientDidNotStart,
    OutgoingNtlmDenied,
    ClientHasNoWindow, WindowStaysBehind,
    ClipboardUnavailable, BrowserUnavailable, WrongPassphrase, PinNeedsPassphrase, CodeExpired,
    UnknownDevice, AdministratorsOnly, VaultRolledBack, VaultDamaged, ReadOnlyAsFound,
    VaultExists, Internal,
});

words!(rules: FieldRule {
    Required, TooLong, Unsafe, NotAHost, NotAPort, NotASize, NotAHostPattern, OtherOrganization, NotMapped,
    NotAKey, NotAnAppUrl, InUse, NoCredential, ChoiceMissing, OutOfScope, NotApplicable,
    TooWeak, OtherShape, NotAPattern, LastAdministrator, Circle, NotMinutes,
});

words!(missing: NotFoundWhat {
    Session, Credential, Folder, Account, Run, Organization, PasswordRecord, Certificate, Picker, Person,
    Group, Device, Source, Undo,
});
