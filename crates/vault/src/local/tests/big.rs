//! A2: a long log. Small here; `USHER_LOG_ROWS=1000000` in release shows the real thing.

use std::time::{Duration, Instant};

use usher_core::audit::{About, AuditEvent, Filter};
use usher_core::entry::Organization;
use usher_core::ids::{
    ConnectionId, CredentialEntryId, FolderId, OrganizationId, PasswordId, RunId, SessionEntryId,
};
use usher_core::ports::LocalStore;

use super::stage::{BOB, Stage, event};

/// An event as a launch leaves it.
fn launch(number: u64) -> AuditEvent {
    let id = u128::from(number).to_be_bytes();
    let client = number % 200;
    let about = About {
        folder: Some(FolderId::from_bytes([3; 16])),
        session: Some(SessionEntryId::from_bytes(id)),
        credential: Some(CredentialEntryId::from_bytes(id)),
        organization: Some(Organization {
            id: OrganizationId::new(client.to_string()),
            name: format!("Client number {client}"),
        }),
        host: Some(format!("srv{client}.corp.example")),
        account: Some("CORP\\administrator".into()),
        record: Some(PasswordId::new(number.to_string())),
        record_name: Some("Domain administrator".into()),
        ..About::default()
    };
    let person = if number.is_multiple_of(1_000) { BOB } else { super::stage::ADA };
    AuditEvent { about, person, run: Some(RunId::from_bytes(id)), ..event(number) }
}

#[tokio::test]
async fn a_long_log_verifies_and_answers() {
    let rows: u64 = std::env::var("USHER_LOG_ROWS").map_or(3_000, |n| n.parse().expect("a number"));
    let stage = Stage::new();
    stage.unlock();
    drop(stage.open());
    let file = crate::file::open(&stage.path, &super::super::schema::KIND).expect("opens");
    file.execute_batch("PRAGMA synchronous = OFF").expect("this log need not survive");
    let tell = tokio::sync::watch::channel(false).0;
    let mut writer = super::super::Writer::new(file, stage.witness.clone(), tell);
    let mut time = Clock(Instant::now());
    (1..=rows).for_each(|number| writer.append(&launch(number)).expect("records"));
    time.say("written");
    drop(writer);
    let local = stage.open();
    time.say("opened");
    let open = local.verify().await.expect("verifies");
    let took = time.say("verified, opening each row");
    assert!(open.is_good() && open.opened && open.rows == rows);
    let newest = local.rows(&Filter::default(), None, 500).await.expect("reads");
    time.say("newest 500");
    assert_eq!(newest.len(), 500);
    for filter in [
        Filter { person: Some(BOB), ..Filter::default() },
        Filter {
            organization: Some((ConnectionId::from_bytes([1; 16]), OrganizationId::new("no such"))),
            ..Filter::default()
        },
        Filter { host: Some("srv7.corp.example".into()), ..Filter::default() },
    ] {
        let found = local.rows(&filter, None, usize::MAX).await.expect("reads");
        time.say("all of one question");
        assert!(found.iter().all(|row| filter.matches(row)));
        assert_eq!(found.is_empty(), filter.organization.is_some());
    }
    stage.lock();
    assert!(local.verify().await.expect("verifies").is_good());
    time.say("verified while locked");
    assert!(took < Duration::from_secs(10), "{took:?}");
}

struct Clock(Instant);

impl Clock {
    fn say(&mut self, what: &str) -> Duration {
        let took = self.0.elapsed();
        println!("{what}: {took:?}");
        self.0 = Instant::now();
        took
    }
}
