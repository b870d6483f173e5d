//! R5: the program is killed at any moment of a launch; after the sweep of the next start nothing is
//! left of it.

use std::fs;
use std::thread;
use std::time::Duration;

use usher_sandbox::rdp_host::RdpHost;
use usher_testsuite::Result;
use uuid::Uuid;

use crate::how_many;
use crate::room::Room;

const USER: &str = "adm";
/// A launch takes about a second; some kills come after it.
const LONGEST: u64 = 1_500;

/// The rows of the residue journal.
fn rows(room: &Room) -> usize {
    let journal = fs::read_to_string(room.path("journal").join("residue.jsonl"));
    journal.unwrap_or_default().lines().count()
}

fn nothing_is_left(room: &Room, secret: &str) {
    room.until_empty();
    assert_eq!(rows(room), 0, "rows of the journal");
    assert!(room.files_with(secret).is_empty(), "{:?}", room.files_with(secret));
}

#[test]
fn nothing_is_left_of_a_program_that_was_killed() -> Result<()> {
    // Two thirds of the launches, as the security programme has 200 of 300.
    let kills = how_many(6) * 2 / 3;
    let room = Room::new()?;
    let password = Uuid::new_v4().to_string();
    let host = RdpHost::start(&[(USER, &password)])?;
    let (mut left, mut ended) = (0, 0);
    for _ in 0..kills {
        let mut holder = room.holder()?;
        holder.sweep(&room.path("journal"))?;
        holder.begin_launch(host.address().port(), (USER, &password))?;
        let moment = Uuid::new_v4().as_u64_pair().0 % LONGEST;
        thread::sleep(Duration::from_millis(moment));
        holder.kill()?;
        left += rows(&room);
        let (swept, kept) = room.holder()?.sweep(&room.path("journal"))?;
        assert_eq!(kept, 0, "the sweep takes everything away");
        ended += swept;
        nothing_is_left(&room, &password);
    }
    let files: Vec<_> = room.files().into_keys().collect();
    println!("seen: R5: {kills} kills, {left} left a row in the journal, {ended} clients ended by");
    println!("seen:   the sweep, 0 left after it; files: {files:?}");
    Ok(())
}

#[test]
fn control_a_program_killed_with_a_session_up_leaves_a_row() -> Result<()> {
    let room = Room::new()?;
    let password = Uuid::new_v4().to_string();
    let host = RdpHost::start(&[(USER, &password)])?;
    let mut holder = room.holder()?;
    holder.sweep(&room.path("journal"))?;
    let opened = holder.launch(host.address().port(), (USER, &password))?;
    holder.hear(opened.session, "HostAccepted")?;
    assert!(room.processes().len() >= 2, "the holder and the client");
    holder.kill()?;
    assert_eq!(rows(&room), 1, "the journal names the client");
    let (_, kept) = room.holder()?.sweep(&room.path("journal"))?;
    assert_eq!(kept, 0);
    nothing_is_left(&room, &password);
    Ok(())
}
