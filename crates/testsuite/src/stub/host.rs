//! A TLS-only host that records what it was given and then streams updates, or closes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use ironrdp_pdu::mcs::{
    AttachUserConfirm, ChannelJoinConfirm, ConnectInitial, McsMessage, SendDataIndication,
};
use ironrdp_pdu::nego::{ConnectionConfirm, ConnectionRequest, ResponseFlags, SecurityProtocol};
use ironrdp_pdu::rdp::ClientInfoPdu;
use ironrdp_pdu::x224::{X224, X224Data};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;

use super::messages::{DEMAND_ACTIVE, IO_CHANNEL, USER_CHANNEL, burst, connect_response, update};
use super::tls::HostKey;
use super::wire::{Wire, read};
use crate::Result;

/// What a host does once it has a credential.
#[derive(Debug, Clone, Copy)]
pub enum Then {
    /// Closes.
    Closes,
    /// Begins the desktop, sends one update that names the user, and stays.
    NamesTheUser,
    /// Begins the desktop and sends this many bursts of updates, then stays.
    Streams(usize),
}

/// What a host saw.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    /// User and password of each Client Info.
    pub credentials: Vec<(String, String)>,
    /// The static channels of each client.
    pub channels: Vec<Vec<String>>,
    /// Whatever went wrong while a client was there; a look at the certificate is one.
    pub broken: Vec<String>,
}

/// A host on loopback; it serves for as long as the runtime does.
pub struct StubHost {
    /// Where it listens.
    pub address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl StubHost {
    /// Starts one inside a runtime.
    ///
    /// # Errors
    /// If no port or key can be had.
    pub async fn start(then: Then) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let seen = Arc::new(Mutex::new(Seen::default()));
        let host = Served { key: HostKey::new()?, then, seen: Arc::clone(&seen) };
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let host = host.clone();
                tokio::spawn(async move { host.serve(tcp).await });
            }
        });
        Ok(Self { address, seen })
    }

    /// What it saw so far.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[derive(Clone)]
struct Served {
    key: HostKey,
    then: Then,
    seen: Arc<Mutex<Seen>>,
}

impl Served {
    async fn serve(self, tcp: TcpStream) {
        if let Err(error) = self.client(tcp).await {
            self.note(|seen| seen.broken.push(error.to_string()));
        }
    }

    fn note(&self, what: impl FnOnce(&mut Seen)) {
        what(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }

    async fn client(&self, tcp: TcpStream) -> Result<()> {
        let mut wire = Wire::new(tcp);
        wire.stream.set_nodelay(true)?;
        let X224(_): X224<ConnectionRequest> = read(&wire.frame().await?)?;
        let flags = ResponseFlags::EXTENDED_CLIENT_DATA_SUPPORTED;
        let confirm = ConnectionConfirm::Response { flags, protocol: SecurityProtocol::SSL };
        wire.send_message(&X224(confirm)).await?;
        let mut wire = Wire::new(self.key.accept(wire.stream).await?);
        self.first_message(&mut wire).await?;
        let user = self.introduced(&mut wire).await?;
        self.desktop(&mut wire, &user).await
    }

    async fn first_message(&self, wire: &mut Wire<TlsStream<TcpStream>>) -> Result<()> {
        let frame = wire.frame().await?;
        let X224(X224Data { data }) = read(&frame)?;
        let initial: ConnectInitial = read(&data)?;
        let channels = initial.channel_names().unwrap_or_default();
        let names = channels.iter().map(|channel| channel.name.as_str().unwrap_or("?").to_owned());
        let names: Vec<String> = names.collect();
        let response = connect_response(names.len())?;
        self.note(|seen| seen.channels.push(names));
        wire.send_inside(&response).await
    }

    /// Up to the Client Info, whose user it gives.
    async fn introduced(&self, wire: &mut Wire<TlsStream<TcpStream>>) -> Result<String> {
        loop {
            let frame = wire.frame().await?;
            let X224(message): X224<McsMessage<'_>> = read(&frame)?;
            match message {
                McsMessage::AttachUserRequest(_) => {
                    let confirm = AttachUserConfirm { result: 0, initiator_id: USER_CHANNEL };
                    wire.send_message(&X224(McsMessage::AttachUserConfirm(confirm))).await?;
                }
                McsMessage::ChannelJoinRequest(join) => {
                    let confirm = ChannelJoinConfirm {
                        result: 0,
                        initiator_id: join.initiator_id,
                        requested_channel_id: join.channel_id,
                        channel_id: join.channel_id,
                    };
                    wire.send_message(&X224(McsMessage::ChannelJoinConfirm(confirm))).await?;
                }
                McsMessage::SendDataRequest(data) => {
                    let info: ClientInfoPdu = read(&data.user_data)?;
                    let given = info.client_info.credentials;
                    let user = given.username.clone();
                    self.note(|seen| seen.credentials.push((given.username, given.password)));
                    return Ok(user);
                }
                McsMessage::ErectDomainRequest(_)
                | McsMessage::AttachUserConfirm(_)
                | McsMessage::ChannelJoinConfirm(_)
                | McsMessage::SendDataIndication(_)
                | McsMessage::DisconnectProviderUltimatum(_) => {}
            }
        }
    }

    async fn desktop(&self, wire: &mut Wire<TlsStream<TcpStream>>, user: &str) -> Result<()> {
        let begin = SendDataIndication {
            initiator_id: USER_CHANNEL,
            channel_id: IO_CHANNEL,
            user_data: DEMAND_ACTIVE.as_slice().into(),
        };
        let begin = X224(McsMessage::SendDataIndication(begin));
        match self.then {
            Then::Closes => return Ok(()),
            Then::NamesTheUser => {
                wire.send_message(&begin).await?;
                wire.send(&named(user)).await?;
            }
            Then::Streams(bursts) => {
                wire.send_message(&begin).await?;
                let burst = burst();
                for _ in 0..bursts {
                    wire.send(&burst).await?;
                }
            }
        }
        // Until the client leaves, however it does that.
        drop(wire.skip(usize::MAX).await);
        Ok(())
    }
}

/// An update that holds a user's name.
#[must_use]
pub fn named(user: &str) -> Vec<u8> {
    let mut frame = update(200, 0);
    let place = frame.iter_mut().skip(6);
    place.zip(user.bytes()).for_each(|(place, byte)| *place = byte);
    frame
}
