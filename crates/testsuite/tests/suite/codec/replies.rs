//! Samples of replies.

use usher_broker::protocol::{
    At, Bytes, Clipboard, Device, DoorState, Handoff, HeldBack, HostLook, HostTakes, Launch, May,
    PasswordAccess, PersonRow, PickerPage, PickerProgress, Prepared, Proved, Region, Reply,
    Revealed, SettingsRow, Snapshot, StaleCredential, TrafficRow, WindowSize,
};

use super::{door, log, people, rights, rows, samples, words};
use crate::fixture::forms;

fn text(text: &str) -> String {
    text.to_owned()
}

samples!(prepared: Prepared {
    Prepared::Ready { .. } => Prepared::Ready {
        ticket: rights::ticket_ask(), proof: true, signs_in_as: Some(text("CORP\\adm")),
        user_name: Some(usher_broker::protocol::UserNameFault::Empty),
    },
    Prepared::Pick { .. } => Prepared::Pick {
        picker: text("1"), organization: text("Contoso"), host: text("dc01"),
        ticket: rights::ticket_ask(), proof: false,
    },
    Prepared::AskMe { .. } => Prepared::AskMe {
        host: text("dc01"), ticket: rights::ticket_ask(), proof: true,
    },
    Prepared::NoCredential => Prepared::NoCredential,
});

samples!(looks: HostLook {
    HostLook::Trusted { .. } => HostLook::Trusted {
        certificate: rows::certificate(), takes: HostTakes::Nla,
    },
    HostLook::Public { .. } => HostLook::Public {
        certificate: rows::certificate(), takes: HostTakes::Tls,
    },
    HostLook::Unknown { .. } => HostLook::Unknown {
        shown: rows::certificate(), takes: HostTakes::Tls, trust: May::Yes, ask: vec![text("Ada")],
    },
    HostLook::Changed { .. } => HostLook::Changed {
        shown: rows::certificate(), before: rows::certificate(), takes: HostTakes::Nla,
        trust: May::Yes, ask: Vec::new(),
    },
    HostLook::Unreachable { .. } => HostLook::Unreachable { failure: words::failure() },
});

fn traffic() -> TrafficRow {
    TrafficRow { run: text("a"), to_host: Bytes(1 << 40), to_client: Bytes(0) }
}

fn stale() -> StaleCredential {
    StaleCredential { target: text("TERMSRV/dc01"), user: text(r"CORP\adm") }
}

samples!(launches: Launch {
    Launch::Opened { .. } => Launch::Opened {
        run: text("a"), handoff: handoff(), seconds: 60, host: text("dc01"),
    },
    Launch::Started { .. } => Launch::Started {
        run: text("a"),
        held_back: vec![HeldBack::Drives, HeldBack::ClipboardFiles, HeldBack::Camera],
        stale: vec![stale()],
    },
    Launch::ByHand { .. } => Launch::ByHand {
        run: text("a"), address: text("127.0.0.2:4000"), user: text("u"),
        password: forms::secret("p"), seconds: 120, stale: vec![stale()],
    },
    Launch::NeedsTrust { .. } => Launch::NeedsTrust {
        shown: rows::certificate(), before: Some(rows::certificate()), host: text("dc01"),
        trust: May::Yes, ask: vec![text("Ada")],
    },
});

samples!(replies: Reply {
    Reply::Done => Reply::Done,
    Reply::Failed { .. } => Reply::Failed { failure: words::failure() },
    Reply::Door { .. } => Reply::Door { door: door::door(DoorState::Locked) },
    Reply::Unlocked(_) => Reply::Unlocked(door::unlocked()),
    Reply::Strength { .. } => Reply::Strength { strength: door::strength() },
    Reply::VaultVerdict { .. } => Reply::VaultVerdict { verdict: door::verdict() },
    Reply::ItGlueReached { .. } => Reply::ItGlueReached {
        region: Region::Eu, millis: Some(80), failure: Some(words::failure()),
    },
    Reply::Idle { .. } => Reply::Idle { again_in: Some(1) },
    Reply::RecoveryKit { .. } => Reply::RecoveryKit { kit: forms::secret("k") },
    Reply::People { .. } => Reply::People {
        people: vec![people::person()], groups: vec![people::group()], devices: vec![people::device()],
    },
    Reply::Invited { .. } => Reply::Invited {
        person: text("p"), code: forms::secret("c"), until: At(9),
    },
    Reply::Rotation { .. } => Reply::Rotation { person: text("Bob"), rows: vec![people::rotation()], csv: text("a,b") },
    Reply::Rights { .. } => Reply::Rights { sheet: rights::sheet() },
    Reply::Sources { .. } => Reply::Sources { rows: vec![rights::source()] },
    Reply::LockPreview { .. } => Reply::LockPreview { preview: rights::preview() },
    Reply::Drift { .. } => Reply::Drift { rows: vec![rights::drift()] },
    Reply::Reach { .. } => Reply::Reach { reach: rights::reach() },
    Reply::Undone { .. } => Reply::Undone { what: text("session_deleted") },
    Reply::Snapshot { .. } => Reply::Snapshot { snapshot: snapshot() },
    Reply::Account { .. } => Reply::Account { account: rows::account(PasswordAccess::Unknown), organizations: Some(40) },
    Reply::AccountAddress { .. } => Reply::AccountAddress { region: Region::Au },
    Reply::WebPage { .. } => Reply::WebPage { url: text("https://app.itglue.com/1") },
    Reply::Organizations { .. } => Reply::Organizations { organizations: vec![rows::organization()] },
    Reply::PickerOpened { .. } => Reply::PickerOpened { picker: text("1") },
    Reply::PickerPage { .. } => Reply::PickerPage { page: page() },
    Reply::Created { .. } => Reply::Created { id: text("a") },
    Reply::Prepared { .. } => Reply::Prepared { prepared: Prepared::NoCredential },
    Reply::Launch { .. } => Reply::Launch { launch: Launch::Started { run: text("a"), held_back: Vec::new(), stale: Vec::new() } },
    Reply::HostLook { .. } => Reply::HostLook { look: HostLook::Unreachable { failure: words::failure() } },
    Reply::Traffic { .. } => Reply::Traffic { runs: vec![traffic()] },
    Reply::Revealed { .. } => Reply::Revealed { revealed: revealed() },
    Reply::Audit { .. } => Reply::Audit { rows: vec![log::row()], unsigned_from: Some(7) },
    Reply::AuditVerdict { .. } => Reply::AuditVerdict { verdict: log::verdict() },
    Reply::Exported { .. } => Reply::Exported { text: text("a\r\n") },
    Reply::Report { .. } => Reply::Report { report: log::report() },
});

fn handoff() -> Handoff {
    Handoff {
        address: text("127.0.0.2:4000"),
        user: text("u"),
        password: forms::secret("p"),
        certificate_sha256: text("00"),
        title: text("Contoso \u{b7} dc01"),
        devices: vec![Device::Sound],
        clipboard: Clipboard::Text,
        size: WindowSize::Client,
        all_monitors: false,
        dynamic_resolution: true,
    }
}

fn revealed() -> Revealed {
    Revealed {
        record: text("Domain Admin"),
        username: None,
        password: forms::secret("\u{a3}\"\u{2028}"),
        changed: Some(At(1 << 52)),
        seconds: 15,
    }
}

fn page() -> PickerPage {
    let progress = PickerProgress {
        loaded: 1,
        total: None,
        done: true,
        failure: Some(words::failure()),
        organization: text("Contoso"),
        waiting_seconds: Some(300),
    };
    PickerPage { rows: vec![rows::choice()], matching: 1, progress }
}

fn snapshot() -> Snapshot {
    Snapshot {
        event: 7,
        person: rows::whom(),
        people: vec![PersonRow { id: text("p"), name: text("Ada"), active: true }],
        accounts: vec![
            rows::account(PasswordAccess::Granted),
            rows::account(PasswordAccess::Missing),
        ],
        folders: vec![rows::folder()],
        credentials: vec![rows::credential()],
        sessions: vec![rows::session()],
        runs: vec![rows::run(usher_broker::protocol::RunState::Active)],
        audit: May::Yes,
        administer: May::No { why: usher_broker::protocol::DeniedWhy::Administrator },
        settings: SettingsRow {
            technicians_trust_on_first_use: true,
            ask_me: true,
            idle_lock_minutes: 15,
            own_idle_lock_minutes: Some(5),
            idle_known: false,
        },
        drift: 3,
        undo: Some(text("session_deleted")),
        read_only: true,
        proved: Proved::Pin,
        test_build: true,
    }
}
