//! Samples of requests and replies.

use usher_broker::protocol::{
    At, Handoff, Launch, May, PageOf, PasswordAccess, PersonRow, PickerPage, PickerProgress,
    Prepared, Region, Reply, Request, Revealed, Snapshot, Target,
};

use super::{rows, samples, words};
use crate::fixture::forms;

fn text(text: &str) -> String {
    text.to_owned()
}

samples!(targets: Target {
    Target::Specific { .. } => forms::specific("9954700004404663"),
    Target::AlwaysPromptWithList { .. } => forms::prompt(Some("Domain \"Admin\"")),
});

samples!(pages: PageOf {
    PageOf::Account { .. } => PageOf::Account { connection: text("a") },
    PageOf::Organization { .. } => PageOf::Organization {
        connection: text("a"), organization: text("9954700004404663"),
    },
    PageOf::Record { .. } => PageOf::Record {
        connection: text("a"), organization: text("1"), password: text("2"),
    },
});

samples!(requests: Request {
    Request::Unlock => Request::Unlock,
    Request::Snapshot => Request::Snapshot,
    Request::AddAccount { .. } => Request::AddAccount {
        name: text("Contoso"), region: Region::Eu, api_key: forms::secret("\u{1f511}\"\\\n"),
    },
    Request::ReplaceKey { .. } => Request::ReplaceKey {
        connection: text("a"), api_key: forms::secret(""),
    },
    Request::CheckAccount { .. } => Request::CheckAccount { connection: text("a") },
    Request::RemoveAccount { .. } => Request::RemoveAccount { connection: text("a") },
    Request::ReadAccountAddress { .. } => Request::ReadAccountAddress {
        text: text("https://contoso.eu.itglue.com/1?\u{e4}=\"#"),
    },
    Request::TestPasswordAccess { .. } => Request::TestPasswordAccess {
        connection: text("a"), organization: text("1"), password: text("2"),
    },
    Request::SetPersonKey { .. } => Request::SetPersonKey {
        connection: text("a"), person: text("b"), api_key: forms::secret("\u{1f511}"),
    },
    Request::RemovePersonKey { .. } => Request::RemovePersonKey {
        connection: text("a"), person: text("b"),
    },
    Request::SetKeepAlive { .. } => Request::SetKeepAlive { connection: text("a"), on: true },
    Request::PageInItGlue { .. } => Request::PageInItGlue {
        of: PageOf::Account { connection: text("a") },
    },
    Request::Organizations { .. } => Request::Organizations { connection: text("a") },
    Request::BrowsePasswords { .. } => Request::BrowsePasswords {
        connection: text("a"), organization: text("1"),
    },
    Request::PickerPage { .. } => Request::PickerPage {
        picker: text("1"), query: text("ad\u{301}min"), offset: 0, limit: u32::MAX,
    },
    Request::ClosePicker { .. } => Request::ClosePicker { picker: text("1") },
    Request::CreateFolder { .. } => Request::CreateFolder {
        parent: text("a"), form: forms::client_folder("Contoso", "b", "1"),
    },
    Request::ChangeFolder { .. } => Request::ChangeFolder {
        folder: text("a"), version: 3, form: forms::plain_folder("Contoso"),
    },
    Request::DeleteFolder { .. } => Request::DeleteFolder { folder: text("a") },
    Request::CreateCredential { .. } => Request::CreateCredential {
        folder: text("a"),
        form: forms::credential("c", ("a", "1"), forms::prompt(None), &["*.b.example"]),
    },
    Request::ChangeCredential { .. } => Request::ChangeCredential {
        credential: text("a"), version: 1,
        form: forms::credential("c", ("a", "1"), forms::specific("2"), &[]),
    },
    Request::DeleteCredential { .. } => Request::DeleteCredential { credential: text("a") },
    Request::CreateSession { .. } => Request::CreateSession {
        folder: text("a"), form: forms::session("s", ("h", 3389), "c"),
    },
    Request::ChangeSession { .. } => Request::ChangeSession {
        session: text("a"), version: 2, form: forms::bare_session("s", "h", 0),
    },
    Request::DeleteSession { .. } => Request::DeleteSession { session: text("a") },
    Request::PrepareLaunch { .. } => Request::PrepareLaunch {
        session: text("a"), credential: None,
    },
    Request::Launch { .. } => Request::Launch {
        session: text("a"), credential: Some(text("b")), choice: Some(text("3")),
    },
    Request::TrustCertificate { .. } => Request::TrustCertificate {
        session: text("a"), sha256: text("00"),
    },
    Request::ClientMissing { .. } => Request::ClientMissing { run: text("a") },
    Request::ClientExited { .. } => Request::ClientExited { run: text("a") },
    Request::EndSession { .. } => Request::EndSession { run: text("a") },
    Request::DismissRun { .. } => Request::DismissRun { run: text("a") },
    Request::ShowPassword { .. } => Request::ShowPassword {
        credential: text("a"), confirmed: true,
    },
    Request::CopyPassword { .. } => Request::CopyPassword {
        credential: text("a"), confirmed: false,
    },
    Request::Audit { .. } => Request::Audit { before: Some(7), limit: 500 },
});

samples!(prepared: Prepared {
    Prepared::Ready => Prepared::Ready,
    Prepared::Pick { .. } => Prepared::Pick {
        picker: text("1"), organization: text("Contoso"), host: text("dc01"),
    },
    Prepared::NoCredential => Prepared::NoCredential,
});

samples!(launches: Launch {
    Launch::Opened { .. } => Launch::Opened { run: text("a"), handoff: handoff() },
    Launch::Started { .. } => Launch::Started { run: text("a") },
    Launch::NeedsTrust { .. } => Launch::NeedsTrust {
        shown: rows::certificate(), before: Some(rows::certificate()), host: text("dc01"),
        trust: May::Yes, ask: vec![text("Ada")],
    },
});

samples!(replies: Reply {
    Reply::Done => Reply::Done,
    Reply::Failed { .. } => Reply::Failed { failure: words::failure() },
    Reply::Unlocked { .. } => Reply::Unlocked { handle: text("h"), person: rows::whom() },
    Reply::Snapshot { .. } => Reply::Snapshot { snapshot: snapshot() },
    Reply::Account { .. } => Reply::Account { account: rows::account(PasswordAccess::Unknown), organizations: Some(40) },
    Reply::AccountAddress { .. } => Reply::AccountAddress { region: Region::Au },
    Reply::WebPage { .. } => Reply::WebPage { url: text("https://app.itglue.com/1") },
    Reply::Organizations { .. } => Reply::Organizations { organizations: vec![rows::organization()] },
    Reply::PickerOpened { .. } => Reply::PickerOpened { picker: text("1") },
    Reply::PickerPage { .. } => Reply::PickerPage { page: page() },
    Reply::Created { .. } => Reply::Created { id: text("a") },
    Reply::Prepared { .. } => Reply::Prepared { prepared: Prepared::Ready },
    Reply::Launch { .. } => Reply::Launch { launch: Launch::Started { run: text("a") } },
    Reply::Revealed { .. } => Reply::Revealed { revealed: revealed() },
    Reply::Audit { .. } => Reply::Audit { rows: vec![rows::audit()] },
});

fn handoff() -> Handoff {
    Handoff {
        address: text("127.0.0.2:4000"),
        user: text("u"),
        password: forms::secret("p"),
        certificate_sha256: text("00"),
        title: text("Contoso \u{b7} dc01"),
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
        people: vec![PersonRow { id: text("p"), name: text("Ada") }],
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
        test_build: true,
    }
}
