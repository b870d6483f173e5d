//! What mstsc has remembered of our addresses, in the person's part of the registry.

use std::net::Ipv4Addr;

use windows::Win32::Foundation::ERROR_FILE_NOT_FOUND;
use windows::core::Result;
use windows_registry::{CURRENT_USER, Key};

use super::CLIENT;
use crate::mstsc::recent::{is_ours, without_ours};

/// mstsc keeps `MRU0` to `MRU9`.
const MOST: usize = 10;

/// Takes our addresses out of the recent connections, the known hosts and the answers to questions
/// about devices; others are left as they are.
pub(in super::super) fn forget() -> Result<()> {
    opened(CURRENT_USER, CLIENT)?.map_or(Ok(()), |client| forget_in(&client))
}

/// The user name that mstsc proposes for an address.
pub(in super::super) fn hint(address: Ipv4Addr, user: &str) -> Result<()> {
    hint_in(&CURRENT_USER.create(CLIENT)?, address, user)
}

fn hint_in(client: &Key, address: Ipv4Addr, user: &str) -> Result<()> {
    client.create(format!(r"Servers\{address}"))?.set_string("UsernameHint", user)
}

fn forget_in(client: &Key) -> Result<()> {
    if let Some(recent) = opened(client, "Default")? {
        forget_recent(&recent)?;
    }
    if let Some(servers) = opened(client, "Servers")? {
        let ours: Vec<_> = servers.keys()?.filter(|host| is_ours(host)).collect();
        ours.iter().try_for_each(|host| servers.remove_tree(host))?;
    }
    if let Some(devices) = opened(client, "LocalDevices")? {
        let ours: Vec<_> = devices.values()?.filter(|(host, _)| is_ours(host)).collect();
        ours.iter().try_for_each(|(host, _)| devices.remove_value(host))?;
    }
    Ok(())
}

fn forget_recent(recent: &Key) -> Result<()> {
    let listed = (0..MOST).filter_map(|place| recent.get_string(name(place)).ok()).collect();
    let Some(rewritten) = without_ours(listed) else { return Ok(()) };
    let kept = rewritten.kept.len();
    for (place, host) in rewritten.kept.iter().enumerate() {
        recent.set_string(name(place), host)?;
    }
    for place in kept..MOST {
        match recent.remove_value(name(place)) {
            Err(error) if error.code() != ERROR_FILE_NOT_FOUND.to_hresult() => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

fn name(place: usize) -> String {
    format!("MRU{place}")
}

/// To read and change; `None` where there is no such key.
fn opened(key: &Key, path: &str) -> Result<Option<Key>> {
    match key.options().read().write().open(path) {
        Err(error) if error.code() == ERROR_FILE_NOT_FOUND.to_hresult() => Ok(None),
        opened => opened.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// A key of the test's own: the real one may be a person's.
    fn own() -> (String, Key) {
        let path = format!(r"Software\UsherTest\{}", Uuid::new_v4());
        let key = CURRENT_USER.create(&path).unwrap();
        (path, key)
    }

    fn recents(recent: &Key) -> Vec<String> {
        (0..MOST).filter_map(|place| recent.get_string(name(place)).ok()).collect()
    }

    #[test]
    fn ours_are_forgotten_and_the_others_stay() {
        let (path, client) = own();
        let recent = client.create("Default").unwrap();
        let listed = ["127.77.0.5:50123", "srv", "127.77.0.6", "10.0.0.1:3390"];
        for (place, host) in listed.iter().enumerate() {
            recent.set_string(name(place), host).unwrap();
        }
        recent.set_string("MRU9", "last").unwrap();
        hint_in(&client, Ipv4Addr::new(127, 77, 0, 5), "ot-abcdefgh").unwrap();
        let servers = client.create("Servers").unwrap();
        let hint = servers.open("127.77.0.5").unwrap().get_string("UsernameHint");
        assert_eq!(hint.unwrap(), "ot-abcdefgh");
        servers.create("srv").unwrap();
        let devices = client.create("LocalDevices").unwrap();
        for host in ["127.77.0.5", "srv"] {
            devices.set_u32(host, 13).unwrap();
        }
        for _ in 0..2 {
            forget_in(&client).unwrap();
            assert_eq!(recents(&recent), ["srv", "10.0.0.1:3390", "last"]);
            assert_eq!(servers.keys().unwrap().collect::<Vec<_>>(), ["srv"]);
            let asked: Vec<_> = devices.values().unwrap().map(|(host, _)| host).collect();
            assert_eq!(asked, ["srv"]);
        }
        CURRENT_USER.remove_tree(path).unwrap();
    }

    #[test]
    fn where_mstsc_never_ran_there_is_nothing_to_forget() {
        let (path, client) = own();
        forget_in(&client).unwrap();
        assert_eq!(client.keys().unwrap().count(), 0);
        CURRENT_USER.remove_tree(path).unwrap();
    }
}
