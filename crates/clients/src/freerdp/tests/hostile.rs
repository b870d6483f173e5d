//! Whatever stands in a field, the client gets the options that it was to get, and no other.

use tempfile::TempDir;
use usher_core::Secret;
use usher_core::ports::Handoff;

use super::{PATIENCE, expected, handoff, noted, start};
use crate::StartError;

/// How many strings; the full programme asks for 5,000 by this variable.
const HOW_MANY: &str = "USHER_HOSTILE_STRINGS";
const FEW: usize = 500;
/// How many clients run at a time.
const AT_ONCE: usize = 8;

const SEEDS: [&str; 24] = [
    "-oProxyCommand=touch x",
    "/v:10.0.0.1",
    "/cert:ignore",
    "/p:x",
    "+drives",
    "--version",
    "\"",
    "'",
    "`id`",
    "$(id)",
    "%COMSPEC%",
    "\r\n/drive:a,/",
    "\0",
    "\u{2028}/u:x",
    "\u{2029}",
    "\u{202E}drowssap",
    "\u{FEFF}",
    "; rm -rf ~",
    "| cat",
    "\\\\host\\share",
    "CORP\\adm",
    "../../etc/passwd",
    "{{7*7}}",
    "ü·漢\u{1F511}",
];

/// The nth: two or three seeds, and now and then 64 KiB.
fn hostile(n: usize) -> String {
    let seed = |n: usize| SEEDS[n % SEEDS.len()];
    let text = [seed(n), seed(n / SEEDS.len()), seed(n / SEEDS.len() / SEEDS.len())].concat();
    if n.is_multiple_of(97) { text.repeat(65_536 / text.len().max(1) + 1) } else { text }
}

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
    let many = std::env::var(HOW_MANY).map_or(FEW, |many| many.parse().expect("a number"));
    let mut running = tokio::task::JoinSet::new();
    for n in 0..many {
        if running.len() == AT_ONCE {
            running.join_next().await.expect("one runs").expect("it holds");
        }
        running.spawn(as_title(hostile(n)));
    }
    while let Some(ended) = running.join_next().await {
        ended.expect("it holds");
    }
    println!("seen: I1: {many} hostile titles, 0 options more or less");
}

#[tokio::test]
async fn a_user_or_password_that_is_not_plain_starts_nothing() {
    let home = TempDir::new().unwrap();
    for n in 0..FEW {
        let text = hostile(n);
        for handoff in [
            Handoff { user: text.clone(), ..handoff("title") },
            Handoff { password: Secret::new(text.clone()), ..handoff("title") },
        ] {
            let refused = start(home.path(), handoff).await.err();
            assert_eq!(refused, Some(StartError::NotAHandoff), "{text:?}");
        }
    }
    assert!(!home.path().join("argv").exists());
}
