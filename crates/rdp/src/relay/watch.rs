//! What is known of a session, from what has passed so far; it judges each frame.

use tokio::sync::{mpsc, oneshot};

use super::channels::{Channels, Place, Policy};
use super::flow::Verdict;
use super::{ClientInfo, How, LastWords, RelayEnd, Side};
use crate::pdu::{
    HostSends, Message, SendData, Share, Way, host_sends, is_client_info, is_fast_path,
    keep_channels_plain, message, shares,
};

/// `SEC_TRANSPORT_REQ` (MS-RDPBCGR 2.2.15.1): the host would have the client come over UDP.
const TRANSPORT_REQUEST: u8 = 0x02;

/// A basic security header, whose upper flags are zero; a share control PDU has its type there.
fn asks_for_udp(data: &[u8]) -> bool {
    matches!(data, [flags, _, 0, 0, ..] if flags & TRANSPORT_REQUEST != 0)
}

/// One session's state, for both ways.
pub(super) struct Watch {
    protocol: u32,
    /// Until the Client Info has passed.
    info: Option<ClientInfo>,
    /// Until the desktop begins.
    begun: Option<oneshot::Sender<()>>,
    /// Whether client and host have sent their MCS connect messages.
    client_connected: bool,
    host_connected: bool,
    channels: Channels,
    answers: mpsc::Sender<Vec<u8>>,
    words: LastWords,
}

impl Watch {
    pub(super) fn new(
        protocol: u32,
        info: ClientInfo,
        policy: Policy,
        begun: oneshot::Sender<()>,
        answers: mpsc::Sender<Vec<u8>>,
    ) -> Self {
        Self {
            protocol,
            info: Some(info),
            begun: Some(begun),
            client_connected: false,
            host_connected: false,
            channels: Channels::new(policy),
            answers,
            words: LastWords::default(),
        }
    }

    fn has_begun(&self) -> bool {
        self.begun.is_none()
    }

    /// Whether the Client Info has passed.
    pub(super) fn introduced(&self) -> bool {
        self.info.is_none()
    }

    /// Whether an answer of ours may be written to the host now.
    pub(super) fn may_answer(&self) -> bool {
        self.channels.may_answer()
    }

    pub(super) fn end(&self, how: How) -> RelayEnd {
        self.words.end(how)
    }

    /// A frame from the client.
    pub(super) fn client_frame(&mut self, frame: &mut [u8]) -> Verdict {
        if is_fast_path(frame) {
            return Verdict::Passes;
        }
        let nonsense = Verdict::Ends(How::Nonsense(Side::Client));
        match message(frame, Way::ToHost) {
            None => nonsense,
            Some(Message::Foreign) => Verdict::Drops,
            Some(Message::Other) => Verdict::Passes,
            Some(Message::Leaves) => {
                self.words.client_leaves();
                Verdict::Passes
            }
            Some(Message::Connect) => {
                self.client_connects(frame).map_or(nonsense, |()| Verdict::Passes)
            }
            Some(Message::Sent(sent)) => self.client_sent(frame, sent),
        }
    }

    /// The client's Connect Initial, once.
    fn client_connects(&mut self, frame: &mut [u8]) -> Option<()> {
        let again = std::mem::replace(&mut self.client_connected, true);
        if again {
            return None;
        }
        self.channels.asked(frame, self.protocol)
    }

    fn client_sent(&mut self, frame: &mut [u8], sent: SendData) -> Verdict {
        match self.channels.place(sent.channel) {
            Place::Io => {
                if let Some(info) = self.info.take_if(|_| is_client_info(frame)) {
                    let nonsense = Verdict::Ends(How::Nonsense(Side::Client));
                    return info.introduce(frame).map_or(nonsense, Verdict::Becomes);
                }
                // Until the desktop begins these are licensing's.
                if self.has_begun() { self.io(sent.of_mut(frame)) } else { Verdict::Passes }
            }
            Place::Message => Verdict::Passes,
            Place::Static => self.channels.judge(Side::Host, frame, sent).0,
        }
    }

    /// A frame from the host.
    pub(super) fn host_frame(&mut self, frame: &mut [u8]) -> Verdict {
        if is_fast_path(frame) {
            return Verdict::Passes;
        }
        let nonsense = Verdict::Ends(How::Nonsense(Side::Host));
        match message(frame, Way::ToClient) {
            None => nonsense,
            Some(Message::Foreign) => Verdict::Drops,
            Some(Message::Other) => Verdict::Passes,
            Some(Message::Leaves) => {
                self.words.host_leaves();
                Verdict::Passes
            }
            Some(Message::Connect) => {
                self.host_connects(frame).map_or(nonsense, |()| Verdict::Passes)
            }
            Some(Message::Sent(sent)) => self.host_sent(frame, sent),
        }
    }

    /// The host's Connect Response, once.
    fn host_connects(&mut self, frame: &[u8]) -> Option<()> {
        let again = std::mem::replace(&mut self.host_connected, true);
        if again {
            return None;
        }
        self.channels.given(frame)
    }

    fn host_sent(&mut self, frame: &mut [u8], sent: SendData) -> Verdict {
        match self.channels.place(sent.channel) {
            Place::Io => {
                let data = sent.of_mut(frame);
                match host_sends(data, self.has_begun()) {
                    HostSends::Redirection => Verdict::Ends(How::Redirected),
                    HostSends::Licensing => Verdict::Passes,
                    HostSends::Shares if asks_for_udp(data) => Verdict::Drops,
                    HostSends::Shares => self.io(data),
                }
            }
            Place::Message => {
                if asks_for_udp(sent.of(frame)) {
                    Verdict::Drops
                } else {
                    Verdict::Passes
                }
            }
            Place::Static => {
                let (verdict, answer) = self.channels.judge(Side::Client, frame, sent);
                if answer.is_some_and(|answer| self.answers.try_send(answer).is_err()) {
                    tracing::debug!("The host asks for channels faster than it reads answers");
                }
                verdict
            }
        }
    }

    fn io(&mut self, data: &mut [u8]) -> Verdict {
        keep_channels_plain(data);
        for share in shares(data) {
            self.words.hear(share);
            self.begins(share);
        }
        Verdict::Passes
    }

    fn begins(&mut self, share: Share) {
        if share == Share::DemandActive
            && let Some(begun) = self.begun.take()
            && begun.send(()).is_err()
        {
            tracing::debug!("Nobody waits for the desktop");
        }
    }
}
