//! R8: an entry that allows everything, and the client that is installed here. Where its version is not
//! trusted with files, the process that really runs was asked for none.

use usher_clients::HeldBack;
use usher_core::entry::{Clipboard, Device, DevicePolicy};
use usher_testsuite::Result;
use usher_testsuite::stub::host::{StubHost, Then};
use uuid::Uuid;

use crate::room::{Room, proc, until};

/// What this machine's client is not asked for although an entry allows it.
fn held_back(runtime: &tokio::runtime::Runtime) -> Result<Vec<HeldBack>> {
    let client = usher_clients::find_rdp()?;
    let everything = DevicePolicy::new(Device::ALL, Clipboard::TextAndFiles);
    Ok(runtime.block_on(client.abilities()).held_back(&everything))
}

#[test]
fn a_client_that_is_not_trusted_with_drives_was_started_without_them() -> Result<()> {
    let room = Room::new()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let held_back = held_back(&runtime)?;
    let host = runtime.block_on(StubHost::start(Then::Closes))?;
    let mut holder = room.holder()?;
    // There is no second session: the client waits for its sign-in, and is there to be looked at.
    holder.together(2)?;
    let password = Uuid::new_v4().to_string();
    let opened = holder.launch_with("all", host.address.port(), ("adm", &password))?;
    let process = opened.process.ok_or("a client's process")?;
    let arguments =
        until("its arguments", || Some(proc(process, "cmdline")).filter(|line| !line.is_empty()));
    let arguments = String::from_utf8(arguments)?;
    let asked = |option: &str| arguments.split('\0').any(|one| one == option);
    assert!(asked("/smartcard"), "control: the entry's policy is what it was started with");
    let trusted = !held_back.contains(&HeldBack::Drives);
    assert_eq!([asked("+drives"), asked("-drives")], [trusted, !trusted], "{arguments:?}");
    println!("seen: R8: trusted with drives: {trusted}; asked for drives: {}", asked("+drives"));
    holder.end(opened.session)?;
    holder.hear(opened.session, "Ended")?;
    drop(holder);
    room.until_empty();
    Ok(())
}
