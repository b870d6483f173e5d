//! S1, for the log: no name, host, person, ticket or reason stands in the files in clear. What stands
//! there are ids, numbers and hashes.

use std::path::Path;

use usher_core::audit::{About, AuditEvent, Ticket};
use usher_core::entry::Organization;
use usher_core::ids::{FolderId, OrganizationId, PasswordId};
use usher_core::ports::LocalStore;

use super::stage::{Stage, event};

fn canaries() -> Vec<String> {
    (0..9).map(|_| uuid()).collect()
}

/// 32 characters that nobody has written before.
fn uuid() -> String {
    format!("{:032x}", u128::from_be_bytes(*crate::seal::random().expect("random")))
}

fn count(folder: &Path, needle: &str) -> usize {
    let files = std::fs::read_dir(folder).expect("lists");
    let bytes = files.map(|file| std::fs::read(file.expect("a file").path()).expect("reads"));
    bytes.map(|b| b.windows(needle.len()).filter(|w| *w == needle.as_bytes()).count()).sum()
}

#[tokio::test]
async fn nothing_that_a_person_wrote_or_is_called_stands_in_the_files() {
    let stage = Stage::new();
    stage.unlock();
    let local = stage.open();
    let texts = canaries();
    let [on, organization, id, host, account, record, record_name, number, reason] = &*texts else {
        panic!("nine");
    };
    let ticket = Some(Ticket { number: number.clone(), reason: reason.clone() });
    let named = Organization { id: OrganizationId::new(id.as_str()), name: organization.clone() };
    let about = About {
        folder: Some(FolderId::from_bytes([3; 16])),
        organization: Some(named),
        host: Some(host.clone()),
        account: Some(account.clone()),
        record: Some(PasswordId::new(record.as_str())),
        record_name: Some(record_name.clone()),
        ticket,
        ..About::default()
    };
    let detail = uuid();
    let details = vec![("reason", detail.clone())];
    for _ in 0..50 {
        let (on, about, details) = (on.clone(), about.clone(), details.clone());
        local.record(AuditEvent { on, about, details, ..event(1) }).await.expect("records");
    }
    // The control: what is written there in clear is found, in the log beside the file, too.
    let control = uuid();
    let sql = "INSERT INTO own (person, idle_lock) VALUES (?1, 1)";
    let sixteen: String = control.chars().take(16).collect();
    stage.stranger().execute(sql, [sixteen.as_bytes()]).expect("writes");
    assert!(count(stage.folder.path(), &sixteen) > 0, "the search finds what is there");
    for text in texts.iter().chain([&detail]) {
        assert_eq!(count(stage.folder.path(), text), 0);
    }
    drop(local);
    assert!(count(stage.folder.path(), &sixteen) > 0, "the search finds what is there");
    for text in texts.iter().chain([&detail]) {
        assert_eq!(count(stage.folder.path(), text), 0);
    }
}
