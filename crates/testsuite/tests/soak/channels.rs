//! R4: a real client that asks for everything. What the entry does not allow, the host never reads.

use usher_testsuite::Result;
use usher_testsuite::freerdp::{Screen, Way};
use usher_testsuite::holder::Opened;
use usher_testsuite::stub::host::{StubHost, Then};
use uuid::Uuid;

use crate::how_many;
use crate::room::{Room, until};

/// What is struck gets such a name, which no host knows.
const STRUCK: &str = "x-off";
/// Dynamic channels: they are refused by name later, and the window's size needs them.
const DYNAMIC: &str = "drdynvc";

fn way(opened: &Opened) -> Way {
    Way {
        address: opened.address,
        user: opened.user.clone(),
        password: opened.password.clone(),
        certificate_sha256: Some(opened.certificate_sha256),
        security: "/sec:nla",
    }
}

/// The static channels that the host reads of a client with this policy.
fn asked_with(devices: &str) -> Result<Vec<String>> {
    let room = Room::new()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let host = runtime.block_on(StubHost::start(Then::Closes))?;
    let mut holder = room.holder()?;
    let password = Uuid::new_v4().to_string();
    let opened = holder.open_with(devices, host.address.port(), ("adm", &password))?;
    let screen = Screen::new(1024, 768)?;
    let drive = format!("/drive:home,{}", screen.home().display());
    let asks = [&drive, "/smartcard", "/serial:COM1,/dev/null", "/printer:none", "+clipboard"];
    let more = ["/parallel:LPT1,/dev/null", "/sound", "/microphone"];
    let _client = screen.start(&way(&opened), &[asks.as_slice(), more.as_slice()].concat())?;
    Ok(until("the client's first message at the host", || host.seen().channels.pop()))
}

#[test]
fn a_host_gets_no_channel_that_was_not_opted_in() -> Result<()> {
    let runs = how_many(20).div_ceil(10);
    for _ in 0..runs {
        let names = asked_with("none")?;
        let struck = names.iter().filter(|name| name.starts_with(STRUCK)).count();
        let others: Vec<_> =
            names.iter().filter(|name| !name.starts_with(STRUCK) && *name != DYNAMIC).collect();
        assert!(others.is_empty(), "{names:?}");
        assert!(struck >= 3, "control: the client asked for more: {names:?}");
    }
    println!("seen: R4: {runs} clients that asked for everything, 0 channels at the host");
    Ok(())
}

#[test]
fn control_what_is_opted_in_reaches_the_host() -> Result<()> {
    let names = asked_with("all")?;
    for wanted in ["rdpdr", "rdpsnd", "cliprdr", DYNAMIC] {
        assert!(names.iter().any(|name| name == wanted), "{wanted} in {names:?}");
    }
    Ok(())
}
