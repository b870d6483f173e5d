//! Samples of people, groups and devices.

use usher_broker::protocol::{
    At, DeviceCard, GroupCard, PersonCard, RotationRow, RotationWhy, Standing,
};

fn text(text: &str) -> String {
    text.to_owned()
}

super::words::words!(standings: Standing { Active, Disabled, Revoked });
super::words::words!(whys: RotationWhy { Launched, Seen, CouldPick });

pub(super) fn person() -> PersonCard {
    PersonCard {
        id: text("p"),
        name: text("Ada"),
        administrator: true,
        standing: Standing::Disabled,
        invited_until: Some(At(1)),
        enrolled: true,
        has_pin: false,
        has_recovery_kit: true,
        groups: vec![text("g")],
        last_unlocked: None,
        you: false,
    }
}

pub(super) fn group() -> GroupCard {
    GroupCard { id: text("g"), name: text("Technicians"), members: vec![text("p")] }
}

pub(super) fn device() -> DeviceCard {
    DeviceCard { id: text("d"), name: text("desk"), added: At(2), this_one: true }
}

pub(super) fn rotation() -> RotationRow {
    RotationRow {
        organization: text("Contoso"),
        password: text("Domain Admin"),
        list: true,
        entry: text("Admin"),
        why: RotationWhy::CouldPick,
        last: Some(At(3)),
    }
}
