//! Samples of events and of the rows that messages carry.

use usher_broker::protocol::{
    AccountRow, At, CertificateRow, ChoiceRow, ClientRow, CredentialRow, CredentialTargetRow,
    CredentialsRow, DeniedWhy, Event, FolderRow, HostTakes, KeyWatch, LockWhy, May,
    OrganizationRow, PasswordAccess, PersonKeyRow, PickerProgress, Region, RequestsLeft, RunEnd,
    RunRow, RunState, SessionRow, UserNameFault, Whom,
};

use super::{samples, words};

fn text(text: &str) -> String {
    text.to_owned()
}

samples!(credential_sources: CredentialsRow {
    CredentialsRow::Linked { .. } => CredentialsRow::Linked { credential: text("c") },
    CredentialsRow::Inherited => CredentialsRow::Inherited,
    CredentialsRow::AskMe => CredentialsRow::AskMe,
    CredentialsRow::None => CredentialsRow::None,
});

samples!(targets: CredentialTargetRow {
    CredentialTargetRow::Specific { .. } => CredentialTargetRow::Specific {
        password: text("1"), name: text("Domain Admin"), username: None,
    },
    CredentialTargetRow::AlwaysPromptWithList { .. } => CredentialTargetRow::AlwaysPromptWithList {
        category: Some(text("Server")),
    },
});

samples!(run_ends: RunEnd {
    RunEnd::Closed { .. } => RunEnd::Closed { seconds: 61 },
    RunEnd::ClientNeverCame => RunEnd::ClientNeverCame,
    RunEnd::ClientLeftEarly => RunEnd::ClientLeftEarly,
    RunEnd::ClientMissing => RunEnd::ClientMissing,
    RunEnd::TooManyAttempts => RunEnd::TooManyAttempts,
    RunEnd::HostRefused { .. } => RunEnd::HostRefused {
        reason: text("logon_failure"), record: text("Domain Admin"), changed: Some(At(1)),
        choose_again: true, others: vec![text("c")], refusals: 2, typed: true,
    },
    RunEnd::CertificateChanged => RunEnd::CertificateChanged,
    RunEnd::Failed { .. } => RunEnd::Failed { failure: words::failure() },
    RunEnd::EndedByPerson => RunEnd::EndedByPerson,
});

samples!(run_states: RunState {
    RunState::WaitingForClient => RunState::WaitingForClient,
    RunState::SigningIn => RunState::SigningIn,
    RunState::Active => RunState::Active,
    RunState::DesktopOnly => RunState::DesktopOnly,
    RunState::Dropped => RunState::Dropped,
    RunState::NeedsUnlock => RunState::NeedsUnlock,
    RunState::Ended { .. } => RunState::Ended { end: RunEnd::ClientNeverCame },
});

words::words!(user_name_faults: UserNameFault { Empty, TooLong, Character });
words::words!(takes: HostTakes { Nla, Tls });

samples!(events: Event {
    Event::VaultChanged => Event::VaultChanged,
    Event::Missed { .. } => Event::Missed { waiting: 1 },
    Event::Unlocked => Event::Unlocked,
    Event::Locked { .. } => Event::Locked { why: LockWhy::Idle },
    Event::Waiting { .. } => Event::Waiting { sessions: 2 },
    Event::Run { .. } => Event::Run { run: run(RunState::Ended { end: RunEnd::EndedByPerson }) },
    Event::Picker { .. } => Event::Picker {
        picker: text("1"),
        progress: PickerProgress {
            loaded: 50, total: Some(214), done: false, failure: None, organization: text("Contoso"),
            waiting_seconds: None,
        },
    },
});

pub(super) fn run(state: RunState) -> RunRow {
    RunRow {
        run: text("r"),
        session: text("s"),
        name: text("DC01"),
        client: text("Contoso"),
        host: text("dc01"),
        account: Some(text("CORP\\adm")),
        credential_name: Some(text("Contoso admin")),
        since: At(1_790_000_000_000),
        state,
        audited: false,
        by_hand: true,
        can_sign_in_again: true,
    }
}

pub(super) fn whom() -> Whom {
    Whom { id: text("p"), name: text("Ada"), administrator: true }
}

pub(super) fn organization() -> OrganizationRow {
    OrganizationRow { id: text("9954700004404663"), name: text("Contoso") }
}

pub(super) fn account(password_access: PasswordAccess) -> AccountRow {
    AccountRow {
        id: text("a"),
        name: text("Contoso IT"),
        region: Region::Au,
        region_label: text("Australia"),
        password_access,
        last_accepted: None,
        refused_since: Some(At(2)),
        watch: watch(None),
        keep_alive: true,
        requests: RequestsLeft { left: 280, of: 300, paused_seconds: Some(1) },
        person_keys: vec![PersonKeyRow {
            person: text("p"),
            name: text("Ada"),
            watch: watch(Some(At(3))),
            refused: Some(At(4)),
        }],
        administer: May::Yes,
    }
}

fn watch(last_used: Option<At>) -> KeyWatch {
    let days = last_used.map(|_| 7);
    KeyWatch { last_used, unused_days: days, flagged: true, revoked_in_days: days }
}

pub(super) fn folder() -> FolderRow {
    FolderRow {
        id: text("f"),
        parent: None,
        name: text("Contoso"),
        client: Some(ClientRow { connection: text("a"), organization: organization() }),
        credential: Some(text("c")),
        version: 1,
        edit: May::Yes,
        move_away: May::Yes,
    }
}

pub(super) fn credential() -> CredentialRow {
    let may = May::No { why: DeniedWhy::ChooseFirst };
    CredentialRow {
        id: text("c"),
        folder: text("f"),
        name: text("Admin"),
        connection: text("a"),
        organization: organization(),
        target: CredentialTargetRow::AlwaysPromptWithList { category: None },
        signs_in_as: Some(text("CORP\\adm")),
        user_name: Some(UserNameFault::TooLong),
        allowed_hosts: vec![text("10.0.0.0/8")],
        version: 4,
        reveal_asks: true,
        edit: may.clone(),
        repoint: may.clone(),
        show: may.clone(),
        copy: may.clone(),
        ticket: super::rights::ticket_ask(),
        move_away: may.clone(),
        duplicate: may.clone(),
        delete: may,
    }
}

pub(super) fn session() -> SessionRow {
    SessionRow {
        id: text("s"),
        folder: text("f"),
        name: text("DC01"),
        host: text("fe80::1"),
        port: 65535,
        rdp: usher_broker::protocol::RdpForm::default(),
        credentials: CredentialsRow::Inherited,
        resolved: Some(text("c")),
        inherited_from: Some(text("Contoso")),
        version: 2,
        launch: May::No { why: DeniedWhy::HostNotAllowed },
        edit: May::Yes,
        move_away: May::Yes,
        duplicate: May::Yes,
        delete: May::Yes,
        last_launched: Some(At(3)),
    }
}

pub(super) fn choice() -> ChoiceRow {
    ChoiceRow {
        id: text("1"),
        name: text("Domain Admin"),
        username: Some(text("CORP\\adm")),
        category: None,
        resource: Some(text("DC01")),
        changed: Some(At(4)),
        signs_in_as: None,
        archived: true,
        vaulted: false,
        restricted: true,
        otp: false,
        matched: vec![0, 7],
    }
}

pub(super) fn certificate() -> CertificateRow {
    CertificateRow {
        subject: text("CN=dc01"),
        issuer: text("CN=dc01"),
        sha256: text("00"),
        not_before: At(0),
        not_after: At(u64::from(u32::MAX) * 1000),
        publicly_trusted: false,
    }
}
