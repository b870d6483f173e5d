//! R6: many launches at once with real clients, each with a credential of its own, to two hosts. None
//! gets its credential before all have asked for theirs, so that every sign-in is on its way at the
//! same moment.

use std::collections::BTreeSet;

use usher_testsuite::Result;
use usher_testsuite::stub::host::{StubHost, Then};
use uuid::Uuid;

use crate::how_many;
use crate::room::Room;

const AT_ONCE: usize = 50;
const FEW: usize = 6;

/// Which host, user and password.
type Credential = (usize, String, String);

#[test]
fn no_credential_reaches_another_sessions_host() -> Result<()> {
    let launches = how_many(FEW);
    let at_once = if launches == FEW { FEW } else { AT_ONCE };
    let rounds = launches.div_ceil(at_once);
    for _ in 0..rounds {
        let meant = credentials(at_once);
        assert_eq!(crossed(&meant, &signed_in(&meant)?), Vec::<&Credential>::new());
    }
    println!(
        "seen: R6: {rounds} times {at_once} sign-ins at the same moment, 0 credentials crossed"
    );
    Ok(())
}

/// The same check with two credentials that are exchanged on purpose finds both, and no other.
#[test]
fn control_two_credentials_that_are_exchanged_are_found() -> Result<()> {
    let meant = credentials(FEW);
    let mut given = meant.clone();
    let (first, second) = (given[0].2.clone(), given[1].2.clone());
    (given[0].2, given[1].2) = (second, first);
    assert_eq!(crossed(&meant, &signed_in(&given)?), [&given[0], &given[1]]);
    println!("seen: R6, control: 2 of {FEW} credentials exchanged, 2 found");
    Ok(())
}

/// The same user at both hosts, with another password there.
fn credentials(count: usize) -> Vec<Credential> {
    let one = |number| (number % 2, format!("adm{}", number / 2), Uuid::new_v4().to_string());
    (0..count).map(one).collect()
}

/// What was signed in with that was not meant for that host and user.
fn crossed<'a>(meant: &[Credential], seen: &'a BTreeSet<Credential>) -> Vec<&'a Credential> {
    seen.iter().filter(|credential| !meant.contains(credential)).collect()
}

/// Launches all of them; what the two hosts were given, each once.
fn signed_in(all: &[Credential]) -> Result<BTreeSet<Credential>> {
    let room = Room::new()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let start = || runtime.block_on(StubHost::start(Then::Closes));
    let hosts = [start()?, start()?];
    let mut holder = room.holder()?;
    holder.together(all.len())?;
    let mut sessions = Vec::new();
    for (number, (host, user, password)) in all.iter().enumerate() {
        let early = hosts.iter().map(|host| host.seen().credentials.len()).sum::<usize>();
        assert_eq!(early, 0, "before launch {number}: no credential is out yet");
        sessions.push(holder.launch(hosts[*host].address.port(), (user, password))?.session);
    }
    for session in sessions {
        holder.hear(session, "Ended")?;
    }
    drop(holder);
    room.until_empty();
    let mut seen = BTreeSet::new();
    for (number, host) in hosts.iter().enumerate() {
        let given = host.seen();
        let meant = all.iter().filter(|(host, ..)| *host == number).count();
        assert_eq!(given.credentials.len(), meant, "each signed in once: {:?}", given.broken);
        seen.extend(given.credentials.into_iter().map(|(user, password)| (number, user, password)));
    }
    Ok(seen)
}
