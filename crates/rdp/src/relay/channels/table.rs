//! Which static channel has which id, and what is done with it.

use super::policy::{Kind, Policy};
use crate::pdu::{Asked, DEFAULT_IO_CHANNEL, HostChannels};

/// The channels of a session.
pub(super) struct Table {
    pub(super) io: u16,
    pub(super) message: Option<u16>,
    /// What the client asked for, in its order; the host answers in the same one.
    asked: Vec<Kind>,
    ids: Vec<(u16, Kind)>,
}

impl Table {
    pub(super) fn new() -> Self {
        Self { io: DEFAULT_IO_CHANNEL, message: None, asked: Vec::new(), ids: Vec::new() }
    }

    /// The client asks for a channel of this name.
    pub(super) fn ask(&mut self, name: &[u8], policy: &Policy) -> Asked {
        let kind = match policy.channel(name) {
            // A second one of a kind would have the first one's place in what is remembered.
            again if again != Kind::Open && self.asked.contains(&again) => Kind::Struck,
            kind => kind,
        };
        self.asked.push(kind);
        match kind {
            Kind::Struck => Asked::Struck,
            Kind::Open => Asked::Kept,
            Kind::Dynamic | Kind::Devices | Kind::Clipboard => Asked::Plain,
        }
    }

    /// The host gives out its ids.
    pub(super) fn give(&mut self, channels: HostChannels) {
        self.io = channels.io;
        self.message = channels.message;
        self.ids = channels.statics.into_iter().zip(self.asked.iter().copied()).collect();
    }

    /// What is done with the data of a static channel; what nobody asked for is struck.
    pub(super) fn kind(&self, id: u16) -> Kind {
        let found = self.ids.iter().find(|(given, _)| *given == id);
        found.map_or(Kind::Struck, |(_, kind)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use usher_core::entry::DevicePolicy;

    use super::*;

    #[test]
    fn ids_go_to_the_channels_in_their_order() {
        let policy = Policy { devices: DevicePolicy::default(), dynamic_resolution: true };
        let mut table = Table::new();
        let names: [&[u8]; 5] = [b"rdpsnd", b"VENDOR", b"drdynvc", b"drdynvc", b"cliprdr"];
        let asked = names.map(|name| table.ask(name, &policy));
        let [kept, plain, struck] = [Asked::Kept, Asked::Plain, Asked::Struck];
        assert_eq!(asked, [kept, struck, plain, struck, plain]);
        assert_eq!(table.kind(1004), Kind::Struck, "before the host has answered");
        let statics = vec![1004, 1005, 1006, 1007, 1008, 1009];
        table.give(HostChannels { io: 1003, message: None, statics });
        let kinds = [1004, 1005, 1006, 1007, 1008, 1009].map(|id| table.kind(id));
        let expected =
            [Kind::Open, Kind::Struck, Kind::Dynamic, Kind::Struck, Kind::Clipboard, Kind::Struck];
        assert_eq!(kinds, expected);
    }
}
