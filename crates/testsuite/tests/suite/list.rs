//! Always prompt with list: what the list holds, and what a choice from it can and cannot do.

use usher_broker::protocol::{Code, Detail, Event, FieldRule, Prepared, Reply, Request, RunEnd};
use usher_sandbox::account::{NewPassword, PasswordRow};

use crate::fixture::host::USER;
use crate::fixture::stage::{RECORD, end_of};
use crate::fixture::{Host, Stage, canary, forms};

const CATEGORY: &str = "Active Directory";

/// Adds a record to the stage's organization, or another, in the category of this file.
fn add(
    stage: &Stage,
    organization: &str,
    name: &str,
    alter: impl FnOnce(&mut PasswordRow),
) -> String {
    let organization_id = organization.parse().expect("a number");
    let id = stage.room.account.edit(|data| {
        let value = canary("other");
        let new = NewPassword { organization_id, name, username: USER, value: &value };
        let id = data.add_password(new).expect("an organization");
        let set = |row: &mut PasswordRow| {
            row.category = Some((1, CATEGORY.to_owned()));
            alter(row);
        };
        data.change(id, set).expect("the record");
        id
    });
    id.to_string()
}

async fn list_of(stage: &Stage, session: &str) -> String {
    let Prepared::Pick { picker, organization, .. } = stage.me.prepare(session).await else {
        panic!("no list");
    };
    assert_eq!(organization, "Contoso");
    picker
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_holds_what_lies_in_scope_and_nothing_else() {
    let stage = Stage::new().await;
    let kept = add(&stage, &stage.organization, "Kept", |_| {});
    add(&stage, &stage.organization, "Restricted", |row| {
        row.restricted = true;
    });
    add(&stage, &stage.organization, "Personal", |row| {
        row.personal = true;
    });
    add(&stage, &stage.organization, "Other category", |row| {
        row.category = None;
    });
    add(&stage, &stage.other_organization, "Other organization", |_| {});
    let target = forms::prompt(Some(CATEGORY));
    let credential = stage.credential("Choose", target, &["127.0.0.1"]).await;
    let session = stage.session("DC01", ("127.0.0.1", 3389), &credential).await;
    let picker = list_of(&stage, &session).await;
    let page = stage.me.full_list(&picker, "").await;
    let names: Vec<&str> = page.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Kept"]);
    assert_eq!(page.rows[0].id, kept);
    assert_eq!((page.matching, page.progress.failure), (1, None));
    assert_eq!(stage.room.value_requests(), 0, "a list asks for no value");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_list_streams_in_tells_how_far_it_is_and_can_be_searched() {
    let stage = Stage::new().await;
    for number in 0..120 {
        add(&stage, &stage.organization, &format!("Server {number:03}"), |_| {});
    }
    let credential = stage.credential("Choose", forms::prompt(None), &["127.0.0.1"]).await;
    let session = stage.session("DC01", ("127.0.0.1", 3389), &credential).await;
    let picker = list_of(&stage, &session).await;
    let page = stage.me.full_list(&picker, "").await;
    assert_eq!((page.rows.len(), page.progress.loaded, page.progress.total), (121, 121, Some(121)));
    let found = stage.me.page(&picker, "server 117").await;
    assert_eq!(found.rows[0].name, "Server 117");
    assert!(!found.rows[0].matched.is_empty());
    assert!(stage.me.page(&picker, "nothing like it").await.rows.is_empty());
    let mut told = Vec::new();
    for numbered in stage.room.events.all() {
        if let Event::Picker { picker: of, progress } = numbered.event {
            assert_eq!(of, picker);
            told.push((progress.loaded, progress.done));
        }
    }
    assert_eq!(told.last(), Some(&(121, true)));
    assert!(told.is_sorted(), "a list only grows: {told:?}");
    stage.me.done(Request::ClosePicker { picker: picker.clone() }).await;
    let closed = stage.me.fails(Request::ClosePicker { picker }).await;
    assert_eq!(closed.code, Code::NotFound);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_signs_in_and_a_refused_one_can_be_chosen_again() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let wrong = add(&stage, &stage.organization, "Wrong one", |_| {});
    let credential = stage.credential("Choose", forms::prompt(None), &["127.0.0.1"]).await;
    let session = stage.session("DC01", host.place(), &credential).await;
    let Reply::Failed { failure } = stage.me.launch(&session, None).await else {
        panic!("launched without a choice");
    };
    let missing = Detail::Field { field: "choice".to_owned(), rule: FieldRule::ChoiceMissing };
    assert_eq!((failure.code, failure.detail), (Code::Invalid, missing));
    stage.me.trust_with(&session, Some(&wrong)).await;
    let RunEnd::HostRefused { record, choose_again, .. } =
        end_of(stage.play(&host, &session, Some(&wrong)).await)
    else {
        panic!("the host did not refuse");
    };
    assert_eq!((record.as_str(), choose_again), ("Wrong one", true));
    assert_eq!(host.sign_ins(), 1);
    let right = stage.record.to_string();
    let row = stage.play(&host, &session, Some(&right)).await;
    assert_eq!(row.account.as_deref(), Some(USER));
    assert!(matches!(end_of(row), RunEnd::Closed { .. }));
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (2, 2));
    let log = stage.me.audit().await;
    let accepted = log.iter().find(|row| row.what == "host_accepted").expect("on record");
    assert!(accepted.details.iter().any(|d| d.name == "record_name" && d.value == RECORD));
}

/// What stands on record as denied with this record.
async fn denials_of(stage: &Stage, record: &str) -> Vec<String> {
    let denied = stage.me.audit().await.into_iter().filter(|row| row.outcome == "denied");
    let of = |d: &usher_broker::protocol::AuditDetail| d.name == "record" && d.value == record;
    denied.filter(|row| row.details.iter().any(of)).map(|row| row.what).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_outside_the_scope_reaches_no_host_whoever_names_it() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let credential =
        stage.credential("Choose", forms::prompt(Some(CATEGORY)), &["127.0.0.1"]).await;
    let session = stage.session("DC01", host.place(), &credential).await;
    let inside = add(&stage, &stage.organization, "Inside", |_| {});
    stage.me.trust_with(&session, Some(&inside)).await;
    let outside = [
        add(&stage, &stage.organization, "Restricted", |row| {
            row.restricted = true;
        }),
        add(&stage, &stage.organization, "Personal", |row| {
            row.personal = true;
        }),
        add(&stage, &stage.organization, "Other category", |row| {
            row.category = None;
        }),
        add(&stage, &stage.organization, "Archived", |row| {
            row.archived = true;
        }),
        add(&stage, &stage.other_organization, "Other organization", |_| {}),
    ];
    for (place, choice) in outside.into_iter().enumerate() {
        let end = end_of(stage.play(&host, &session, Some(&choice)).await);
        let RunEnd::Failed { failure } = end else { panic!("released: {end:?}") };
        assert_eq!(failure.code, Code::NotFound, "{failure:?}");
        // What IT Glue does not have in this organization, or has put away, is not found for anybody.
        let denied: &[&str] = if place < 3 { &["sign_in"] } else { &[] };
        assert_eq!(denials_of(&stage, &choice).await, denied, "{place}");
    }
    assert_eq!(host.sign_ins(), 0);
}
