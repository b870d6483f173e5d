//! Redirected devices (MS-RDPEFS): only those of an allowed type are announced to the host, and only
//! those can it reach.

use std::collections::BTreeSet;

use usher_core::entry::Device;

use super::assembly::Judged;
use super::policy::Policy;
use crate::pdu::bytes::{u16_le, u32_le};
use crate::relay::Side;

/// `RDPDR_CTYP_CORE` and `RDPDR_CTYP_PRN` (2.2.1.1).
const CORE: u16 = 0x4472;
const PRINTER: u16 = 0x5052;
const LIST: u16 = 0x4441;
const REMOVE: u16 = 0x444D;
/// Client Announce Reply or Server Client ID Confirm, Client Name, Client Core Capability.
const CLIENT_GREETINGS: [u16; 3] = [0x4343, 0x434E, 0x4350];
/// Server Announce, Server Client ID Confirm, Server Core Capability, User Logged On.
const HOST_GREETINGS: [u16; 4] = [0x496E, 0x4343, 0x5350, 0x554C];
const IO_COMPLETION: u16 = 0x4943;
/// Server Device Announce Response, Device I/O Request.
const HOST_TO_DEVICE: [u16; 2] = [0x6472, 0x4952];
const HEADER: usize = 4;
/// Type (4), id (4), DOS name (8), then the length of what follows (4).
const DEVICE_HEADER: usize = 20;
/// More than a client has; further ones are struck.
const MOST_KEPT: usize = 1024;

/// The devices that were announced to the host.
#[derive(Default)]
pub(super) struct Devices {
    kept: BTreeSet<u32>,
}

impl Devices {
    pub(super) fn judge(
        &mut self,
        policy: &Policy,
        to: Side,
        message: &[u8],
        whole: bool,
    ) -> Judged {
        let (Some(component), Some(packet)) = (u16_le(message, 0), u16_le(message, 2)) else {
            return Judged::More;
        };
        let asks = match to {
            Side::Host => IO_COMPLETION == packet,
            Side::Client => HOST_TO_DEVICE.contains(&packet),
        };
        let greets = match to {
            Side::Host => CLIENT_GREETINGS.contains(&packet),
            Side::Client => HOST_GREETINGS.contains(&packet),
        };
        match (to, component, packet) {
            (_, PRINTER, _) if policy.allows(Device::Printers) => Judged::Passes,
            (_, CORE, _) if greets => Judged::Passes,
            (_, CORE, _) if asks => self.known(message),
            (Side::Host, CORE, LIST | REMOVE) if !whole => Judged::More,
            (Side::Host, CORE, LIST) => Judged::filtered(message, self.announced(policy, message)),
            (Side::Host, CORE, REMOVE) => Judged::filtered(message, self.removed(message)),
            _ => Judged::Drops,
        }
    }

    /// Whether the device that a message names was announced.
    fn known(&self, message: &[u8]) -> Judged {
        match u32_le(message, HEADER) {
            None => Judged::More,
            Some(id) if self.kept.contains(&id) => Judged::Passes,
            Some(_) => Judged::Drops,
        }
    }

    /// The list without the devices that are not allowed; `None` if it is damaged.
    fn announced(&mut self, policy: &Policy, message: &[u8]) -> Option<Vec<u8>> {
        let count = u32_le(message, HEADER)?;
        let mut rest = message.get(HEADER + 4..)?;
        let mut kept = Vec::new();
        let mut ids = Vec::new();
        for _ in 0..count {
            let length = usize::try_from(u32_le(rest, DEVICE_HEADER - 4)?).ok()?;
            let (device, after) = rest.split_at_checked(DEVICE_HEADER.checked_add(length)?)?;
            let id = u32_le(device, 4)?;
            let allowed = policy.device(u32_le(device, 0)?) && self.kept.len() < MOST_KEPT;
            ids.push((id, allowed));
            if allowed {
                kept.extend_from_slice(device);
            }
            rest = after;
        }
        for (id, allowed) in &ids {
            self.remember(*id, *allowed);
        }
        let left = ids.iter().filter(|(_, allowed)| *allowed).count();
        let left = u32::try_from(left).ok()?.to_le_bytes();
        rest.is_empty().then(|| [message.get(..HEADER).unwrap_or_default(), &left, &kept].concat())
    }

    fn remember(&mut self, id: u32, allowed: bool) {
        if allowed {
            self.kept.insert(id);
        } else {
            self.kept.remove(&id);
        }
    }

    /// The removal without the devices that the host never heard of; `None` if it is damaged.
    fn removed(&mut self, message: &[u8]) -> Option<Vec<u8>> {
        let count = usize::try_from(u32_le(message, HEADER)?).ok()?;
        let ids =
            message.get(HEADER + 4..).filter(|ids| Some(ids.len()) == count.checked_mul(4))?;
        let mut known = Vec::new();
        for id in ids.chunks_exact(4).filter_map(|id| u32_le(id, 0)) {
            if self.kept.remove(&id) {
                known.push(id);
            }
        }
        let left = u32::try_from(known.len()).ok()?.to_le_bytes();
        let known: Vec<u8> = known.into_iter().flat_map(u32::to_le_bytes).collect();
        Some([message.get(..HEADER)?, &left, &known].concat())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use usher_core::entry::{Clipboard, DevicePolicy};

    use super::*;

    const SERIAL: u32 = 1;
    const DRIVE: u32 = 8;
    const CARD: u32 = 0x20;

    fn policy(allowed: &[Device]) -> Policy {
        let devices = DevicePolicy::new(allowed.iter().copied(), Clipboard::Off);
        Policy { devices, dynamic_resolution: false }
    }

    fn core(packet: u16, body: &[u8]) -> Vec<u8> {
        [CORE.to_le_bytes().as_slice(), &packet.to_le_bytes(), body].concat()
    }

    fn list(devices: &[(u32, u32)]) -> Vec<u8> {
        let mut body = u32::try_from(devices.len()).unwrap().to_le_bytes().to_vec();
        for (kind, id) in devices {
            body.extend_from_slice(&kind.to_le_bytes());
            body.extend_from_slice(&id.to_le_bytes());
            body.extend_from_slice(b"NAME\0\0\0\0\x03\0\0\0xyz");
        }
        core(LIST, &body)
    }

    #[test]
    fn the_list_keeps_what_is_allowed_byte_for_byte() {
        let all = list(&[(SERIAL, 1), (2, 2), (4, 3), (DRIVE, 4), (CARD, 5), (0x40, 6)]);
        for (allowed, left) in [
            (&[Device::Drives][..], &[(DRIVE, 4)][..]),
            (&[Device::Ports], &[(SERIAL, 1), (2, 2)]),
            (&[Device::Sound], &[]),
            (&[Device::SmartCards, Device::Printers], &[(4, 3), (CARD, 5)]),
        ] {
            let judged = Devices::default().judge(&policy(allowed), Side::Host, &all, true);
            assert_eq!(judged, Judged::Becomes(list(left)), "{allowed:?}");
        }
        let one = list(&[(DRIVE, 4)]);
        let judged = Devices::default().judge(&policy(&[Device::Drives]), Side::Host, &one, true);
        assert_eq!(judged, Judged::Passes);
    }

    #[test]
    fn a_struck_device_is_out_of_reach() {
        let mut devices = Devices::default();
        let policy = policy(&[Device::Drives]);
        let announced = list(&[(DRIVE, 4), (CARD, 5)]);
        assert!(matches!(devices.judge(&policy, Side::Host, &announced, true), Judged::Becomes(_)));
        for (id, judged) in [(4, Judged::Passes), (5, Judged::Drops), (6, Judged::Drops)] {
            for packet in HOST_TO_DEVICE {
                let message = core(packet, &[id, 0, 0, 0, 9]);
                assert_eq!(devices.judge(&policy, Side::Client, &message, false), judged);
            }
            let done = core(IO_COMPLETION, &[id, 0, 0, 0, 9]);
            assert_eq!(devices.judge(&policy, Side::Host, &done, false), judged);
        }
        assert_eq!(
            devices.judge(&policy, Side::Client, &core(0x4952, &[4, 0]), false),
            Judged::More
        );
        // An id that changes its type changes what it may.
        let again = list(&[(CARD, 4)]);
        assert_eq!(devices.judge(&policy, Side::Host, &again, true), Judged::Becomes(list(&[])));
        let request = core(0x4952, &[4, 0, 0, 0]);
        assert_eq!(devices.judge(&policy, Side::Client, &request, true), Judged::Drops);
    }

    #[test]
    fn removals_name_announced_devices_only() {
        let mut devices = Devices::default();
        let policy = policy(&[Device::Drives]);
        devices.judge(&policy, Side::Host, &list(&[(DRIVE, 4), (CARD, 5)]), true);
        let both = core(REMOVE, &[2, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0]);
        let left = core(REMOVE, &[1, 0, 0, 0, 4, 0, 0, 0]);
        assert_eq!(devices.judge(&policy, Side::Host, &both, true), Judged::Becomes(left));
        let short = core(REMOVE, &[2, 0, 0, 0, 4, 0, 0, 0]);
        assert_eq!(devices.judge(&policy, Side::Host, &short, true), Judged::Drops);
    }

    #[test]
    fn printer_messages_go_with_printers() {
        let cache = [PRINTER.to_le_bytes(), 0x5043_u16.to_le_bytes()].concat();
        for to in [Side::Host, Side::Client] {
            let without = Devices::default().judge(&policy(&[Device::Drives]), to, &cache, true);
            assert_eq!(without, Judged::Drops);
            let with = Devices::default().judge(&policy(&[Device::Printers]), to, &cache, true);
            assert_eq!(with, Judged::Passes);
        }
    }

    #[test]
    fn a_damaged_list_does_not_pass() {
        let whole = list(&[(DRIVE, 4), (CARD, 5)]);
        let policy = policy(&Device::ALL);
        for end in 0..whole.len() {
            let judged = Devices::default().judge(&policy, Side::Host, &whole[..end], true);
            assert!(matches!(judged, Judged::Drops | Judged::More), "cut at {end}");
        }
        let longer = [whole.as_slice(), &[0]].concat();
        assert_eq!(Devices::default().judge(&policy, Side::Host, &longer, true), Judged::Drops);
        let endless = core(LIST, &[0xFF; 40]);
        assert_eq!(Devices::default().judge(&policy, Side::Host, &endless, true), Judged::Drops);
    }

    proptest! {
        #[test]
        fn no_list_of_any_kind_announces_what_is_not_allowed(
            body in prop::collection::vec(any::<u8>(), 0..120),
            kinds in prop::collection::vec(prop::sample::select(vec![1_u32, 2, 4, 8, 32, 9]), 0..6),
            at in 0_usize..200,
            byte: u8,
        ) {
            let policy = policy(&[Device::Sound]);
            let pairs: Vec<(u32, u32)> = kinds.iter().map(|kind| (*kind, kind + 1)).collect();
            let mut damaged = list(&pairs);
            let place = at % damaged.len();
            damaged[place] = byte;
            for message in [core(LIST, &body), damaged] {
                let mut devices = Devices::default();
                match devices.judge(&policy, Side::Host, &message, true) {
                    Judged::Becomes(list) => prop_assert_eq!(list, core(LIST, &[0; 4])),
                    Judged::Passes => prop_assert!(!message.starts_with(&core(LIST, &[])) || message == core(LIST, &[0; 4])),
                    Judged::Drops | Judged::More => {}
                }
                prop_assert!(devices.kept.is_empty());
            }
        }
    }
}
