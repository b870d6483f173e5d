//! The Handoff as a message, and as it left the broker.

use usher_core::entry::fingerprint;
use usher_core::ports;

use super::{certificate::unhex, rdp};
use crate::protocol::{Handoff, SecretText};

pub(crate) fn sent(handoff: &ports::Handoff) -> Handoff {
    let (devices, clipboard) = rdp::policy_shown(&handoff.devices);
    Handoff {
        address: handoff.address.to_string(),
        user: handoff.user.clone(),
        password: SecretText::of(&handoff.password),
        certificate_sha256: fingerprint(&handoff.certificate_sha256),
        title: handoff.title.clone(),
        devices,
        clipboard,
        size: rdp::size_shown(handoff.display.size),
        all_monitors: handoff.display.all_monitors,
        dynamic_resolution: handoff.display.dynamic_resolution,
    }
}

/// The Handoff for whoever starts clients; `None` for a message that is none.
#[must_use]
pub fn received(handoff: Handoff) -> Option<ports::Handoff> {
    let Handoff { size, all_monitors, dynamic_resolution, .. } = handoff;
    Some(ports::Handoff {
        address: handoff.address.parse().ok()?,
        user: handoff.user,
        password: handoff.password.into_secret(),
        certificate_sha256: unhex(&handoff.certificate_sha256)?,
        title: handoff.title,
        devices: rdp::policy(&handoff.devices, handoff.clipboard),
        display: rdp::display(size, all_monitors, dynamic_resolution).ok()?,
    })
}
