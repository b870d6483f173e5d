//! The client report, the exported log, and the tickets that stand in both.

use usher_broker::protocol::{
    At, AuditFilter, ClientReport, ClientReportForm, Code, ExportFormat, Inheritance, ObjectRef,
    OrganizationRef, Reply, Request, RevealForm, Right, RightsForm, TicketForm, TicketPolicy,
    TicketRule,
};

use crate::fixture::client::shown;
use crate::fixture::host::USER;
use crate::fixture::people::FOUNDER;
use crate::fixture::{Client, Host, Stage, forms};
use crate::locking::technician;

const TICKET: &str = "T-4711";

fn ticket() -> TicketForm {
    TicketForm { number: TICKET.to_owned(), reason: "Patch day".to_owned() }
}

/// The client folder asks for a ticket from here on.
async fn asks_for_tickets(stage: &Stage) {
    let of = ObjectRef::Folder { folder: stage.folder.clone() };
    let tickets = Some(TicketRule { policy: TicketPolicy::Required, pattern: None });
    let (inheritance, grants) = (Inheritance::Inherits, Vec::new());
    let form = RightsForm { inheritance, grants, approval: None, tickets };
    stage.me.done(Request::SetRights { of, form }).await;
}

async fn launches(stage: &Stage, host: &Host, session: &str) {
    let ask = forms::launch_for(session, ticket());
    let (run, handoff) = stage.me.opened_by(ask).await;
    host.sign_in(&handoff.into()).await;
    stage.room.events.ended(&run).await;
}

async fn shows(stage: &Stage, credential: &str) {
    let proof = Some(forms::secret(&stage.room.passphrase_of(FOUNDER)));
    let credential = credential.to_owned();
    let form = RevealForm { credential, proof, ticket: Some(ticket()) };
    let reply = stage.me.ask(Request::ShowPassword(form)).await;
    assert!(matches!(reply, Reply::Revealed { .. }));
}

async fn report(me: &Client, connection: &str, organization: &str) -> ClientReport {
    let (connection, organization) = (connection.to_owned(), organization.to_owned());
    let (from, to) = (At(0), At(4_102_444_800_000));
    let form = ClientReportForm { connection, organization, from, to };
    let reply = me.ask(Request::ClientReport(form)).await;
    let Reply::Report { report } = reply else { panic!("no report: {}", shown(&reply)) };
    report
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_report_says_who_where_for_what_and_how_it_went() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    asks_for_tickets(&stage).await;
    launches(&stage, &host, &session).await;
    shows(&stage, &credential).await;

    let made = report(&stage.me, &stage.connection, &stage.organization).await;
    let launch = made.rows.iter().find(|row| row.what == "launch").expect("a launch");
    assert_eq!((&*launch.person, &*launch.on, &*launch.host), (FOUNDER, "DC01", "127.0.0.1"));
    assert_eq!((&*launch.account, &*launch.outcome), (USER, "signed_in"));
    assert_eq!((&*launch.ticket, &*launch.reason), (TICKET, "Patch day"));
    assert!(launch.seconds.is_some(), "how long it was up");
    let seen = made.rows.iter().find(|row| row.what == "password_shown").expect("shown");
    assert_eq!((&*seen.outcome, &*seen.ticket, seen.seconds), ("released", TICKET, None));
    assert_eq!(made.rows.len(), 2);
    assert!(made.verdict.good);
    assert!(made.csv.contains(TICKET) && made.html.contains(TICKET));
    let others = report(&stage.me, &stage.connection, &stage.other_organization).await;
    assert_eq!(others.rows, [], "another client's");
    let nowhere = "00000000-0000-7000-8000-000000000000";
    let others = report(&stage.me, nowhere, &stage.organization).await;
    assert_eq!(others.rows, [], "another account's of the same id");
    assert_ne!(of_organization(&stage, &stage.connection).await, "");
    let elsewhere = "00000000-0000-7000-8000-000000000001";
    assert_eq!(of_organization(&stage, elsewhere).await, "", "nor is it in the log asked for so");
}

/// The exported rows about the organization of this account.
async fn of_organization(stage: &Stage, connection: &str) -> String {
    let (connection, organization) = (connection.to_owned(), stage.organization.clone());
    let organization = Some(OrganizationRef { connection, organization });
    let filter = AuditFilter { organization, ..AuditFilter::default() };
    let format = ExportFormat::JsonLines;
    let reply = stage.me.ask(Request::AuditExport { filter, format }).await;
    let Reply::Exported { text } = reply else { panic!("no file: {}", shown(&reply)) };
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_unsigned_tail_begins_is_said() {
    let stage = Stage::new().await;
    let credential = stage.credential("Contoso admin", stage.record(), &["127.0.0.1"]).await;
    let (_, bob) = technician(&stage, &[Right::View]).await;
    let unsigned = async || {
        let filter = AuditFilter::default();
        let reply = stage.me.ask(Request::Audit { filter, before: None, limit: 10 }).await;
        let Reply::Audit { rows, unsigned_from } = reply else { panic!("no page") };
        (rows[0].number, unsigned_from)
    };
    stage.me.done(Request::Rekey).await;
    assert_eq!(unsigned().await.1, None, "signed with a change like this");
    let form = RevealForm { credential, proof: None, ticket: None };
    assert_eq!(bob.fails(Request::ShowPassword(form)).await.code, Code::Denied);
    let (newest, from) = unsigned().await;
    assert_eq!(from, Some(newest), "the denial alone");
    stage.me.done(Request::Rekey).await;
    assert_eq!(unsigned().await.1, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_asks_the_log_about_more_than_a_host() {
    let stage = Stage::new().await;
    let text = |length| Some("x".repeat(length));
    let host = |length| AuditFilter { host: text(length), ..AuditFilter::default() };
    let on = |length| AuditFilter { on: text(length), ..AuditFilter::default() };
    let asked = |filter| Request::Audit { filter, before: None, limit: 10 };
    for too_long in [host(254), on(254)] {
        assert_eq!(stage.me.fails(asked(too_long)).await.code, Code::Invalid);
    }
    for fits in [host(253), on(253)] {
        let reply = stage.me.ask(asked(fits)).await;
        assert!(matches!(reply, Reply::Audit { .. }), "{}", shown(&reply));
    }
}

async fn exported(me: &Client, format: ExportFormat) -> String {
    let filter = AuditFilter::default();
    let reply = me.ask(Request::AuditExport { filter, format }).await;
    let Reply::Exported { text } = reply else { panic!("no file: {}", shown(&reply)) };
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_forms_of_the_exported_log_have_every_row() {
    let stage = Stage::new().await;
    stage.credential("Contoso admin", stage.record(), &["127.0.0.1"]).await;
    let rows = stage.me.audit().await;
    let lines = exported(&stage.me, ExportFormat::JsonLines).await;
    let parsed: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let sheet = exported(&stage.me, ExportFormat::Csv).await;
    for row in &rows {
        let found = parsed.iter().find(|one| one["number"] == row.number).expect("in the file");
        assert_eq!(found["what"], *row.what);
        assert_eq!(found["outcome"], *row.outcome);
        let begins = format!("\"{}\",", row.number);
        let line = sheet.lines().find(|line| line.starts_with(&begins)).expect("in the sheet");
        assert!(line.contains(&format!("\"{}\"", row.what)), "{line}");
    }
    let exports = stage.me.audit().await.into_iter().filter(|row| row.what == "exported");
    let outcomes: Vec<String> = exports.map(|row| row.outcome).collect();
    assert_eq!(outcomes, ["intended", "done", "intended", "done"]);
}

/// The number offered for the entry's next ticket.
async fn offered(me: &Client, credential: &str) -> Option<String> {
    let rows = me.snapshot().await.credentials;
    rows.into_iter().find(|row| row.id == credential).expect("is there").ticket.last
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_given_to_see_a_password_is_offered_again_also_after_an_unlock() {
    let stage = Stage::new().await;
    let credential = stage.credential("Contoso admin", stage.record(), &["127.0.0.1"]).await;
    asks_for_tickets(&stage).await;
    assert_eq!(offered(&stage.me, &credential).await, None);
    shows(&stage, &credential).await;
    assert_eq!(offered(&stage.me, &credential).await.as_deref(), Some(TICKET));
    stage.me.done(Request::Lock).await;
    let me = stage.room.unlock().await;
    assert_eq!(offered(&me, &credential).await.as_deref(), Some(TICKET), "as the log has it");
}
