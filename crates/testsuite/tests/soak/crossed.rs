//! R6: many launches at once with real clients, each with a credential of its own, to two hosts.

use std::collections::BTreeMap;

use usher_testsuite::Result;
use usher_testsuite::stub::host::{StubHost, Then};
use uuid::Uuid;

use crate::how_many;
use crate::room::Room;

const AT_ONCE: usize = 50;
const FEW: usize = 6;

#[test]
fn no_credential_reaches_another_sessions_host() -> Result<()> {
    let launches = how_many(FEW);
    let at_once = if launches == FEW { FEW } else { AT_ONCE };
    let rounds = launches.div_ceil(at_once);
    for _ in 0..rounds {
        round(at_once)?;
    }
    println!("seen: R6: {rounds} times {at_once} launches at once, 0 credentials crossed");
    Ok(())
}

fn round(at_once: usize) -> Result<()> {
    let room = Room::new()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let start = || runtime.block_on(StubHost::start(Then::Closes));
    let hosts = [start()?, start()?];
    let mut given = [BTreeMap::new(), BTreeMap::new()];
    let mut holder = room.holder()?;
    let mut sessions = Vec::new();
    for number in 0..at_once {
        // The same user at both hosts, with another password there.
        let (user, password) = (format!("adm{}", number / 2), Uuid::new_v4().to_string());
        let port = hosts[number % 2].address.port();
        sessions.push(holder.launch(port, (&user, &password))?.session);
        given[number % 2].insert(user, password);
    }
    for session in sessions {
        holder.hear(session, "Ended")?;
    }
    for (host, given) in hosts.iter().zip(given) {
        let seen = host.seen().credentials;
        assert_eq!(seen.len(), given.len(), "each signed in once: {:?}", host.seen().broken);
        assert_eq!(seen.into_iter().collect::<BTreeMap<_, _>>(), given);
    }
    drop(holder);
    room.until_empty();
    Ok(())
}
