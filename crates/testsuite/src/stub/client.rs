//! A client with network level authentication, up to the desktop.

use std::net::SocketAddr;

use ironrdp_core::encode_vec;
use ironrdp_pdu::mcs::{
    AttachUserRequest, ChannelJoinRequest, ErectDomainPdu, McsMessage, SendDataRequest,
};
use ironrdp_pdu::nego::{ConnectionConfirm, ConnectionRequest, RequestFlags, SecurityProtocol};
use ironrdp_pdu::x224::X224;
use sspi::credssp::{ClientMode, ClientState, CredSspClient, CredSspMode, TsRequest};
use sspi::generator::GeneratorState;
use sspi::ntlm::NtlmConfig;
use sspi::{AuthIdentity, Username};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::messages::{IO_CHANNEL, USER_CHANNEL, client_info, connect_initial};
use super::wire::{Wire, read};
use crate::Result;

/// A signed-in client: everything from here on is the desktop.
pub type Desktop = Wire<TlsStream<TcpStream>>;

/// Signs in as an injector's client does, and asks for these static channels.
///
/// # Errors
/// If the other side refuses or breaks off.
pub async fn sign_in(
    to: SocketAddr,
    (user, password): (&str, &str),
    channels: &[&str],
) -> Result<Desktop> {
    let mut wire = Wire::new(TcpStream::connect(to).await?);
    wire.stream.set_nodelay(true)?;
    negotiate(&mut wire).await?;
    let (stream, key) = super::connect_tls(wire.stream, to).await?;
    let mut wire = Wire::new(stream);
    credssp(&mut wire, (user, password), key).await?;
    join(&mut wire, channels).await?;
    let info = encode_vec(&client_info(user)).map_err(|error| error.to_string())?;
    let info = SendDataRequest {
        initiator_id: USER_CHANNEL,
        channel_id: IO_CHANNEL,
        user_data: info.into(),
    };
    wire.send_message(&X224(McsMessage::SendDataRequest(info))).await?;
    Ok(wire)
}

async fn negotiate(wire: &mut Wire<TcpStream>) -> Result<()> {
    let request = ConnectionRequest {
        nego_data: None,
        flags: RequestFlags::empty(),
        protocol: SecurityProtocol::SSL | SecurityProtocol::HYBRID,
        correlation_info: None,
    };
    wire.send_message(&X224(request)).await?;
    let X224(confirm) = read(&wire.frame().await?)?;
    match confirm {
        ConnectionConfirm::Response { protocol: SecurityProtocol::HYBRID, .. } => Ok(()),
        ConnectionConfirm::Response { .. } | ConnectionConfirm::Failure { .. } => {
            Err(format!("the answer to X.224 is {confirm:?}").into())
        }
    }
}

async fn credssp(wire: &mut Desktop, (user, password): (&str, &str), key: Vec<u8>) -> Result<()> {
    let identity =
        AuthIdentity { username: Username::parse(user)?, password: password.to_owned().into() };
    let mode = ClientMode::Ntlm(NtlmConfig::default());
    let service = "TERMSRV/localhost".to_owned();
    let mut client =
        CredSspClient::new(key, identity.into(), CredSspMode::WithCredentials, mode, service)?;
    let mut answer = TsRequest::default();
    loop {
        let GeneratorState::Completed(state) = client.process(answer).start() else {
            return Err("NTLM needs no network".into());
        };
        match state? {
            ClientState::ReplyNeeded(reply) => wire.send_ts(&reply).await?,
            ClientState::FinalMessage(reply) => return wire.send_ts(&reply).await,
        }
        answer = wire.ts_request().await?;
    }
}

async fn join(wire: &mut Desktop, channels: &[&str]) -> Result<()> {
    wire.send_inside(&connect_initial(channels)?).await?;
    wire.frame().await?;
    let erect = ErectDomainPdu { sub_height: 0, sub_interval: 0 };
    wire.send_message(&X224(McsMessage::ErectDomainRequest(erect))).await?;
    wire.send_message(&X224(McsMessage::AttachUserRequest(AttachUserRequest))).await?;
    wire.frame().await?;
    let last = IO_CHANNEL + u16::try_from(channels.len())?;
    for channel_id in [USER_CHANNEL].into_iter().chain(IO_CHANNEL..=last) {
        let join = ChannelJoinRequest { initiator_id: USER_CHANNEL, channel_id };
        wire.send_message(&X224(McsMessage::ChannelJoinRequest(join))).await?;
        wire.frame().await?;
    }
    Ok(())
}
