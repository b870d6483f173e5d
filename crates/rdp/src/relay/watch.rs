//! What is known of a session, from what has passed so far; it judges each frame.

use tokio::sync::mpsc;

use super::channels::{Channels, Place, Policy};
use super::flow::Verdict;
use super::sight::Sights;
use super::{ClientInfo, How, LastWords, RelayEnd, Side};
use crate::pdu::{
    HostSends, Message, SendData, Way, host_messages, host_sends, is_client_info, is_fast_path,
    keep_channels_plain, message, shares,
};

/// One session's state, for both ways.
pub(super) struct Watch {
    protocol: u32,
    /// Until the Client Info has passed.
    info: Option<ClientInfo>,
    sights: Sights,
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
        sights: Sights,
        answers: mpsc::Sender<Vec<u8>>,
    ) -> Self {
        Self {
            protocol,
            info: Some(info),
            sights,
            client_connected: false,
            host_connected: false,
            channels: Channels::new(policy),
            answers,
            words: LastWords::default(),
        }
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
                if !self.sights.has_begun() {
                    return Verdict::Passes;
                }
                self.io(Side::Client, sent.of_mut(frame))
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
                match host_sends(data, self.sights.has_begun()) {
                    HostSends::Redirection => Verdict::Ends(How::Redirected),
                    HostSends::Licensing => Verdict::Passes,
                    HostSends::TransportRequest => Verdict::Drops,
                    HostSends::Shares => self.io(Side::Host, data),
                }
            }
            Place::Message => match host_messages(sent.of(frame)) {
                HostSends::Redirection => Verdict::Ends(How::Redirected),
                HostSends::TransportRequest => Verdict::Drops,
                HostSends::Licensing | HostSends::Shares => Verdict::Passes,
            },
            Place::Static => {
                let (verdict, answer) = self.channels.judge(Side::Client, frame, sent);
                if answer.is_some_and(|answer| self.answers.try_send(answer).is_err()) {
                    tracing::debug!("The host asks for channels faster than it reads answers");
                }
                verdict
            }
        }
    }

    fn io(&mut self, from: Side, data: &mut [u8]) -> Verdict {
        keep_channels_plain(data);
        for share in shares(data) {
            self.words.hear(share);
            // What a client says of a host is the client's word.
            if from == Side::Host {
                self.sights.see(share);
            }
        }
        Verdict::Passes
    }
}
