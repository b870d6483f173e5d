//! What is known of a session, from what has passed so far; it judges each frame.

use tokio::sync::oneshot;

use super::flow::Verdict;
use super::{ClientInfo, How, RelayEnd, Side};
use crate::pdu::{
    DEFAULT_IO_CHANNEL, HostReason, Share, io_channel, is_client_info, is_redirection, leaves,
    patch_connect_initial, sent_on, shares,
};

/// One session's state, for both ways.
pub(super) struct Watch {
    protocol: u32,
    /// Until the Client Info has passed.
    info: Option<ClientInfo>,
    /// Until the desktop begins.
    begun: Option<oneshot::Sender<()>>,
    /// From the host's first frame, its Connect Response.
    io_channel: Option<u16>,
    client_left: bool,
    shutdown_asked: bool,
    host_left: bool,
    host_said: Option<HostReason>,
}

impl Watch {
    pub(super) fn new(protocol: u32, info: ClientInfo, begun: oneshot::Sender<()>) -> Self {
        Self {
            protocol,
            info: Some(info),
            begun: Some(begun),
            io_channel: None,
            client_left: false,
            shutdown_asked: false,
            host_left: false,
            host_said: None,
        }
    }

    /// Whether the Client Info has passed.
    pub(super) fn introduced(&self) -> bool {
        self.info.is_none()
    }

    pub(super) fn end(&self, how: How) -> RelayEnd {
        RelayEnd {
            how,
            client_asked: self.client_left || self.shutdown_asked,
            host_left: self.host_left,
            host_said: self.host_said,
        }
    }

    /// A frame from the client.
    pub(super) fn to_host(&mut self, frame: &mut [u8]) -> Verdict {
        if let Some(info) = self.info.take_if(|_| is_client_info(frame)) {
            let introduced = info.introduce(frame);
            return introduced.map_or(Verdict::Ends(How::Nonsense(Side::Client)), Verdict::Becomes);
        }
        if self.info.is_some() && patch_connect_initial(frame, self.protocol) {
            tracing::debug!("Connect Initial relayed");
        }
        self.client_left |= leaves(frame);
        Verdict::Passes
    }

    /// A frame from the host.
    pub(super) fn to_client(&mut self, frame: &mut [u8]) -> Verdict {
        let channel =
            *self.io_channel.get_or_insert_with(|| io_channel(frame).unwrap_or(DEFAULT_IO_CHANNEL));
        if is_redirection(frame, channel) {
            return Verdict::Ends(How::Redirected);
        }
        self.host_left |= leaves(frame);
        for share in sent_on(frame, channel).map(shares).into_iter().flatten() {
            self.heard(share);
        }
        Verdict::Passes
    }

    fn heard(&mut self, share: Share) {
        match share {
            Share::DemandActive => {
                if let Some(begun) = self.begun.take()
                    && begun.send(()).is_err()
                {
                    tracing::debug!("Nobody waits for the desktop");
                }
            }
            Share::Reason(reason) => self.host_said = reason,
            Share::ShutdownDenied => self.shutdown_asked = false,
            Share::ShutdownRequest => self.shutdown_asked = true,
            Share::Other => {}
        }
    }
}
