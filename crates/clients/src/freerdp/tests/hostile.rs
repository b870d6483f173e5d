//! Whatever stands in a field, the client gets the options that it was to get, and no other.

use tempfile::TempDir;
use usher_core::Secret;
use usher_core::ports::Handoff;
use usher_sandbox::hostile::texts;

use super::{PATIENCE, expected, handoff, noted, start};
use crate::StartError;

/// How many strings; the full programme asks for 5,000.
const FEW: usize = 500;
/// How many clients run at a time.
const AT_ONCE: usize = 8;

async fn as_title(text: String) {
    let home = TempDir::new().unwrap();
    let client = start(home.path(), handoff(&text)).await.expect("a title keeps nobody out");
    tokio::time::timeout(PATIENCE, client.wait()).await.expect("it ends");
    let mut given = noted(home.path(), "argv");
    let mut wanted = expected("");
    let (title, empty) = (given.remove(3), wanted.remove(3));
    assert_eq!(given, wanted, "{text:?}");
    let shown = title.strip_prefix(&empty).expect("it is the title");
    assert!(shown.chars().count() <= 200);
    let hidden = |c: char| c.is_control() || "\u{2028}\u{2029}\u{202E}\u{FEFF}".contains(c);
    assert!(!shown.contains(hidden), "{shown:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_title_of_any_characters_stays_in_its_place() {
    let texts = texts(FEW).expect("a number");
    let many = texts.len();
    let mut running = tokio::task::JoinSet::new();
    for text in texts {
        if running.len() == AT_ONCE {
            running.join_next().await.expect("one runs").expect("it holds");
        }
        running.spawn(as_title(text));
    }
    while let Some(ended) = running.join_next().await {
        ended.expect("it holds");
    }
    println!("seen: I1: {many} hostile titles, 0 options more or less");
}

#[tokio::test]
async fn a_user_or_password_that_is_not_plain_starts_nothing() {
    let home = TempDir::new().unwrap();
    let texts = texts(FEW).expect("a number");
    let many = texts.len();
    for text in texts {
        for handoff in [
            Handoff { user: text.clone(), ..handoff("title") },
            Handoff { password: Secret::new(text.clone()), ..handoff("title") },
        ] {
            let refused = start(home.path(), handoff).await.err();
            assert_eq!(refused, Some(StartError::NotAHandoff), "{text:?}");
        }
    }
    assert!(!home.path().join("argv").exists());
    println!("seen: I1: {many} hostile users and passwords, 0 clients started");
}
